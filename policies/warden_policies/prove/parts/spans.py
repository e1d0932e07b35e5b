"""Numbers, cut into the spans that a policy tells apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from warden_policies.prove.formula import Formula, Is, some

Span: TypeAlias = tuple[int, int | None]
"""First and last number; None for no end."""


@dataclass(frozen=True)
class Spans:
    """A number from 0 upwards: the policy asks whether it reaches each of `marks`.

    The span with the number `usual` is the plain one.
    """

    name: str
    marks: tuple[int, ...]
    usual: int

    @classmethod
    def of(cls, name: str, marks: Iterable[int], usual: int) -> "Spans":
        """The spans between these marks."""
        return cls(name, tuple(sorted({mark for mark in marks if mark > 0})), usual)

    @cached_property
    def bounds(self) -> tuple[Span, ...]:
        """Each span, the usual one first."""
        starts = (0, *self.marks)
        ends = (*(mark - 1 for mark in self.marks), None)
        spans = list(zip(starts, ends, strict=True))
        spans.sort(key=lambda span: not _within(self.usual, span))
        return tuple(spans)

    def reaches(self, mark: int) -> Formula:
        """The number is at least `mark`, which is one of the marks or not above 0."""
        return some(Is(self.name, at) for at, (first, _) in enumerate(self.bounds) if first >= mark)

    def lies(self, span: Span) -> Formula:
        """The number is in this span, which is one of `bounds`."""
        return Is(self.name, self.bounds.index(span))

    def drawn(self, value: int) -> int:
        """A number of a span: the usual one, or its first."""
        first, _ = self.bounds[value]
        return self.usual if _within(self.usual, self.bounds[value]) else first


def _within(number: int, span: Span) -> bool:
    first, last = span
    return first <= number and (last is None or number <= last)


def plus(one: int | None, other: int | None) -> int | None:
    """The sum of two ends."""
    return None if one is None or other is None else one + other


def meet(one: Span, other: Span) -> bool:
    """Whether some number lies in both."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
