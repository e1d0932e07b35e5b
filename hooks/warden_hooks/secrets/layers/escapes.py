"""Escapes in strings of JSON and programming languages: `\\n`, `\\"`, `\\/`, `\\u0022`, `\\x22`."""

from warden_hooks.secrets.layers.patterns import ESCAPES
from warden_hooks.secrets.layers.piece import Piece, unfolded
from warden_hooks.secrets.layers.stretches import stretches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT = {
    **{b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"v": b"\v"},
    **{mark: mark for mark in (b'"', b"'", b"`", b"/", b"\\")},
}
_LONG = {b"x": 2, b"u": 4, b"U": 8}
"""How many hexadecimal digits follow."""
_DIGITS = b"0123456789abcdefABCDEF"
_LAST_CHARACTER = 0x10FFFF
_SURROGATES, _LOW_SURROGATES = range(0xD800, 0xE000), range(0xDC00, 0xE000)


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The texts around the `ends`, which lie behind an escape and what follows it."""
    for span in stretches(data, ends, b"\n"):
        yield from unfolded(ESCAPES, data, span, b"\\", escape)


def escape(data: bytes, place: int, end: int) -> tuple[bytes, int]:
    """What the escape at `place` means, in UTF-8, and how many bytes it has."""
    mark = data[place + 1 : place + 2]
    if mark in _SHORT and place + 2 <= end:
        return _SHORT[mark], 2
    code, size = _code(data, place, end)
    if code in _SURROGATES:
        low, more = _code(data, place + size, end)
        if low not in _LOW_SURROGATES:
            return b"?", size
        code, size = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF), size + more
    if not 0 <= code <= _LAST_CHARACTER:
        return b"\\", 1
    return chr(code).encode(), size


def _code(data: bytes, place: int, end: int) -> tuple[int, int]:
    """The number that an escape gives, and its size in bytes; below zero when it gives none."""
    count = _LONG.get(data[place + 1 : place + 2], 0)
    digits = data[place + 2 : min(place + 2 + count, end)]
    if not count or len(digits) < count or digits.strip(_DIGITS):
        return -1, 0
    return int(digits, 16), 2 + count
