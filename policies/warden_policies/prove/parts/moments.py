"""When people speak: before or after the last push, and one sort of words before another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Is, Values
from warden_policies.prove.part import Need
from warden_policies.prove.parts.signing import LATE

_FIRST: Final = timedelta(hours=2)
_LAST: Final = timedelta(hours=1)
_EDITED: Final = timedelta(minutes=10)
"""An edited text is the last of its sort: that is how it can hide others."""


class Sort(IntEnum):
    """What words are to a policy that lets people take a disapproval back."""

    AGAINST = 0
    """They disapprove and do nothing else."""
    OTHER = 1


@dataclass(frozen=True, slots=True)
class OrderNeed:
    """It matters to a question which sort of words came last."""

    question: object


@dataclass(frozen=True, slots=True)
class TimeNeed:
    """It matters to the policy which words of one account came last."""


@dataclass(frozen=True)
class Moments:
    """For each such question which sort came last, of all that was said since the same push."""

    questions: tuple[object, ...]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Moments":
        """The orders that a policy with these needs can tell apart."""
        known = list(needs)
        asked = dict.fromkeys(need.question for need in known if isinstance(need, OrderNeed))
        timed = [need for need in known if isinstance(need, TimeNeed)]
        return cls(tuple(asked) or tuple(timed[:1]))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Whether disapproval came first or last."""
        return {_name(number): 2 for number in range(len(self.questions))}

    @property
    def always(self) -> Formula:
        """Nothing: people speak when they like."""
        return TRUE

    def against_last(self, question: object) -> Formula:
        """What disapproves came after everything else."""
        return Is(_name(self.questions.index(question)), 1)

    def ago(self, sort: Sort, values: Values, *, edited: bool, stale: bool) -> timedelta:
        """How long before the decision something is said."""
        against_last = any(values.get(_name(at)) for at in range(len(self.questions)))
        is_last = (sort is Sort.AGAINST) == against_last
        ago = (_LAST if is_last else _FIRST) - (_EDITED if edited else timedelta())
        return ago + (LATE if stale else timedelta())

    def draw(self, values: Values, change: Change) -> Change:  # noqa: ARG002 - as every part
        """Nothing: what is said is drawn by those who say it."""
        return change


def _name(number: int) -> str:
    return f"against last.{number}"
