"""Percent-encoding, as in URLs and forms (RFC 3986)."""

from warden_hooks.secrets.layers.patterns import PERCENT
from warden_hooks.secrets.layers.piece import Piece, unfolded
from warden_hooks.secrets.layers.stretches import stretches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STOPS = b" \t\r\n\"'<>`"
_DIGITS = b"0123456789abcdefABCDEF"
_PICTURE, _HEAD = b"data:image/", 40
_SHORTEST = 16
"""Bytes: `%2d` is a format more often than an encoded character."""


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The texts around the `ends`, which lie behind encoded bytes."""
    for span in stretches(data, ends, _STOPS):
        is_short = span[1] - span[0] < _SHORTEST
        if not (is_short or _PICTURE in data[span[0] : span[0] + _HEAD]):
            yield from unfolded(PERCENT, data, span, b"%", _byte)


def _byte(data: bytes, place: int, end: int) -> tuple[bytes, int]:
    digits = data[place + 1 : min(place + 3, end)]
    if len(digits) < 2 or digits.strip(_DIGITS):
        return b"%", 1
    return bytes((int(digits, 16),)), 3
