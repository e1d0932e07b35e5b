"""`has_successful_status: [ci]`: the old way to write `has_status`."""

from dataclasses import replace
from typing import TypeAlias

from warden_policies.example import SAMPLE, check
from warden_policies.model import Change, CommitStatus
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import every_of
from warden_policies.policy_bot.statuses import SUCCESS, ended
from warden_policies.predicate import Example, predicate

NAME = "policy-bot has_successful_status"
Names: TypeAlias = tuple[str, ...]

_LINTED = replace(SAMPLE, checks=(check("ci"),), statuses=(CommitStatus("lint", "failure"),))
_EXAMPLES = (
    Example("it did", ("ci",), _LINTED, Outcome.PASS, "'ci' ended with success"),
    Example("it did not", ("lint",), _LINTED, Outcome.FAIL, "'lint' ended with failure"),
)


def _describe(arguments: Names) -> str:
    return f"{every_of(arguments, 'and')} ended with 'success'"


@predicate(
    NAME,
    arguments=Names,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_successful_status(arguments: Names, change: Change) -> Result:
    """Each name is a check or commit status on the head that succeeded."""
    return ended(NAME, arguments, SUCCESS, change)
