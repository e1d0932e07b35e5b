"""`title: {matches: ["^fix"]}`: what the pull request is called."""

from dataclasses import dataclass

from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.methods import Patterns
from warden_policies.policy_bot.two_lists import two_lists_in_words, why_fitting
from warden_policies.predicate import Example, predicate
from warden_policies.text import quoted

NAME = "policy-bot title"


@dataclass(frozen=True, slots=True)
class TitleText:
    """Regular expressions, found anywhere in the title."""

    matches: Patterns = ()
    not_matches: Patterns = ()


_FEE = "'Charge the fee once'"
_EXAMPLES = (
    Example("it fits", TitleText(("fee",)), SAMPLE, Outcome.PASS, f"{_FEE} matches 'fee'"),
    Example("it does not", TitleText(("^fix",)), SAMPLE, Outcome.FAIL, f"{_FEE} fits neither list"),
    Example(
        "one list is enough, whatever the other says",
        TitleText(("^fix",), ("^WIP",)),
        SAMPLE,
        Outcome.PASS,
        f"{_FEE} matches nothing in 'not_matches'",
    ),
    Example(
        "neither list is given", TitleText(), SAMPLE, Outcome.FAIL, f"{_FEE} fits neither list"
    ),
)


def _describe(arguments: TitleText) -> str:
    return two_lists_in_words("the title", arguments.matches, arguments.not_matches)


@predicate(
    NAME,
    arguments=TitleText,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def title(arguments: TitleText, change: Change) -> Result:
    """The title matches one of `matches`, or `not_matches` is given and it matches none of those.

    The two lists are alternatives: what `not_matches` names still passes by `matches`.
    """
    why = why_fitting(arguments.matches, arguments.not_matches, change.title)
    if why is not None:
        return true(NAME, f"{quoted(change.title)} {why}")
    what = "give it a title that fits, or change the rule"
    return false(NAME, f"{quoted(change.title)} fits neither list", what)
