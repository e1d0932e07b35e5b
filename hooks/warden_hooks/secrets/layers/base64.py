"""base64 of text, in either alphabet, on one line or wrapped in several."""

import binascii

from warden_hooks.secrets.layers.patterns import BASE64, QUARTETS
from warden_hooks.secrets.layers.piece import Piece
from warden_hooks.secrets.layers.readable import readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_"
_SAME_ALPHABET = bytes.maketrans(b"-_", b"+/")
_SHORTEST_WRAPPED, _DEEPEST_INDENTED = 40, 40
_PICTURE = b"data:image/"
_HEAD = 64
"""Bytes in which a data URL says what it holds."""


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The texts that begin at runs of base64; `ends` lie behind the first characters of such."""
    done = 0
    for end in ends:
        start = end - 4 * QUARTETS
        if start < done or _PICTURE in data[max(0, start - _HEAD) : start]:
            continue
        lines = _lines(data, start)
        done = lines[-1][1]
        if piece := _piece(data, lines):
            yield piece


def _piece(data: bytes, lines: "list[tuple[int, int]]") -> Piece | None:
    encoded = b"".join([data[start:stop] for start, stop in lines]).translate(_SAME_ALPHABET)
    # A single last character holds no byte.
    whole = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
    text, width = readable(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    if not text:
        return None
    before, segments = 0, []
    for start, stop in lines:
        segments.append((-(-before // width), start, 4 * width, 3))
        before += (stop - start) // 4 * 3
    return Piece(BASE64, text, segments)


def _lines(data: bytes, start: int) -> "list[tuple[int, int]]":
    """The run of letters from `start` on, and those on the next lines if it is wrapped."""
    lines = [(start, _end(data, start))]
    first = width = lines[0][1] - start
    while width == first >= _SHORTEST_WRAPPED and first % 4 == 0:
        place = _next_line(data, lines[-1][1])
        width = _end(data, place) - place if place else 0
        if not 0 < width <= first:
            break
        lines.append((place, place + width))
    return lines


def _next_line(data: bytes, place: int) -> int:
    """Where the next line has its first letter; 0 when something else follows."""
    between = data[place : place + _DEEPEST_INDENTED]
    indented = between.lstrip(b"\r").removeprefix(b"\n").lstrip(b" \t")
    skipped = len(between) - len(indented)
    return place + skipped if b"\n" in between[:skipped] else 0


def _end(data: bytes, start: int) -> int:
    size = 1 << 10
    while True:
        run = data[start : start + size].lstrip(_LETTERS)
        if run or start + size >= len(data):
            return min(start + size, len(data)) - len(run)
        start, size = start + size, size * 2
