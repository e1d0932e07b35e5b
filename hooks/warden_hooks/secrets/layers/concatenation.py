"""Strings put together on one line, as one string: `"ab" + "cd"`, `'ab'.'cd'`, `"ab" "cd"`."""

from warden_hooks.secrets.layers.patterns import CONCATENATION
from warden_hooks.secrets.layers.piece import Builder, Piece
from warden_hooks.secrets.layers.stretches import stretches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTES = b"\"'`"
_JOINED_BY = b" +.&|<>~^bfruBFRUL@"
_LONGEST_JOINT = 8
"""Bytes from one string's last quote to the next one's first, both included."""


def pieces(data: bytes, ends: "Sequence[int]") -> "Iterator[Piece]":
    """The lines, or what is near, without what joins strings; `ends` lie behind such."""
    joints = _joints(data, ends)
    nobody = (len(data), len(data))
    joint = next(joints, nobody)
    builder = Builder(CONCATENATION)
    for start, end in stretches(data, ends, b"\n"):
        done = start
        while joint[0] < end:
            builder.add(data[done : joint[0]], done, joint[0] - done)
            done = joint[1]
            joint = next(joints, nobody)
            if builder.is_long:
                yield builder.piece()
        builder.add(data[done:end], done, end - done)
        yield builder.piece()


def _joints(data: bytes, ends: "Sequence[int]") -> "Iterator[tuple[int, int]]":
    """From the quote that ends a string to behind the one that begins the next."""
    done = 0
    for end in ends:
        stop = end if data[end - 1] in _QUOTES else end - 1
        before = data[max(done, stop - _LONGEST_JOINT) : stop - 1]
        start = stop - 2 - (len(before) - len(before.rstrip(_JOINED_BY)))
        if start >= done:
            yield start, stop
            done = stop
