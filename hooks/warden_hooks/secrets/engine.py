"""The seam between the scan and whatever finds secrets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence

NOT_DECODED = "not decoded"
"""The doubt of a match without a rule: encoded text that nobody looked at."""


@dataclass(frozen=True, slots=True)
class RawMatch:
    """A candidate: where it is in the source's text, and which rule saw it.

    The secret itself stays between the engine and the fingerprint; it is in no `repr`.
    """

    rule: str
    start: int
    end: int
    """Offsets into the text; the end is exclusive and may lie on a later line."""
    secret: str = field(repr=False)
    """The whole secret, never a group of it: what the fingerprint is made of."""
    shown: int
    """How many of the match's first characters are public."""
    doubt: str = ""
    """The name of the filter that spoke against it. Such a match is masked, not reported."""
    confidence: Confidence = Confidence.HIGH
    """How sure it is to be a secret when nothing speaks against it."""
    layers: tuple[str, ...] = ()
    """The encodings in which it stands in the text, the outermost first."""
    near: tuple[str, str] | None = field(default=None, repr=False)
    """Its line and the one before it as they are without the encoding, where that has its own."""


class SecretEngine(Protocol):
    """Finds candidates in a source. Reads nothing but its argument and never uses the network."""

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every candidate in the source, in no particular order, doubtful ones included."""
        ...
