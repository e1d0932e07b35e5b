"""The strict combinations: an error dominates, and "nothing applies" is never rounded up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from warden_policies.combinations.distinct import duties_apart
from warden_policies.outcome import Outcome, Result, conjunction, disjunction
from warden_policies.policy import Combine, Group

WHEN: Final = "when"
"""The name of the result that says why a requirement applies, or why it does not."""


def policy(group: Group, results: Iterator[Result]) -> Result:
    """The root: every requirement that applies must hold, and one must apply."""
    children = (*results,)
    children += tuple(duties_apart(names, children) for names in group.distinct)
    outcome = conjunction(child.outcome for child in children)
    if outcome is Outcome.NOT_APPLICABLE:
        return Result(group.name, Outcome.FAIL, "no requirement applies", children=children)
    applicable = [child for child in children if child.outcome is not Outcome.NOT_APPLICABLE]
    met = sum(child.outcome is Outcome.PASS for child in applicable)
    reason = f"{met} of {len(applicable)} requirements met"
    return Result(group.name, outcome, reason, children=children)


def requirement(group: Group, results: Iterator[Result]) -> Result:
    """When the condition holds, what is required must hold; without a condition, always."""
    when = replace(next(results), name=WHEN) if len(group.members) > 1 else None
    if when is not None and when.outcome is not Outcome.PASS:
        outcome = Outcome.NOT_APPLICABLE if when.outcome is Outcome.FAIL else when.outcome
        return Result(group.name, outcome, when.reason, children=(when,))
    required = next(results)
    parts = required.children or (required,)
    children = parts if when is None else (*parts, when)
    return replace(required, name=group.name, children=children)


def every(group: Group, results: Iterator[Result]) -> Result:
    """All members must hold: the worst answer is the answer."""
    children = tuple(results)
    return _of(group, conjunction(child.outcome for child in children), children)


def some(group: Group, results: Iterator[Result]) -> Result:
    """One member must hold.

    A member that could not be answered might have blocked, so it is an error here too, however
    well its siblings stand: what a policy offers as an alternative is not less of a question.
    """
    children = tuple(results)
    return _of(group, disjunction(child.outcome for child in children), children)


_OPPOSITE = {Outcome.PASS: Outcome.FAIL, Outcome.FAIL: Outcome.PASS}


def negation(group: Group, results: Iterator[Result]) -> Result:
    """The member must not hold; what is unknown stays unknown."""
    (child,) = results
    outcome = _OPPOSITE.get(child.outcome, child.outcome)
    return Result(group.name, outcome, child.reason, children=(child,))


def _of(group: Group, outcome: Outcome, children: tuple[Result, ...]) -> Result:
    deciding = (child.reason for child in children if child.outcome is outcome)
    return Result(group.name, outcome, "; ".join(deciding), children=children)


COMBINATIONS: Final[Mapping[Combine, Callable[[Group, Iterator[Result]], Result]]] = {
    Combine.POLICY: policy,
    Combine.REQUIREMENT: requirement,
    Combine.ALL: every,
    Combine.ANY: some,
    Combine.NOT: negation,
}
