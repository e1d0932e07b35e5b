"""policy-bot's groups as formulas: the twins of `combinations.policy_bot`.

Nothing here is ever an error: what is proved is said of changes that can be read completely.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Group, Question
from warden_policies.prove.answer import Answer, Duty, Twin
from warden_policies.prove.formula import TRUE, Formula, both, every, no, some


def policy(_group: Group, answers: Sequence[Answer]) -> Answer:
    """A disapproval decides, or else what the approval says."""
    approval, disapproval = answers
    bad = disapproval[Outcome.FAIL]
    found = {outcome: both(no(bad), approval[outcome]) for outcome in Outcome}
    return Answer({**found, Outcome.FAIL: bad}, approval.duties)


def all_of(group: Group, answers: Sequence[Answer]) -> Answer:
    """Pending if any is, else approved if any is; without any member approved."""
    if not group.members:
        return Answer({Outcome.PASS: TRUE})
    return _first((Outcome.PENDING, Outcome.PASS), answers)


def any_of(_group: Group, answers: Sequence[Answer]) -> Answer:
    """Approved if any is, else pending if any is."""
    return _first((Outcome.PASS, Outcome.PENDING), answers)


def _first(order: tuple[Outcome, Outcome], answers: Sequence[Answer]) -> Answer:
    first, second = (some(answer[outcome] for answer in answers) for outcome in order)
    found = {
        order[0]: first,
        order[1]: both(no(first), second),
        Outcome.NOT_APPLICABLE: both(no(first), no(second)),
    }
    return Answer(found, tuple(duty for answer in answers for duty in answer.duties))


def rule(group: Group, answers: Sequence[Answer]) -> Answer:
    """Skipped unless its `if` holds; then approved when people and conditions say so."""
    applies = answers[0].passes
    good = both(applies, *(answer.passes for answer in answers[1:]))
    asked = (
        answer
        for member, answer in zip(group.members[1:], answers[1:], strict=True)
        if isinstance(member, Question)
    )
    return Answer(
        {
            Outcome.NOT_APPLICABLE: no(applies),
            Outcome.PASS: good,
            Outcome.PENDING: both(applies, no(good)),
        },
        tuple(
            Duty(both(applies, duty.counts), duty.needed, duty.able)
            for answer in asked
            for duty in answer.duties
        ),
    )


def when(_group: Group, answers: Sequence[Answer]) -> Answer:
    """Every predicate holds."""
    return _yes_or(Outcome.FAIL, every(answer.passes for answer in answers))


def unless(_group: Group, answers: Sequence[Answer]) -> Answer:
    """No predicate holds."""
    return _yes_or(Outcome.FAIL, every(no(answer.passes) for answer in answers))


def conditions(_group: Group, answers: Sequence[Answer]) -> Answer:
    """Every predicate holds, or the rule waits for it."""
    return _yes_or(Outcome.PENDING, every(answer.passes for answer in answers))


def disapproval(_group: Group, answers: Sequence[Answer]) -> Answer:
    """Some member disapproves, or nothing is said."""
    good = every(answer.passes for answer in answers)
    return Answer({Outcome.FAIL: no(good), Outcome.NOT_APPLICABLE: good})


def _yes_or(otherwise: Outcome, condition: Formula) -> Answer:
    return Answer({Outcome.PASS: condition, otherwise: no(condition)})


TWINS: Final[Mapping[Combine, Twin]] = {
    Combine.POLICY_BOT_POLICY: policy,
    Combine.POLICY_BOT_AND: all_of,
    Combine.POLICY_BOT_OR: any_of,
    Combine.POLICY_BOT_RULE: rule,
    Combine.POLICY_BOT_IF: when,
    Combine.POLICY_BOT_UNLESS: unless,
    Combine.POLICY_BOT_CONDITIONS: conditions,
    Combine.POLICY_BOT_DISAPPROVAL: disapproval,
}
