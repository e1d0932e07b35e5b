"""Percent-encoding, as in URLs and forms (RFC 3986)."""

from warden_hooks.secrets.layers.patterns import PERCENT
from warden_hooks.secrets.layers.piece import Piece, unfolded
from warden_hooks.secrets.layers.stretches import stretches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STOPS = b" \t\r\n\"'<>`"
_DIGITS = b"0123456789abcdefABCDEF"
_PICTURE = b"data:image/"


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The texts around the `ends`, which lie behind encoded bytes."""
    for span in stretches(data, ends, _STOPS):
        if not data.startswith(_PICTURE, span[0]):
            yield from unfolded(PERCENT, data, span, b"%", _byte)


def _byte(data: bytes, place: int, end: int) -> tuple[bytes, int]:
    digits = data[place + 1 : min(place + 3, end)]
    if len(digits) < 2 or digits.strip(_DIGITS):
        return b"%", 1
    return bytes((int(digits, 16),)), 3
