"""Which policies a pull request has to meet, and the one decision that comes of them."""

from collections.abc import Sequence

from warden_bot.github.snapshot import PolicyFile, Snapshot
from warden_policies.evaluate import evaluate, refuse
from warden_policies.floor import joined
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Decision, Outcome, conjunction
from warden_policies.policy import InvalidPolicy, Policy, PolicyError
from warden_policies.text import plain


def decide_all(snapshot: Snapshot) -> Decision:
    """The decision under every policy that has to be met, none of which takes from another.

    The organisation's holds together with the branch's own, and alone where that is not there; the
    default branch's holds beside them. Without any of them nothing may be merged.
    """
    change, organization = snapshot.change, snapshot.organization
    own = [snapshot.policy, *filter(None, [snapshot.floor])]
    if organization is None:
        return strictest([decide(policy, change) for policy in own])
    if both := _joined(organization, snapshot.policy):
        rest = [policy for policy in own[1:] if not policy.absent]
        made = [evaluate(both, change), *(decide(policy, change) for policy in rest)]
        return strictest(made)
    present = [policy for policy in own if not policy.absent]
    return strictest([decide(policy, change) for policy in (*present, organization)])


def decide(policy: PolicyFile, change: Change) -> Decision:
    """The decision; a policy that is missing or cannot be understood refuses every change."""
    if policy.source is None:
        where = policy.where or f"{plain(change.base_ref)} at {change.base_sha[:7]}"
        problem = f"{policy.problem} ({where})"
        return refuse((PolicyError(policy.path, None, None, problem),), change)
    try:
        return evaluate(parse_policy(policy.source, policy.path), change)
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
    """Both as one, where both can be understood."""
    if organization.source is None or own.source is None:
        return None
    try:
        policies = [
            parse_policy(organization.source, organization.path),
            parse_policy(own.source, own.path),
        ]
    except InvalidPolicy:
        return None
    return joined(*policies)
