"""A decision taken apart for people: its requirements, its faults and what is left to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from warden_bot.web.pages.words import APPLIES, OUTCOME_SIGNS, Sign
from warden_policies.combinations.strict import WHEN
from warden_policies.outcome import Action, Decision, Evidence, Outcome, Result
from warden_policies.predicates import PREDICATES

OPEN = (Outcome.ERROR, Outcome.FAIL, Outcome.PENDING)
"""The outcomes that somebody has to do something about, the worst first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of requirements. `depth` 0 is a requirement, more is inside of one."""

    depth: int
    name: str
    about: tuple[str, ...]
    """What the predicates that it stands for ask, in words."""
    sign: Sign
    reason: str
    evidence: tuple[Evidence, ...]
    dropped: tuple[str, ...]


def requirements(decision: Decision) -> tuple[Result, ...]:
    """The requirements that asked something of this change; all of them when none did."""
    every = tuple(child for child in decision.result.children if child.children)
    asked = tuple(child for child in every if child.outcome is not Outcome.NOT_APPLICABLE)
    return asked or every


def idle(decision: Decision) -> tuple[str, ...]:
    """The names of the requirements that do not apply, where others do."""
    asked = requirements(decision)
    every = (child for child in decision.result.children if child.children)
    return tuple(child.name for child in every if child not in asked)


def faults(decision: Decision) -> tuple[Result, ...]:
    """What is wrong with the policy file, when that is why there is no decision."""
    return tuple(child for child in decision.result.children if not child.children)


def steps(decision: Decision) -> tuple[Action, ...]:
    """What is left to do, each thing once; first what blocks, then what is only waited for."""
    every = tuple(_open_nodes(decision.result))
    left = (node for outcome in OPEN for node in every if node.outcome is outcome)
    return tuple(dict.fromkeys(action for node in left for action in node.actions))


def _open_nodes(result: Result) -> Iterator[Result]:
    """Nothing is left to do under what is met or does not apply."""
    if result.outcome in OPEN:
        yield result
        for child in result.children:
            yield from _open_nodes(child)


def nodes(result: Result) -> Iterator[Result]:
    """The result and everything below it, top down."""
    yield result
    for child in result.children:
        yield from nodes(child)


def lines(result: Result, depth: int = 0) -> Iterator[Line]:
    """A requirement as lines: one when it asks one thing, else one more for each thing."""
    if len(result.children) == 1 and not result.children[0].children:
        (only,) = result.children
        yield Line(
            depth,
            result.name,
            _about(only),
            OUTCOME_SIGNS[result.outcome],
            only.reason,
            only.evidence,
            only.dropped,
        )
        return
    yield Line(
        depth,
        result.name if depth == 0 else _title(result),
        _about(result),
        OUTCOME_SIGNS[result.outcome],
        _together(result) if result.children else result.reason,
        result.evidence,
        result.dropped,
    )
    for child in result.children:
        yield from [_applies(child, depth + 1)] if _is_when(child) else lines(child, depth + 1)


def _is_when(result: Result) -> bool:
    return result.name == WHEN


def _applies(when: Result, depth: int) -> Line:
    sign = OUTCOME_SIGNS[Outcome.NOT_APPLICABLE] if when.outcome is Outcome.FAIL else APPLIES
    return Line(depth, "When", (), sign, when.reason, (), ())


def _together(result: Result) -> str:
    asked = [
        child.outcome
        for child in result.children
        if child.outcome is not Outcome.NOT_APPLICABLE and not _is_when(child)
    ]
    return f"{asked.count(Outcome.PASS)} of {len(asked)} met"


def _title(result: Result) -> str:
    """`change_record` as people would write it."""
    return result.name.replace("_", " ").capitalize()


def _about(result: Result) -> tuple[str, ...]:
    known = PREDICATES.get(result.name)
    return (known.summary,) if known and not result.children else ()
