"""The product: one pure function from a policy and a change to a decision."""

from collections.abc import Sequence
from dataclasses import replace

from warden_policies.canonical import digest
from warden_policies.codec import encode_change
from warden_policies.model import Change
from warden_policies.outcome import VERDICT_OF, Action, Decision, Outcome, Result, conjunction
from warden_policies.policy import Policy, PolicyError, Question, Requirement
from warden_policies.predicates import PREDICATES
from warden_policies.text import plain

ROOT = "policy"
"""The name of the result at the root of every decision."""


def evaluate(policy: Policy, change: Change) -> Decision:
    """Decide on `change` under `policy`, reading nothing but these two.

    Every requirement must hold. A predicate that fails to answer is an error and never a pass, and
    neither is a policy of which nothing applies.
    """
    children = tuple(_ask_all(requirement, change) for requirement in policy.requirements)
    return _decision(_root(children), change, policy.digest)


def refuse(
    problems: Sequence[PolicyError], change: Change, policy_digest: str | None = None
) -> Decision:
    """The decision when there is no usable policy: an error, with each problem and its place."""
    children = tuple(Result(error.place, Outcome.ERROR, error.message) for error in problems)
    reason = "; ".join(map(str, problems[:1])) or "there is no usable policy"
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    actions = tuple(_correct(path, change) for path in {error.path: None for error in problems})
    root = Result(ROOT, Outcome.ERROR, reason + more, actions=actions, children=children)
    return _decision(root, change, policy_digest)


def _correct(path: str, change: Change) -> Action:
    file = plain(path)
    what = f"correct it on {plain(change.base_ref)}; 'changewarden policy check {file}' tests it"
    return Action((f"whoever owns {file}",), what)


def _decision(root: Result, change: Change, policy_digest: str | None) -> Decision:
    return Decision(VERDICT_OF[root.outcome], root, policy_digest, digest(encode_change(change)))


def _root(children: tuple[Result, ...]) -> Result:
    outcome = conjunction(child.outcome for child in children)
    if outcome is Outcome.NOT_APPLICABLE:
        return Result(ROOT, Outcome.FAIL, "no requirement applies", children=children)
    applicable = [child for child in children if child.outcome is not Outcome.NOT_APPLICABLE]
    met = sum(child.outcome is Outcome.PASS for child in applicable)
    reason = f"{met} of {len(applicable)} requirements met"
    return Result(ROOT, outcome, reason, children=children)


def _ask_all(requirement: Requirement, change: Change) -> Result:
    children = tuple(_ask(question, change) for question in requirement.require)
    outcome = conjunction(child.outcome for child in children)
    deciding = (child.reason for child in children if child.outcome is outcome)
    return Result(requirement.name, outcome, "; ".join(deciding), children=children)


def _ask(question: Question, change: Change) -> Result:
    try:
        predicate = PREDICATES[question.predicate]
        return replace(predicate.check(question.arguments, change), name=predicate.name)
    except Exception as error:  # noqa: BLE001 - whatever went wrong inside, it is not a pass
        kind = plain(type(error).__name__)
        return Result(question.predicate, Outcome.ERROR, f"could not be evaluated: {kind}")
