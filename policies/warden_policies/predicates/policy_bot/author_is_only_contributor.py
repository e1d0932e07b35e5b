"""`author_is_only_contributor: true`: whoever opened the pull request made all of its commits."""

from dataclasses import replace

from warden_policies.example import ANA, BOB
from warden_policies.model import Change, Commit
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.accounts import author_of, committer_of, login_of
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.example import made_by, made_of
from warden_policies.policy_bot.parts import commits_of
from warden_policies.predicate import Example, predicate
from warden_policies.text import short

NAME = "policy-bot author_is_only_contributor"

_OTHERS = made_of(made_by(ANA, BOB))
_EXAMPLES = (
    Example(
        "it is",
        arguments=True,
        change=made_of(made_by(ANA, ANA)),
        outcome=Outcome.PASS,
        reason="every commit is the opener's",
    ),
    Example(
        "a commit made on github.com is its author's",
        arguments=True,
        change=made_of(made_by(ANA, BOB, on_web=True)),
        outcome=Outcome.PASS,
        reason="every commit is the opener's",
    ),
    Example(
        "somebody else committed",
        arguments=True,
        change=_OTHERS,
        outcome=Outcome.FAIL,
        reason="commit 7be01d4 is not the opener's",
    ),
    Example(
        "it must not be",
        arguments=False,
        change=_OTHERS,
        outcome=Outcome.PASS,
        reason="commit 7be01d4 is not the opener's",
    ),
    Example(
        "nor may it be when nobody opened it",
        arguments=True,
        change=replace(_OTHERS, opener=None),
        outcome=Outcome.FAIL,
        reason="commit 7be01d4 is not the opener's",
    ),
)


def _describe(arguments: bool) -> str:  # noqa: FBT001
    commits = "every commit is" if arguments else "some commit is not"
    return f"{commits} by whoever opened the pull request"


@predicate(
    NAME,
    arguments=bool,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def author_is_only_contributor(arguments: bool, change: Change) -> Result:  # noqa: FBT001
    """Every commit's author is the opener, and its committer too unless it was made on github.com.

    With `false` it is the other way round: some commit is somebody else's.
    """
    opener = login_of(change.opener)
    other = next((each for each in commits_of(change) if not _is_by(opener, each)), None)
    if other is None:
        reason, what = "every commit is the opener's", "have a commit by somebody else"
    else:
        reason = f"commit {short(other.sha)} is not the opener's"
        what = "leave out the commits of others"
    return true(NAME, reason) if arguments == (other is None) else false(NAME, reason, what)


def _is_by(opener: str, commit: Commit) -> bool:
    if login_of(author_of(commit)) != opener:
        return False
    return commit.on_web or login_of(committer_of(commit)) == opener
