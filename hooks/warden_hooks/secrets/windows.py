"""Reading around places: stretches of bytes, regexes when needed, offsets in characters."""

import re
from collections.abc import Iterable, Iterator
from functools import cache


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
    """Offsets into UTF-8 as offsets into the text; asked in rising order it reads it once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._byte = self._character = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Both ends of a stretch."""
        return self.at(start), self.at(end)

    def at(self, offset: int) -> int:
        """One offset; one inside a character means where that begins."""
        if offset < self._byte:
            self._byte = self._character = 0
        # What continues a character has the bits 10......
        while offset < len(self._data) and self._data[offset] & 0xC0 == 0x80:
            offset -= 1
        piece = self._data[self._byte : offset]
        self._character += len(piece.decode("utf-8"))
        self._byte = offset
        return self._character
