"""A piece of decoded text, and the way back from it to what it was made from."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read = Callable[[bytes, int, int], tuple[bytes, int]]
    """What data mean at a place, before an end: text, and how many bytes stand for it."""

Segment = tuple[int, int, int, int]
"""Where it begins in the decoded bytes and in the encoded ones, and how many bytes of these (the
third) stand for how many of the decoded (the fourth), evenly."""
_LONG, _TOO_LONG = 1 << 16, 1 << 18
"""Bytes. So that a piece needs little memory, whatever it is a piece of."""


class Piece:
    """Decoded text. Its segments follow each other without a gap in the decoded bytes."""

    __slots__ = ("data", "layer", "segments")

    data: bytes
    """UTF-8."""
    layer: str
    segments: "list[Segment]"

    def __init__(self, layer: str, data: bytes, segments: "list[Segment]") -> None:
        self.layer = layer
        self.data = data
        self.segments = segments

    def outward(self, start: int, end: int) -> tuple[int, int]:
        """The encoded bytes that hold any of the decoded ones from `start` to `end`."""
        return self._begin(start), self._end(end)

    def _begin(self, offset: int) -> int:
        inside, outside, encoded, decoded = self._segment(offset)
        return outside + (offset - inside) * encoded // decoded

    def _end(self, offset: int) -> int:
        inside, outside, encoded, decoded = self._segment(max(0, offset - 1))
        return outside - (inside - offset) * encoded // decoded

    def _segment(self, offset: int) -> Segment:
        from bisect import bisect_right  # noqa: PLC0415 - a clean commit never asks

        return self.segments[bisect_right(self.segments, (offset, 1 << 62)) - 1]


class Builder:
    """A piece put together from left to right."""

    def __init__(self, layer: str) -> None:
        self._layer = layer
        self._clear()

    def _clear(self) -> None:
        self._parts: list[bytes] = []
        self._segments: list[Segment] = []
        self.size = 0

    @property
    def is_long(self) -> bool:
        """Whether it is to end at the next good place."""
        return self.size > _LONG

    def add(self, text: bytes, outside: int, length: int) -> None:
        """Append text for which `length` bytes from `outside` on stand."""
        if not text:
            return
        evenly = (1, 1) if length == len(text) else (length, len(text))
        if not self._goes_on(outside, evenly):
            self._segments.append((self.size, outside, *evenly))
        self._parts.append(text)
        self.size += len(text)

    def _goes_on(self, outside: int, evenly: tuple[int, int]) -> bool:
        """Whether what comes next continues the last segment."""
        if not self._segments or self._segments[-1][2:] != evenly or evenly[1] != 1:
            return False
        inside, at, encoded, _ = self._segments[-1]
        return at + (self.size - inside) * encoded == outside

    def unfold(
        self, data: bytes, span: tuple[int, int], mark: bytes, read: "Read"
    ) -> "Iterator[Piece]":
        """Append a stretch in which all but what begins with `mark` stands for itself.

        What `read` makes nothing of does too. Pieces that are long enough come out on the way.
        """
        place, end = span
        while place < end:
            found = data.find(mark, place, end)
            stop = end if found < 0 else found
            self.add(data[place:stop], place, stop - place)
            if found < 0:
                return
            text, length = read(data, found, end)
            self.add(text, found, length)
            place = found + length
            if self.size > _TOO_LONG or (self.is_long and text == b"\n"):
                yield self.piece()

    def piece(self) -> Piece:
        """What was appended since the last one."""
        made = Piece(self._layer, b"".join(self._parts), self._segments)
        self._clear()
        return made


def unfolded(
    layer: str, data: bytes, span: tuple[int, int], mark: bytes, read: "Read"
) -> "Iterator[Piece]":
    """The same for one stretch alone."""
    builder = Builder(layer)
    yield from builder.unfold(data, span, mark, read)
    if builder.size:
        yield builder.piece()
