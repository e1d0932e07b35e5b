"""`has_status: {statuses: [ci]}`: these checks or commit statuses ended as they should."""

from dataclasses import dataclass, replace

from warden_policies.example import SAMPLE, check
from warden_policies.model import Change, CheckConclusion
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import every_of
from warden_policies.policy_bot.statuses import SUCCESS, ended
from warden_policies.predicate import Example, predicate

NAME = "policy-bot has_status"


@dataclass(frozen=True, slots=True)
class Statuses:
    """`statuses`: names. `conclusions`: what they may have ended with; `[success]` when empty."""

    statuses: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()


_SKIPPED = replace(SAMPLE, checks=(check("ci", CheckConclusion.SKIPPED),), statuses=())
_EXAMPLES = (
    Example(
        "it ended so",
        Statuses(("ci",), ("success", "skipped")),
        _SKIPPED,
        Outcome.PASS,
        "'ci' ended with success or skipped",
    ),
    Example("it did not", Statuses(("ci",)), _SKIPPED, Outcome.FAIL, "'ci' ended with skipped"),
    Example("nobody reported it", Statuses(("lint",)), _SKIPPED, Outcome.FAIL, "no status 'lint'"),
)


def _describe(arguments: Statuses) -> str:
    ends = every_of(arguments.conclusions or SUCCESS)
    return f"{every_of(arguments.statuses, 'and')} ended with {ends}"


@predicate(
    NAME,
    arguments=Statuses,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_status(arguments: Statuses, change: Change) -> Result:
    """Each name is a check or status on the head that ended with one of the conclusions.

    A check takes the place of a commit status of the same name. Who reported it is not asked.
    """
    return ended(NAME, arguments.statuses, arguments.conclusions or SUCCESS, change)
