"""How policy-bot 1.36.2 combines answers: an error is carried beside the status, not above it.

Its statuses are outcomes here: skipped is NOT_APPLICABLE, pending PENDING, approved PASS and
disapproved FAIL. A node that has nothing but an error is skipped to policy-bot and ERROR here;
`Result.error` says what went wrong, also beside a status that stands.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group, Question
from warden_policies.text import listed, plain

_NOT_ASKED = Result("", Outcome.PASS, "")
"""The part of a rule that is not there."""
ALL_SKIPPED = "All rules were skipped. At least one rule must match."


def policy(group: Group, results: Iterator[Result]) -> Result:
    """The root: no error in either part, no disapproval, and then what the approval says."""
    approval, disapproval = results
    children = (approval, disapproval)
    error = disapproval.error or approval.error
    if error:
        return _failed(group, error, children)
    decisive = disapproval if disapproval.outcome is Outcome.FAIL else approval
    skipped = decisive.outcome is Outcome.NOT_APPLICABLE
    reason = ALL_SKIPPED if skipped else decisive.reason
    return Result(group.name, decisive.outcome, reason, children=children)


def every(group: Group, results: Iterator[Result]) -> Result:
    """Pending if anything is, else approved if anything is; an error always shows beside it.

    A policy that asks for nothing approves everything, as policy-bot does.
    """
    children = tuple(results)
    if not children:
        return Result(group.name, Outcome.PASS, "No approval policy defined")
    approved, pending = _counted(children, Outcome.PASS), _counted(children, Outcome.PENDING)
    error = _last_error(children)
    if pending:
        reason = f"{approved}/{approved + pending} rules approved"
        return Result(group.name, Outcome.PENDING, reason, children=children, error=error)
    if approved:
        reason = "All rules are approved"
        return Result(group.name, Outcome.PASS, reason, children=children, error=error)
    return _skipped(group, children, error)


def some(group: Group, results: Iterator[Result]) -> Result:
    """Approved if anything is, else pending if anything is; only then an error shows."""
    children = tuple(results)
    if _counted(children, Outcome.PASS):
        return Result(group.name, Outcome.PASS, "One or more rules approved", children=children)
    if _counted(children, Outcome.PENDING):
        reason = "None of the rules are satisfied"
        return Result(group.name, Outcome.PENDING, reason, children=children)
    return _skipped(group, children, _last_error(children))


def rule(group: Group, results: Iterator[Result]) -> Result:
    """Skipped unless its `if` holds; then approved when the people and the conditions say so.

    The first member is the `if`; then, as far as the rule has them, the question after approvals
    and the group of conditions.
    """
    when = next(results)
    if when.outcome is Outcome.ERROR:
        return _failed(group, when.reason, (when,))
    if when.outcome is not Outcome.PASS:
        return Result(group.name, Outcome.NOT_APPLICABLE, when.reason, children=(when,))
    people = met = _NOT_ASKED
    for member, result in zip(group.members[1:], results, strict=False):
        if isinstance(member, Question):
            people = result
        else:
            met = result
        if result.outcome is Outcome.ERROR:
            break
    return _ruled(group, when, people, met)


def _ruled(group: Group, when: Result, people: Result, met: Result) -> Result:
    failed = next((part.reason for part in (people, met) if part.outcome is Outcome.ERROR), "")
    approved = people.outcome is met.outcome is Outcome.PASS
    outcome = Outcome.PASS if approved else Outcome.PENDING
    return Result(
        group.name,
        Outcome.ERROR if failed else outcome,
        failed or _described(people, met, approved=approved),
        children=tuple(part for part in (people, met, when) if part.name),
        approvers=() if failed else people.approvers,
        needed=people.needed,
        dismissed=people.dismissed,
        error=failed,
    )


def _described(people: Result, met: Result, *, approved: bool) -> str:
    """The rule's answer in policy-bot's words."""
    if not people.name and not met.name:
        return "No approval required"
    if approved:
        names = listed(plain(person.login) for person in people.approvers)
        conditions_met = "required conditions" if met.name else ""
        return f"Approved by {' and '.join(filter(None, (names, conditions_met)))}"
    reason = " and ".join(part.reason for part in (people, met) if part.name)
    ignored = len(people.dropped) - len(people.dismissed)
    approvals = "approval" if ignored == 1 else "approvals"
    aside = f". Ignored {ignored} {approvals} from disqualified users" if ignored > 0 else ""
    return reason + aside


def when(group: Group, results: Iterator[Result]) -> Result:
    """The `if` of a rule: all must hold, asked in order until one does not."""
    children: list[Result] = []
    for result in results:
        children.append(result)
        if result.outcome is not Outcome.PASS:
            return _stopped(group, result, tuple(children))
    return Result(group.name, Outcome.PASS, "every predicate holds", children=tuple(children))


def unless(group: Group, results: Iterator[Result]) -> Result:
    """The `if` of the disapproval: none may hold, asked in order until one does."""
    children: list[Result] = []
    for result in results:
        children.append(result)
        if result.outcome is Outcome.PASS:
            reason = f"disapproved because {result.reason}"
            return Result(group.name, Outcome.FAIL, reason, children=tuple(children))
        if result.outcome is Outcome.ERROR:
            return _stopped(group, result, tuple(children))
    return Result(group.name, Outcome.PASS, "no predicate holds", children=tuple(children))


def conditions(group: Group, results: Iterator[Result]) -> Result:
    """The `conditions` under `requires`: all must hold, all are asked, and counted."""
    children: list[Result] = []
    for result in results:
        children.append(result)
        if result.outcome is Outcome.ERROR:
            return _stopped(group, result, tuple(children))
    met = sum(child.outcome is Outcome.PASS for child in children)
    outcome = Outcome.PASS if met == len(children) else Outcome.PENDING
    reason = f"{met}/{len(children)} required conditions"
    return Result(group.name, outcome, reason, children=tuple(children))


def disapproval(group: Group, results: Iterator[Result]) -> Result:
    """Disapproved by the first member that says so; otherwise skipped, which stops nobody."""
    children: list[Result] = []
    for result in results:
        children.append(result)
        if result.outcome is Outcome.ERROR:
            return _failed(group, result.reason, tuple(children))
        if result.outcome is not Outcome.PASS:
            return Result(group.name, Outcome.FAIL, result.reason, children=tuple(children))
    reason = children[-1].reason if len(children) > 1 else "No disapproval policy is specified"
    return Result(group.name, Outcome.NOT_APPLICABLE, reason, children=tuple(children))


def _stopped(group: Group, result: Result, children: tuple[Result, ...]) -> Result:
    """A predicate does not hold, or could not be answered."""
    failed = result.outcome is Outcome.ERROR
    reason = f"failed to evaluate predicate: {result.reason}" if failed else result.reason
    return Result(group.name, result.outcome, reason, children=children)


def _counted(children: tuple[Result, ...], outcome: Outcome) -> int:
    """How many have this status and no error beside it."""
    return sum(child.outcome is outcome and not child.error for child in children)


def _last_error(children: tuple[Result, ...]) -> str:
    return next((child.error for child in reversed(children) if child.error), "")


def _skipped(group: Group, children: tuple[Result, ...], error: str) -> Result:
    if error:
        return _failed(group, error, children)
    reason = "All of the rules are skipped"
    return Result(group.name, Outcome.NOT_APPLICABLE, reason, children=children)


def _failed(group: Group, error: str, children: tuple[Result, ...]) -> Result:
    return Result(group.name, Outcome.ERROR, error, children=children, error=error)


COMBINATIONS: Final[Mapping[Combine, Callable[[Group, Iterator[Result]], Result]]] = {
    Combine.POLICY_BOT_POLICY: policy,
    Combine.POLICY_BOT_AND: every,
    Combine.POLICY_BOT_OR: some,
    Combine.POLICY_BOT_RULE: rule,
    Combine.POLICY_BOT_IF: when,
    Combine.POLICY_BOT_UNLESS: unless,
    Combine.POLICY_BOT_CONDITIONS: conditions,
    Combine.POLICY_BOT_DISAPPROVAL: disapproval,
}
