"""`has_valid_signatures_by: {teams: [acme/payments]}`: who signed the commits."""

from warden_policies.example import BOB, CARL
from warden_policies.model import Change, Commit, Verification
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.accounts import login_of
from warden_policies.policy_bot.actors import ActorSet, is_actor
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.example import made_of, signed
from warden_policies.policy_bot.parts import commits_of
from warden_policies.policy_bot.signatures import first_bad
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain, short

NAME = "policy-bot has_valid_signatures_by"

_TEAM = ActorSet(teams=("acme/payments",))
_EXAMPLES = (
    Example(
        "a signer is, whoever the author is",
        _TEAM,
        made_of(signed(Verification(valid=True, signer=BOB))),
        Outcome.PASS,
        "every commit is signed by one of: the team acme/payments",
    ),
    Example(
        "a signer is not",
        _TEAM,
        made_of(signed(Verification(valid=True, signer=CARL))),
        Outcome.FAIL,
        "commit 7be01d4 is signed by carl",
    ),
    Example("one is not signed", _TEAM, made_of(signed(None)), Outcome.FAIL,
            "commit 7be01d4 is not signed"),
)  # fmt: skip


def _describe(arguments: ActorSet) -> str:
    return f"every commit has a valid signature by {arguments.choice()}"


@predicate(
    NAME,
    arguments=ActorSet,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_valid_signatures_by(arguments: ActorSet, change: Change) -> Result:
    """Every commit has a valid signature, and each signer is one of the actors.

    The signer may be somebody else than the author.
    """
    what = f"have every commit signed by one of: {arguments}"
    if (bad := first_bad(change)) is not None:
        return false(NAME, bad, what)
    for commit in commits_of(change):
        if not _signed_by(arguments, commit, change):
            return false(NAME, f"commit {short(commit.sha)} is signed by {_signer(commit)}", what)
    return true(NAME, f"every commit is signed by one of: {arguments}")


def _signed_by(actors: ActorSet, commit: Commit, change: Change) -> bool:
    signer = commit.verification.signer if commit.verification else None
    return signer is not None and is_actor(actors, signer, change)


def _signer(commit: Commit) -> str:
    signer = commit.verification.signer if commit.verification else None
    return plain(login_of(signer)) or "somebody without a GitHub account"
