"""What a version of a file has that the one before it has not.

Where the one before holds no secret, a secret in this one touches what has changed: it is enough
to look there. Most versions differ in a few places.
"""

from collections.abc import Iterator
from typing import NamedTuple

from warden_hooks.secrets.reach import REACH

_CLOSE_ENOUGH = 64
"""Bytes. More exactly need not be known where two texts begin to differ."""
_ANCHOR, _WORTH_PARTING, _DEEPEST = 80, 8 * REACH, 12
"""Bytes by which the middles of two texts are found to be the same, bytes of a part in which that
is looked for, and how often a part is parted again."""

_Span = tuple[int, int]


class Change(NamedTuple):
    """Lines of a text that hold something new, and the lines around them."""

    lines: bytes
    around: bytes
    """These lines with as many before and behind them as a secret may reach to."""
    start: int
    """Where in `around` the line before them begins: what ends before that is not new."""
    stop: int
    """Where in `around` they end: what begins behind that is not new either."""
    open_start: bool
    """Whether there is more of the text before `around`."""
    open_end: bool
    """Whether there is more of it behind."""


def changes(before: bytes, after: bytes) -> Iterator[Change]:
    """All that is new in `after`, from its beginning to its end."""
    far: _Span | None = None
    first = last = 0
    for start, stop in _differences(before, after):
        lines = _line_start(after, start), _line_end(after, stop)
        around = _line_start(after, lines[0] - REACH), _line_end(after, lines[1] + REACH)
        if far and around[0] <= far[1]:
            far, last = (far[0], around[1]), lines[1]
            continue
        if far:
            yield _change(after, far, (first, last))
        far, (first, last) = around, lines
    if far:
        yield _change(after, far, (first, last))


def _change(text: bytes, far: _Span, lines: _Span) -> Change:
    first, last = far
    return Change(
        text[slice(*lines)],
        text[first:last],
        max(0, _line_start(text, lines[0] - 1) - first),
        lines[1] - first,
        open_start=first > 0,
        open_end=last < len(text),
    )


def _differences(before: bytes, after: bytes) -> Iterator[_Span]:
    """Where `after` differs, in rising order: what lies between is in both, in the same order.

    A difference may be empty: there the one before has something more.
    """
    pending = [((0, len(before)), (0, len(after)), 0)]
    while pending:
        old, new, depth = pending.pop()
        old, new = _without_common_ends(before, after, old, new)
        if old[0] == old[1] and new[0] == new[1]:
            continue
        same = _same(before, after, old, new) if depth < _DEEPEST else None
        if same is None:
            yield new
            continue
        there, here = same
        behind = ((there + _ANCHOR, old[1]), (here + _ANCHOR, new[1]), depth + 1)
        pending += [behind, ((old[0], there), (new[0], here), depth + 1)]


def _same(before: bytes, after: bytes, old: _Span, new: _Span) -> _Span | None:
    """A place near the middle of what is new, and where the same stands in what is old."""
    size = new[1] - new[0]
    if size < _WORTH_PARTING:
        return None
    for part in (2, 4, 3, 5):
        here = new[0] + size // part
        there = before.find(after[here : here + _ANCHOR], *old)
        if there >= 0 and here + _ANCHOR <= new[1]:
            return there, here
    return None


def _without_common_ends(
    before: bytes, after: bytes, old: _Span, new: _Span
) -> tuple[_Span, _Span]:
    """The same parts without most of what they both begin and end with."""
    shorter = min(old[1] - old[0], new[1] - new[0])
    begin = _common(before, after, old[0], new[0], shorter)
    old, new, shorter = (old[0] + begin, old[1]), (new[0] + begin, new[1]), shorter - begin
    end = _common_end(before, after, old[1], new[1], shorter)
    return (old[0], old[1] - end), (new[0], new[1] - end)


def _line_start(text: bytes, place: int) -> int:
    return text.rfind(b"\n", 0, max(0, place)) + 1


def _line_end(text: bytes, place: int) -> int:
    end = text.find(b"\n", min(len(text), place)) + 1
    return end or len(text)


def _common(one: bytes, other: bytes, at: int, there: int, most: int) -> int:
    """How many bytes the texts have in common from two places on, at least; all, if `most`."""
    if one[at : at + most] == other[there : there + most]:
        return most
    known = 0
    while most - known > _CLOSE_ENOUGH:
        middle = (known + most) // 2
        if one.startswith(other[there + known : there + middle], at + known):
            known = middle
        else:
            most = middle
    return known


def _common_end(one: bytes, other: bytes, at: int, there: int, most: int) -> int:
    """The same before two places."""
    if one[at - most : at] == other[there - most : there]:
        return most
    known = 0
    while most - known > _CLOSE_ENOUGH:
        middle = (known + most) // 2
        if one.startswith(other[there - middle : there - known], at - middle):
            known = middle
        else:
            most = middle
    return known
