"""`has_author_in: {teams: [acme/payments]}`: who opened the pull request."""

from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.accounts import login_of
from warden_policies.policy_bot.actors import ActorSet, is_actor
from warden_policies.policy_bot.answers import false, true
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain

NAME = "policy-bot has_author_in"

_EXAMPLES = (
    Example("it is", ActorSet(users=("ana",)), SAMPLE, Outcome.PASS, "ana opened it"),
    Example(
        "upper and lower case are different",
        ActorSet(users=("Ana",)),
        SAMPLE,
        Outcome.FAIL,
        "ana, who opened it, is none of: Ana",
    ),
)


def _describe(arguments: ActorSet) -> str:
    return f"the pull request was opened by {arguments.choice()}"


@predicate(
    NAME,
    arguments=ActorSet,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_author_in(arguments: ActorSet, change: Change) -> Result:
    """The account that opened the pull request is one of the actors."""
    opener = plain(login_of(change.opener)) or "an account that was deleted"
    if change.opener and is_actor(arguments, change.opener, change):
        return true(NAME, f"{opener} opened it")
    what = f"have it opened by one of: {arguments}"
    return false(NAME, f"{opener}, who opened it, is none of: {arguments}", what)
