"""Text in pieces of bounded line length, so that no regex ever meets a line of megabytes."""

from collections.abc import Iterable, Iterator

WINDOW = 4096
OVERLAP = 1024
"""A secret of up to this length is whole in at least one window of a line that was cut."""


def segments(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of `text`, each with its offset, in which no line is longer than `WINDOW`.

    Usually the text itself. A longer line is cut into windows that overlap.
    """
    lines = text.split("\n")
    if max(map(len, lines)) <= WINDOW:
        yield 0, text
        return
    start = offset = 0
    for line in lines:
        if len(line) > WINDOW:
            yield start, text[start:offset]
            for position in range(0, len(line) - OVERLAP, WINDOW - OVERLAP):
                yield offset + position, line[position : position + WINDOW]
            start = offset + len(line) + 1
        offset += len(line) + 1
    yield start, text[start:]


def lines_touched(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of the lines of `text` that a match from `start` to `end` touches.

    The line that begins at `end` is one of them: a pattern may have eaten the line feed before it.
    """
    first = text.rfind("\n", 0, start) + 1
    while first <= end:
        newline = text.find("\n", first)
        stop = len(text) if newline < 0 else newline
        yield first, stop
        first = stop + 1


def pieces_at(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Bounds of the lines of `segments` that hold the offsets, each once.

    An offset stands behind what it means, so the character before it counts as well.
    """
    start = stop = last = -1
    for offset in sorted({place for end in offsets for place in (max(0, end - 1), end)}):
        if offset > stop or start < 0:
            start = text.rfind("\n", 0, offset) + 1
            newline = text.find("\n", offset)
            stop = len(text) if newline < 0 else newline
        for bounds in _windows(start, stop, offset):
            if bounds[0] > last:
                last = bounds[0]
                yield bounds


def _windows(start: int, stop: int, offset: int) -> Iterator[tuple[int, int]]:
    """The line itself, or of a long one those of its windows that hold the offset."""
    if stop - start <= WINDOW:
        yield start, stop
        return
    step = WINDOW - OVERLAP
    first = max(0, offset - start - WINDOW) // step
    for position in range(first * step, min(offset - start + 1, stop - start - OVERLAP), step):
        yield start + position, min(stop, start + position + WINDOW)
