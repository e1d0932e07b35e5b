"""`has_contributor_in: {teams: [acme/payments]}`: somebody who had a hand in the change."""

from warden_policies.example import ANA, BOB, CARL
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.accounts import contributors
from warden_policies.policy_bot.actors import ActorSet, is_actor
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.example import made_by, made_of
from warden_policies.policy_bot.parts import commits_of
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain

NAME = "policy-bot has_contributor_in"

_TEAM = ActorSet(teams=("acme/payments",))
_EXAMPLES = (
    Example("a committer is", _TEAM, made_of(made_by(ANA, BOB)), Outcome.PASS, "bob is one"),
    Example(
        "nobody is",
        _TEAM,
        made_of(made_by(ANA, CARL)),
        Outcome.FAIL,
        "no contributor is one of: the team acme/payments",
    ),
)


def _describe(arguments: ActorSet) -> str:
    return f"the pull request was opened, or some commit in it made, by {arguments.choice()}"


@predicate(
    NAME,
    arguments=ActorSet,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_contributor_in(arguments: ActorSet, change: Change) -> Result:
    """The opener, or the author or committer of some commit, is one of the actors.

    Commits whose people GitHub does not know are not looked at, and neither are co-authors.
    """
    for person in contributors(change, commits_of(change)):
        if is_actor(arguments, person, change):
            return true(NAME, f"{plain(person.login)} is one")
    what = f"have a commit by one of: {arguments}"
    return false(NAME, f"no contributor is one of: {arguments}", what)
