"""`repository: {matches: ["^acme/"]}`: which repository it is."""

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

NAME = "policy-bot repository"


@dataclass(frozen=True, slots=True)
class RepositoryName:
    """Regular expressions, found anywhere in `owner/name`."""

    matches: Patterns = ()
    not_matches: Patterns = ()


_EXAMPLES = (
    Example(
        "it fits", RepositoryName(("^acme/",)), SAMPLE, Outcome.PASS, "'acme/shop' matches '^acme/'"
    ),
    Example(
        "it does not",
        RepositoryName((), ("shop$",)),
        SAMPLE,
        Outcome.FAIL,
        "'acme/shop' fits neither list",
    ),
)


def _describe(arguments: RepositoryName) -> str:
    return two_lists_in_words("the repository", arguments.matches, arguments.not_matches)


@predicate(
    NAME,
    arguments=RepositoryName,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def repository(arguments: RepositoryName, change: Change) -> Result:
    """Its name matches one of `matches`, or `not_matches` is given and it matches none of those.

    The two lists are alternatives: what `not_matches` names still passes by `matches`.
    """
    name = change.repository.full_name
    why = why_fitting(arguments.matches, arguments.not_matches, name)
    if why is not None:
        return true(NAME, f"{quoted(name)} {why}")
    what = "nothing: this rule is for other repositories"
    return false(NAME, f"{quoted(name)} fits neither list", what)
