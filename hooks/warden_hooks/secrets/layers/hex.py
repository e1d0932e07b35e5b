"""Hexadecimal of text, two digits for each character."""

import binascii

from warden_hooks.secrets.layers.patterns import HEX
from warden_hooks.secrets.layers.piece import Piece
from warden_hooks.secrets.layers.readable import readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DIGITS = b"0123456789abcdefABCDEF"


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The texts at runs of digits; `ends` lie behind such, or one byte further on."""
    done = 0
    for place in ends:
        end = place if data[place - 1] in _DIGITS else place - 1
        start = _start(data, done, end)
        done = place
        start += (end - start) % 2
        text, width = readable(binascii.unhexlify(data[start:end]))
        # Again only digits: the lines of a vault, encrypted.
        if text.strip(_DIGITS + b"\r\n"):
            yield Piece(HEX, text, [(0, start, 2 * width, 1)])


def _start(data: bytes, first: int, end: int) -> int:
    size = 1 << 10
    while True:
        farthest = max(first, end - size)
        run = data[farthest:end].rstrip(_DIGITS)
        if run or farthest == first:
            return farthest + len(run)
        size *= 2
