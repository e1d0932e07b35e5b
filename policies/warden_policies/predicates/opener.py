"""`opener: {kind: bot, people: ["robot[bot]"]}`: such an account opened the pull request."""

from dataclasses import replace

from warden_policies.accounts import Account, DescribedAccount, described, why_not_one
from warden_policies.conditions import yes_or_no
from warden_policies.example import ANA, ROBOT, SAMPLE
from warden_policies.model import AccountKind, Change, Permission, Standing, Team
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain

_PAYMENTS = Account(teams=("acme/payments",))
_EXAMPLES = (
    Example(
        "one of the team",
        _PAYMENTS,
        replace(SAMPLE, people=(Standing(ANA, Permission.WRITE, (Team(77, "acme/payments"),)),)),
        Outcome.PASS,
        "ana opened it",
    ),
    Example(
        "nobody of the team",
        _PAYMENTS,
        SAMPLE,
        Outcome.FAIL,
        "ana, who opened it, is not the team acme/payments",
    ),
    Example(
        "a certain bot",
        Account(people=("robot[bot]#90",), kind=AccountKind.BOT),
        replace(SAMPLE, opener=ROBOT),
        Outcome.PASS,
        "robot[bot] opened it",
    ),
    Example(
        "a person where a bot is meant",
        Account(kind=AccountKind.BOT),
        SAMPLE,
        Outcome.FAIL,
        "ana, who opened it, is a person",
    ),
    Example(
        "a deleted account",
        Account(kind=AccountKind.USER),
        replace(SAMPLE, opener=None),
        Outcome.FAIL,
        "the account that opened the pull request was deleted",
    ),
)


def _describe(arguments: Account) -> str:
    return f"the pull request was opened by {described(arguments)}"


@predicate(
    "opener", arguments=DescribedAccount, examples=_EXAMPLES, condition=True, describe=_describe
)
def opener(arguments: Account, change: Change) -> Result:
    """The account that opened the pull request is one of those described.

    It says nothing of who wrote the commits: `contributors` does.
    """
    person = change.opener
    if person is None:
        reason, holds = "the account that opened the pull request was deleted", False
    else:
        why_not = why_not_one(person, arguments, change)
        name, holds = plain(person.login), why_not is None
        reason = f"{name}, who opened it, {why_not}" if why_not else f"{name} opened it"
    action = Action((described(arguments),), "open the pull request")
    return yes_or_no("opener", reason, action, holds=holds)
