"""`modified_lines`: one of the comparisons holds."""

from collections.abc import Iterator
from dataclasses import fields

from warden_policies.predicates.policy_bot.modified_lines import NAME, Lines, comparison
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import FALSE, TRUE, Formula, both, no, some
from warden_policies.prove.parts.files import LinesNeed
from warden_policies.prove.parts.spans import Spans
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word

_SPANS = {"additions": "additions", "deletions": "deletions", "total": "lines"}


def _needs(arguments: Lines) -> Iterator[LinesNeed]:
    for which, operator, number in _comparisons(arguments):
        yield from (LinesNeed(mark, which) for mark in _marks(operator, number))


def _comparisons(arguments: Lines) -> Iterator[tuple[str, str, int]]:
    for field in fields(arguments):
        if (parsed := comparison(getattr(arguments, field.name))) is not None:
            yield _SPANS[field.name], *parsed


def _marks(operator: str, number: int) -> tuple[int, ...]:
    """Where the answer changes."""
    return {"<": (number,), ">": (number + 1,), "=": (number, number + 1)}[operator]


@word(NAME, needs=_needs)
def modified_lines(arguments: Lines, sketch: Sketch) -> Answer:
    """One of them does."""
    files = sketch.files
    spans = {"additions": files.additions, "deletions": files.deletions, "lines": files.lines}
    return met_or_failed(
        some(
            _holds(operator, number, spans[which])
            for which, operator, number in _comparisons(arguments)
        )
    )


def _holds(operator: str, number: int, counted: Spans) -> Formula:
    if number < 0:
        return TRUE if operator == ">" else FALSE
    match operator:
        case "<":
            return no(counted.reaches(number))
        case ">":
            return counted.reaches(number + 1)
    return both(counted.reaches(number), no(counted.reaches(number + 1)))
