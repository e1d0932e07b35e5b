"""One file per question that is put to every policy. Importing this package registers all."""

import importlib
import pkgutil

from warden_policies.prove.question import QUESTIONS

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["QUESTIONS"]
