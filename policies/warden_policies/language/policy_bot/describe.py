"""A policy-bot tree as lines of text: each rule's status, who approved, and whose did not count."""

from collections.abc import Iterator
from typing import Final

from warden_policies.language.policy_bot.view import STATUSES, commit_status, members
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Group
from warden_policies.text import plain

_WIDTH: Final = max(map(len, STATUSES.values()))


def rows(group: Group, result: Result) -> Iterator[str]:
    """One line for every list and rule, the inner ones further in; then what is posted."""
    for member, child in members(group, result):
        yield from _rows(member, child, 0)
    posted = commit_status(result)
    yield ""
    yield f"  policy-bot would post: {posted.state}, {plain(posted.description, 300)}"


def _rows(group: Group, result: Result, depth: int) -> Iterator[str]:
    status = "error" if result.outcome is Outcome.ERROR else STATUSES[result.outcome]
    name = plain(result.name)
    yield f"  {status:<{_WIDTH}}  {'  ' * depth}{name}: {plain(result.reason, 300)}"
    for member, child in members(group, result):
        yield from _rows(member, child, depth + 1)
