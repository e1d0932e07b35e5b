"""One file per predicate. Importing this package registers all of them; nothing lists them."""

import importlib
import pkgutil

from warden_policies.predicate import PREDICATES

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["PREDICATES"]
