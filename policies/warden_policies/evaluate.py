"""The product: one pure function from a policy and a change to a decision."""

from collections.abc import Sequence
from dataclasses import replace

from warden_policies.canonical import digest
from warden_policies.codec import encode_change
from warden_policies.combinations import COMBINATIONS
from warden_policies.model import Change, NotRecorded
from warden_policies.outcome import VERDICT_OF, Action, Decision, Outcome, Result, Verdict
from warden_policies.policy import Node, Policy, PolicyError, Question
from warden_policies.predicates import PREDICATES
from warden_policies.text import plain

ROOT = "policy"
"""The name of the result at the root of every decision."""


def evaluate(policy: Policy, change: Change, *, change_digest: str | None = None) -> Decision:
    """Decide on `change` under `policy`, reading nothing but these two.

    A predicate that fails to answer is an error and never a pass, and neither is a policy of which
    nothing applies. `change_digest` spares making it again when the change's bytes are at hand.
    """
    root = answer(policy.root, change)
    observing = policy.observe_until
    return Decision(
        VERDICT_OF[root.outcome],
        root,
        policy.digest,
        change_digest or digest(encode_change(change)),
        observing if observing and change.evaluated_at < observing else None,
    )


def answer(node: Node, change: Change) -> Result:
    """The result of one node: a predicate's answer, or its members' answers combined."""
    if isinstance(node, Question):
        return _ask(node, change)
    results = (answer(member, change) for member in node.members)
    return COMBINATIONS[node.combine](node, results)


def _ask(question: Question, change: Change) -> Result:
    try:
        predicate = PREDICATES[question.predicate]
        result = predicate.check(question.arguments, change)
    except NotRecorded as gap:
        return Result(question.predicate, Outcome.ERROR, plain(str(gap), 200))
    except Exception as error:  # noqa: BLE001 - whatever went wrong inside, it is not a pass
        kind = plain(type(error).__name__)
        return Result(question.predicate, Outcome.ERROR, f"could not be evaluated: {kind}")
    return result if result.name == predicate.name else replace(result, name=predicate.name)


def refuse(
    problems: Sequence[PolicyError], change: Change, policy_digest: str | None = None
) -> Decision:
    """The decision when there is no usable policy: an error, with each problem and its place."""
    children = tuple(Result(error.place, Outcome.ERROR, error.message) for error in problems)
    reason = "; ".join(map(str, problems[:1])) or "there is no usable policy"
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    actions = tuple(_correct(path, change) for path in {error.path: None for error in problems})
    root = Result(ROOT, Outcome.ERROR, reason + more, actions=actions, children=children)
    return Decision(Verdict.ERROR, root, policy_digest, digest(encode_change(change)))


def _correct(path: str, change: Change) -> Action:
    file = plain(path)
    what = f"correct it on {plain(change.base_ref)}; 'changewarden policy check {file}' tests it"
    return Action((f"whoever owns {file}",), what)
