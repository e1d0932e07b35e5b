"""Distinct people across requirements, as a formula: the twin of `combinations.distinct`."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from warden_policies.outcome import Outcome
from warden_policies.prove.answer import Answer, Duty
from warden_policies.prove.formula import (
    Formula,
    at_least,
    both,
    either,
    every,
    implies,
    no,
    some,
)

MOST_DUTIES: Final = 10
"""Of one list of distinct requirements; each more doubles the formula."""


def duties_apart(answers: Sequence[Answer]) -> Answer:
    """Whether different people met each of some requirements, each with its own `Answer`.

    By Hall's theorem everybody needed is there exactly when, for each set of requirements, those
    who serve any of them are as many as these need together.

    Raises:
        ValueError: they have more than `MOST_DUTIES` duties.
    """
    if sum(len(answer.duties) for answer in answers) > MOST_DUTIES:
        raise ValueError(f"more than {MOST_DUTIES} duties")
    needed = some(duty.counts for answer in answers for duty in answer.duties)
    closed = every(either(each.passes, each[Outcome.NOT_APPLICABLE]) for each in answers)
    good = both(closed, every(_conditions(answers)))
    return Answer(
        {
            Outcome.NOT_APPLICABLE: no(needed),
            Outcome.PASS: both(needed, good),
            Outcome.PENDING: both(needed, no(good)),
        }
    )


def _conditions(answers: Sequence[Answer]) -> Iterator[Formula]:
    """For each set of requirements and each case of what counts for them: enough people."""
    for size in range(1, len(answers) + 1):
        for chosen in combinations(answers, size):
            duties = [duty for answer in chosen for duty in answer.duties]
            able = _able(duties)
            for case in _cases(duties):
                wanted = sum(duty.needed for duty in case)
                yield implies(every(duty.counts for duty in case), at_least(wanted, able))


def _cases(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    for size in range(1, len(duties) + 1):
        yield from combinations(duties, size)


def _able(duties: Sequence[Duty]) -> list[Formula]:
    """By account: whether it serves any of the duties that count."""
    rows = ([both(duty.counts, able) for able in duty.able] for duty in duties)
    return [some(column) for column in zip(*rows, strict=True)]
