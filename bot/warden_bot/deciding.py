"""Which policies a pull request has to meet, and the one decision that comes of them."""

from collections.abc import Sequence

from warden_bot.github.snapshot import PolicyFile, Snapshot
from warden_policies.evaluate import evaluate, refuse
from warden_policies.floor import joined
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Decision, Outcome, Verdict, conjunction
from warden_policies.policy import Dialect, InvalidPolicy, Policy, PolicyError
from warden_policies.text import plain

_WORST_FIRST = (Verdict.ERROR, Verdict.BLOCK, Verdict.PENDING, Verdict.ALLOW)


def decide_all(snapshot: Snapshot) -> Decision:
    """The decision under every policy that has to be met, none of which takes from another.

    The change has to be allowed where it is meant to go, and would have to be on the default
    branch: a check on a commit is green for every branch. Of the two decisions the worse one holds;
    one that only observes stops nobody, and so it never stands before one that does.
    """
    branches = (snapshot.policy, *filter(None, [snapshot.floor]))
    made = [_on(branch, snapshot.organization, snapshot.change) for branch in branches]
    return min(made, key=lambda each: (not _stops(each), _WORST_FIRST.index(each.verdict)))


def _stops(decision: Decision) -> bool:
    return decision.verdict is not Verdict.ALLOW and decision.observing_until is None


def _on(branch: PolicyFile, organization: PolicyFile | None, change: Change) -> Decision:
    """The decision under a branch's policy together with the organisation's.

    That one holds alone where the branch has none. Without either, nothing may be merged.
    """
    if organization is None:
        return decide(branch, change)
    if branch.absent:
        return decide(organization, change)
    if both := _joined(organization, branch):
        return evaluate(both, change)
    return strictest([decide(branch, change), decide(organization, change)])


def decide(policy: PolicyFile, change: Change) -> Decision:
    """The decision; a policy that is missing or cannot be understood refuses every change."""
    if policy.source is None:
        where = policy.where or f"{plain(change.base_ref)} at {change.base_sha[:7]}"
        problem = f"{policy.problem} ({where})"
        return refuse((PolicyError(policy.path, None, None, problem),), change)
    try:
        return evaluate(parse_policy(policy.source, policy.path, policy.dialect), change)
    except InvalidPolicy as error:
        return refuse(error.errors, change, error.digest)


def strictest(made: Sequence[Decision]) -> Decision:
    """The decision under the policy that asks for most.

    A policy that only observes stops nobody, so it speaks only where no other one stops anything:
    otherwise one that observes would speak for another that does not.
    """
    binding = [decision for decision in made if decision.observing_until is None]
    stops = _together(binding) not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    speaking = binding if binding and stops else made
    outcome = _together(speaking)
    return next(decision for decision in speaking if decision.result.outcome is outcome)


def _together(made: Sequence[Decision]) -> Outcome:
    return conjunction(decision.result.outcome for decision in made)


def _joined(organization: PolicyFile, own: PolicyFile) -> Policy | None:
    """Both as one, where both can be understood and are of one language."""
    if organization.source is None or own.source is None or own.dialect is not Dialect.NATIVE:
        return None
    try:
        policies = [
            parse_policy(organization.source, organization.path),
            parse_policy(own.source, own.path),
        ]
    except InvalidPolicy:
        return None
    return joined(*policies)
