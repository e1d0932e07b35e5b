"""How formulas of a group's members become the group's: the twins of `combinations`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Group
from warden_policies.prove import bot_groups
from warden_policies.prove.answer import Answer, Duty, Twin
from warden_policies.prove.apart import duties_apart
from warden_policies.prove.formula import Formula, both, either, every, no, some

_WORST_FIRST: Final = (Outcome.ERROR, Outcome.FAIL, Outcome.PENDING, Outcome.PASS)
_BEST_FIRST: Final = (Outcome.ERROR, Outcome.PASS, Outcome.PENDING, Outcome.FAIL)


def policy(group: Group, answers: Sequence[Answer]) -> Answer:
    """The root: see `combinations.strict.policy`. It fails where nothing applies."""
    by_name = {
        member.name: answer
        for member, answer in zip(group.members, answers, strict=True)
        if isinstance(member, Group)
    }
    apart = (duties_apart([by_name[name] for name in names]) for names in group.distinct)
    found = dict(_first(_WORST_FIRST, [*answers, *apart]))
    absent = found.pop(Outcome.NOT_APPLICABLE)
    return Answer({**found, Outcome.FAIL: either(found[Outcome.FAIL], absent)})


def requirement(group: Group, answers: Sequence[Answer]) -> Answer:
    """What is required, where the condition holds."""
    required = answers[-1]
    if len(group.members) == 1:
        return required
    when = answers[0]
    applies = when.passes
    found = {outcome: both(applies, required[outcome]) for outcome in Outcome}
    for outcome in Outcome:
        if outcome is not Outcome.PASS:
            becomes = Outcome.NOT_APPLICABLE if outcome is Outcome.FAIL else outcome
            found[becomes] = either(found[becomes], when[outcome])
    return Answer(found, _while(applies, required.duties))


def all_of(_group: Group, answers: Sequence[Answer]) -> Answer:
    """The worst answer."""
    return Answer(_first(_WORST_FIRST, answers), _duties(answers))


def any_of(_group: Group, answers: Sequence[Answer]) -> Answer:
    """The best answer, unless one could not be given."""
    return Answer(_first(_BEST_FIRST, answers), _duties(answers))


def negation(_group: Group, answers: Sequence[Answer]) -> Answer:
    """Pass and fail change places."""
    (answer,) = answers
    swapped = {Outcome.PASS: answer[Outcome.FAIL], Outcome.FAIL: answer.passes}
    return Answer({**answer.when, **swapped}, answer.duties)


def _duties(answers: Iterable[Answer]) -> tuple[Duty, ...]:
    return tuple(duty for answer in answers for duty in answer.duties)


def _while(condition: Formula, duties: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(Duty(both(condition, duty.counts), duty.needed, duty.able) for duty in duties)


def _first(order: Sequence[Outcome], answers: Sequence[Answer]) -> Mapping[Outcome, Formula]:
    """The first outcome of `order` that any answer has; none of them when nothing applies."""
    found: dict[Outcome, Formula] = {}
    none_before: list[Formula] = []
    for outcome in order:
        here = some(answer[outcome] for answer in answers)
        found[outcome] = every((*none_before, here))
        none_before.append(no(here))
    found[Outcome.NOT_APPLICABLE] = every(none_before)
    return found


TWINS: Final[Mapping[Combine, Twin]] = {
    **bot_groups.TWINS,
    Combine.POLICY: policy,
    Combine.REQUIREMENT: requirement,
    Combine.ALL: all_of,
    Combine.ANY: any_of,
    Combine.NOT: negation,
}
