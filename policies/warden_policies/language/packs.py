"""Ready policies to extend: `extends: soc2`. A pack never changes after it was released."""

from importlib import resources
from typing import Final

PACKS: Final = ("minimal", "soc2", "regulated")


def pack(name: str) -> bytes:
    """The text of a pack of this package."""
    return (resources.files("warden_policies") / "packs" / f"{name}.yml").read_bytes()
