"""`contributors: {people: ["robot[bot]"]}`: nobody else had a hand in the change."""

from collections.abc import Iterator
from dataclasses import replace

from warden_policies.accounts import Account, DescribedAccount, described, why_not_one
from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.example import ANA, BOB, EARLIER, ROBOT, SAMPLE, commit
from warden_policies.model import AccountKind, Change, Permission
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.people import contributions, unattributed
from warden_policies.predicate import Example, predicate
from warden_policies.text import amount, listed, plain, short

_ROBOT = Account(people=("robot[bot]#90",))
_BY_ROBOT = replace(SAMPLE, opener=ROBOT, commits=(commit(ROBOT),))
_EXAMPLES = (
    Example("the bot alone", _ROBOT, _BY_ROBOT, Outcome.PASS, "robot[bot] contributed"),
    Example(
        "somebody else's commit in the bot's pull request",
        _ROBOT,
        replace(_BY_ROBOT, commits=(commit(ROBOT, sha=EARLIER), commit(BOB))),
        Outcome.FAIL,
        "bob, who authored 7be01d4, is not robot[bot]#90",
    ),
    Example(
        "a commit by nobody we know",
        Account(permission=Permission.WRITE),
        replace(SAMPLE, commits=(commit(ANA, None),)),
        Outcome.FAIL,
        "7be01d4 has an author or committer without a GitHub account",
    ),
    Example(
        "people with write access",
        Account(permission=Permission.WRITE, kind=AccountKind.USER),
        replace(SAMPLE, commits=(commit(ANA, BOB),)),
        Outcome.PASS,
        "ana, bob contributed",
    ),
)


def _describe(arguments: Account) -> str:
    return f"every contributor is {described(arguments)}"


@predicate(
    "contributors",
    arguments=DescribedAccount,
    examples=_EXAMPLES,
    condition=True,
    describe=_describe,
)
def contributors(arguments: Account, change: Change) -> Result:
    """Everybody who had a hand in the change is one of those described.

    These are the opener and every author, co-author and committer of every commit. A commit whose
    people are unknown could be by anybody, so with one the answer is no.
    """
    others = tuple(_others(arguments, change))
    people = {person.id: person.login for person, _ in contributions(change)}
    return yes_or_no(
        "contributors",
        listed(others, 3) or f"{listed(map(plain, people.values()), 5)} contributed",
        Action(opener_of(change), f"leave it to contributors who are {described(arguments)}"),
        holds=not others,
        evidence=(amount(len(change.commits), "commit"),),
    )


def _others(account: Account, change: Change) -> Iterator[str]:
    """Whoever is not so described, each with what they did and why they are not."""
    if change.opener is None:
        yield "the account that opened the pull request was deleted"
    for sha in unattributed(change):
        yield f"{short(sha)} has an author or committer without a GitHub account"
    seen: set[int] = set()
    for person, role in contributions(change):
        if person.id not in seen and (why_not := why_not_one(person, account, change)):
            yield f"{plain(person.login)}, who {role}, {why_not}"
        seen.add(person.id)
