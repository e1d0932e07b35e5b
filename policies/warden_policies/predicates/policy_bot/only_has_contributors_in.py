"""`only_has_contributors_in: {teams: [acme/payments]}`: everybody who had a hand in the change."""

from warden_policies.example import ANA, BOB
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

NAME = "policy-bot only_has_contributors_in"

_BOTH = ActorSet(users=("ana",), teams=("acme/payments",))
_EXAMPLES = (
    Example(
        "all are",
        _BOTH,
        made_of(made_by(BOB, ANA)),
        Outcome.PASS,
        "every contributor is one of: ana, the team acme/payments",
    ),
    Example(
        "the opener is not",
        ActorSet(users=("bob",)),
        made_of(made_by(BOB, BOB)),
        Outcome.FAIL,
        "ana is none of: bob",
    ),
)


def _describe(arguments: ActorSet) -> str:
    known = "or, as far as GitHub knows, made a commit in it"
    return f"nobody but {arguments.choice()} opened the pull request {known}"


@predicate(
    NAME,
    arguments=ActorSet,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def only_has_contributors_in(arguments: ActorSet, change: Change) -> Result:
    """The opener, and every author and committer whom GitHub knows, are actors.

    A commit whose people GitHub does not know is not looked at: whoever made it may be nobody of
    these.
    """
    for person in contributors(change, commits_of(change)):
        if not is_actor(arguments, person, change):
            who = plain(person.login)
            what = f"leave out the commits of {who}"
            return false(NAME, f"{who} is none of: {arguments}", what)
    return true(NAME, f"every contributor is one of: {arguments}")
