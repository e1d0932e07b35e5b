"""One file per word that the prover knows. Importing this package registers all of them."""

import importlib
import pkgutil

from warden_policies.prove.word import WORDS

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

__all__ = ["WORDS"]
