"""One file per predicate. Importing this package registers all of them; nothing lists them."""

import importlib
import pkgutil

from warden_policies.predicate import PREDICATES

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

__all__ = ["PREDICATES"]
