"""A decision as policy-bot's own tree, and as the commit status that policy-bot would post."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from warden_policies.canonical import Json
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group

STATUSES: Final = {
    Outcome.PASS: "approved",
    Outcome.FAIL: "disapproved",
    Outcome.PENDING: "pending",
    Outcome.NOT_APPLICABLE: "skipped",
    Outcome.ERROR: "skipped",
}
"""policy-bot's word for each outcome. To it an error stands beside a status, if only `skipped`."""

_POSTED: Final = {"approved": "success", "disapproved": "failure", "pending": "pending"}
_WITH_CHILDREN = frozenset(
    {Combine.POLICY_BOT_POLICY, Combine.POLICY_BOT_AND, Combine.POLICY_BOT_OR}
)


@dataclass(frozen=True, slots=True)
class CommitStatus:
    """What policy-bot shows on a commit."""

    state: str
    """`success`, `failure`, `pending` or `error`."""
    description: str


def tree(group: Group, result: Result) -> dict[str, Json]:
    """`{name, status, error?, approvers?, dismissed?, children?}` of the group that was answered.

    What a rule asked is not part of it. Logins are in alphabetical order.
    """
    node: dict[str, Json] = {"name": result.name, "status": STATUSES[result.outcome]}
    if result.error:
        node["error"] = result.error
    if result.approvers:
        node["approvers"] = [*sorted(person.login for person in result.approvers)]
    if result.dismissed:
        node["dismissed"] = {each.login: each.why for each in result.dismissed}
    if children := [tree(member, child) for member, child in members(group, result)]:
        node["children"] = list(children)
    return node


def members(group: Group, result: Result) -> Iterator[tuple[Group, Result]]:
    """The rules and lists of a policy, a list or nothing under a rule, each with its result."""
    if group.combine in _WITH_CHILDREN:
        for member, child in zip(group.members, result.children, strict=True):
            if isinstance(member, Group):
                yield member, child


def commit_status(result: Result) -> CommitStatus:
    """The status for the result of a whole policy. Errors and skipped rules are errors to it."""
    state = _POSTED.get(STATUSES[result.outcome], "error")
    return CommitStatus("error" if result.error else state, result.reason)
