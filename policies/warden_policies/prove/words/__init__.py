"""One file per word that the prover knows. Importing this package registers all of them."""

import importlib
import pkgutil

from warden_policies.prove.word import WORDS

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["WORDS"]
