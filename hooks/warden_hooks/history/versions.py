"""What a version of a file has that the one before it has not.

Where the one before holds no secret, a secret in this one touches what has changed: it is enough
to look there. Most versions differ in a few lines.
"""

from typing import NamedTuple

from warden_hooks.secrets.reach import REACH

_CLOSE_ENOUGH = 64
"""Bytes. More exactly need not be known where two texts begin to differ."""


class Change(NamedTuple):
    """Lines of a text that hold all that is new in it, and the lines around them."""

    lines: bytes
    around: bytes
    """These lines with as many before and behind them as a secret may reach to."""
    start: int
    """Where in `around` the line before them begins: what ends before that is not new."""


def change(before: bytes, after: bytes) -> Change:
    """What is new in `after`."""
    shorter = min(len(before), len(after))
    start = _common(before, after, shorter)
    stop = len(after) - _common_end(before, after, shorter - start)
    first, last = _line_start(after, start), _line_end(after, stop)
    far_first, far_last = _line_start(after, start - REACH), _line_end(after, stop + REACH)
    start = max(0, _line_start(after, first - 1) - far_first)
    return Change(after[first:last], after[far_first:far_last], start)


def _line_start(text: bytes, place: int) -> int:
    return text.rfind(b"\n", 0, max(0, place)) + 1


def _line_end(text: bytes, place: int) -> int:
    end = text.find(b"\n", min(len(text), place)) + 1
    return end or len(text)


def _common(one: bytes, other: bytes, most: int) -> int:
    """How many bytes the texts have in common at their beginning, at least."""
    known = 0
    while most - known > _CLOSE_ENOUGH:
        middle = (known + most) // 2
        if one.startswith(other[known:middle], known):
            known = middle
        else:
            most = middle
    return known


def _common_end(one: bytes, other: bytes, most: int) -> int:
    """The same at their end."""
    known = 0
    size, difference = len(other), len(one) - len(other)
    while most - known > _CLOSE_ENOUGH:
        middle = (known + most) // 2
        if one.startswith(other[size - middle : size - known], size - middle + difference):
            known = middle
        else:
            most = middle
    return known
