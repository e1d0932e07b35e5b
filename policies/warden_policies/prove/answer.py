"""What becomes of a question about a change that has not been drawn yet: a formula per outcome."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.outcome import Outcome
from warden_policies.policy import Group
from warden_policies.prove.formula import FALSE, Formula, no


@dataclass(frozen=True, slots=True)
class Duty:
    """While `counts` holds, so many people are needed out of those whose formula holds."""

    counts: Formula
    needed: int
    able: tuple[Formula, ...]
    """By account."""


@dataclass(frozen=True, slots=True)
class Answer:
    """When each outcome comes about. An outcome that is not mentioned never does."""

    when: Mapping[Outcome, Formula]
    duties: tuple[Duty, ...] = ()

    def __getitem__(self, outcome: Outcome) -> Formula:
        """When this outcome comes about."""
        return self.when.get(outcome, FALSE)

    @property
    def passes(self) -> Formula:
        """When the question is met."""
        return self[Outcome.PASS]


def met_or_failed(condition: Formula) -> Answer:
    """PASS where the condition holds, else FAIL."""
    return Answer({Outcome.PASS: condition, Outcome.FAIL: no(condition)})


Twin: TypeAlias = Callable[[Group, Sequence[Answer]], Answer]
"""How the answers of a group's members become the group's."""
