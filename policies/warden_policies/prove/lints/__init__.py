"""One file per check. Importing this package registers all of them."""

import importlib
import pkgutil

from warden_policies.prove.lint import LINTS

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["LINTS"]
