"""`has_valid_signatures: true`: every commit is signed, and GitHub finds the signatures good."""

from warden_policies.model import Change, Verification
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.example import made_of, signed
from warden_policies.policy_bot.signatures import first_bad
from warden_policies.predicate import Example, predicate

NAME = "policy-bot has_valid_signatures"

_GOOD = made_of(signed(Verification(valid=True)))
_UNSIGNED = made_of(signed(None))
_BAD = made_of(signed(Verification(valid=False, state="UNKNOWN_KEY")))
_EXAMPLES = (
    Example(
        "all are",
        arguments=True,
        change=_GOOD,
        outcome=Outcome.PASS,
        reason="every commit has a valid signature",
    ),
    Example(
        "one is unsigned",
        arguments=True,
        change=_UNSIGNED,
        outcome=Outcome.FAIL,
        reason="commit 7be01d4 is not signed",
    ),
    Example(
        "one is not good",
        arguments=True,
        change=_BAD,
        outcome=Outcome.FAIL,
        reason="commit 7be01d4: the signature is UNKNOWN_KEY",
    ),
    Example(
        "some must not be",
        arguments=False,
        change=_UNSIGNED,
        outcome=Outcome.PASS,
        reason="commit 7be01d4 is not signed",
    ),
)


def _describe(arguments: bool) -> str:  # noqa: FBT001
    commits = "every commit has" if arguments else "some commit lacks"
    return f"{commits} a valid signature"


@predicate(
    NAME,
    arguments=bool,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_valid_signatures(arguments: bool, change: Change) -> Result:  # noqa: FBT001
    """Every commit has a signature that GitHub finds valid; with `false`, some commit has none."""
    bad = first_bad(change)
    if arguments:
        reason = bad or "every commit has a valid signature"
        return true(NAME, reason) if bad is None else false(NAME, reason, "sign every commit")
    if bad is not None:
        return true(NAME, bad)
    return false(NAME, "every commit has a valid signature", "have a commit that is not signed")
