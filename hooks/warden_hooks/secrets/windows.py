"""Reading around places: stretches of bytes, regexes when needed, offsets in characters."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate


def regions(ends: list[int], width: int, reach: int, size: int) -> Iterator[tuple[int, int]]:
    """Stretches from `width` before each end to `reach` behind it; those that touch are one."""
    ends.sort()
    start, stop = max(0, ends[0] - width), ends[0] + reach
    for end in ends:
        if end - width > stop:
            yield start, stop
            start = end - width
        stop = min(size, end + reach)
    yield start, min(size, stop)


@cache
def pattern(regex: bytes) -> re.Pattern[bytes]:
    """Compiled when its rule has its first hit: most rules never have one."""
    return re.compile(regex)


def in_characters(text: str, data: bytes, ends: Iterable[int]) -> dict[int, int]:
    """Offsets into the bytes as offsets into the text of which they are the UTF-8."""
    if len(text) == len(data):
        return {end: end for end in ends}
    characters = Characters(data)
    return {end: characters.at(end) for end in sorted(ends)}


class Characters:
    """Offsets into UTF-8 as offsets into the text, and back. Both are read in blocks."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _before(self) -> list[int]:
        """How many characters begin before each block, in rising order."""
        starts = range(0, len(self._data), _BLOCK)
        return [0, *accumulate(_characters(self._data[at : at + _BLOCK]) for at in starts)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Both ends of a stretch."""
        return self.at(start), self.at(end)

    def at(self, offset: int) -> int:
        """One offset; one inside a character means where that begins."""
        while offset < len(self._data) and self._data[offset] in _CONTINUED:
            offset -= 1
        block = offset // _BLOCK
        return self._before[block] + _characters(self._data[block * _BLOCK : offset])

    def byte(self, character: int) -> int:
        """The other way round: where the character begins."""
        last = max(0, len(self._data) - 1) // _BLOCK
        block = min(bisect_right(self._before, character) - 1, last)
        start = block * _BLOCK
        # The block may begin inside a character, which was counted where it begins.
        while start < len(self._data) and self._data[start] in _CONTINUED:
            start += 1
        text = self._data[start : start + 2 * _BLOCK].decode("utf-8", "ignore")
        return start + len(text[: character - self._before[block]].encode())


_BLOCK = 1 << 12
_CONTINUED = bytes(range(0x80, 0xC0))
"""Bytes that continue a character."""


def _characters(data: bytes) -> int:
    return len(data.translate(None, _CONTINUED))
