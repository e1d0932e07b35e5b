"""`code_owners: {count: 1}`: of each changed file an owner approved, as CODEOWNERS names them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from warden_policies.actors import UNNAMED, Actors, includes, standing_of
from warden_policies.approval_actions import (
    nobody_there,
    standing_objections,
    unknown_people,
)
from warden_policies.code_owners import OwnedPaths
from warden_policies.constraints import AtLeast
from warden_policies.eligibility import Rules, candidates, excluded
from warden_policies.example import ANA, BOB, CARL, SAMPLE, approval, commit, said
from warden_policies.files import named
from warden_policies.model import Change, Person, Review, ReviewState
from warden_policies.opinions import Ballot, ballot, dropped, who, whose
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.ownership import ownership
from warden_policies.people import unattributed
from warden_policies.predicate import Example, predicate
from warden_policies.text import amount, listed, plain, short


@dataclass(frozen=True, slots=True)
class OwnersApprove:
    """`count`: how many owners of each file must have approved."""

    count: Annotated[int, AtLeast(1)]


_ONE = OwnersApprove(1)
_OWNED = replace(SAMPLE, code_owners="/payments/ @bob\n/tests/ @bob @carl\n")
_EXAMPLES = (
    Example(
        "nobody has looked yet",
        _ONE,
        _OWNED,
        Outcome.PENDING,
        "owners approved 0 of 2 owned paths",
    ),
    Example(
        "an owner of one file is not an owner of the other",
        _ONE,
        replace(_OWNED, reviews=(approval(CARL),)),
        Outcome.PENDING,
        "owners approved 1 of 2 owned paths",
    ),
    Example(
        "one owner of everything",
        _ONE,
        replace(_OWNED, reviews=(approval(BOB),)),
        Outcome.PASS,
        "owners approved 2 of 2 owned paths",
    ),
    Example(
        "an owner who wrote it cannot approve it",
        _ONE,
        replace(_OWNED, commits=(commit(ANA, BOB),), reviews=(approval(BOB), approval(CARL, id=2))),
        Outcome.PENDING,
        "owners approved 1 of 2 owned paths",
    ),
    Example(
        "an objection",
        _ONE,
        replace(_OWNED, reviews=(approval(BOB), said(CARL, ReviewState.CHANGES_REQUESTED, id=2))),
        Outcome.FAIL,
        "carl requested changes",
    ),
    Example(
        "an owner whom nobody can recognise",
        _ONE,
        replace(SAMPLE, code_owners="*.py docs@example.org", reviews=(approval(BOB),)),
        Outcome.FAIL,
        "payments/fee.py and 1 more: owned by docs@example.org alone,"
        " and a review shows no such address",
    ),
    Example(
        "a later line that gives the files to nobody",
        _ONE,
        replace(SAMPLE, code_owners="* @bob\n/payments/\n/tests/\n"),
        Outcome.NOT_APPLICABLE,
        "no changed file has an owner",
    ),
)


def _describe(arguments: OwnersApprove) -> str:
    return (
        f"{amount(arguments.count, 'approval')} by owners of each changed file that CODEOWNERS"
        " gives to anybody"
    )


def _never(_: OwnersApprove) -> tuple[str, ...]:
    return ("Whoever owns a file by an e-mail address only cannot approve it",)


@predicate(
    "code_owners",
    arguments=OwnersApprove,
    examples=_EXAMPLES,
    describe=_describe,
    never=_never,
)
def code_owners(arguments: OwnersApprove, change: Change) -> Result:
    """Of every changed file that has owners, enough of them approved exactly this content.

    Owners are those whom the base branch's CODEOWNERS names, where the last line that matches a
    path decides; a renamed file needs the owners of both paths. Approvals and objections count as
    they do for `approvals`. Where nobody owns any changed file, this asks nothing.
    """
    owned = ownership(change)
    votes = ballot(change, Rules())
    shares = [_share(owners, paths, votes, change) for owners, paths in owned.shares.items()]
    done = [share for share in shares if len(share.approvals) >= arguments.count]
    blockers = [
        *nobody_there(change),
        *unknown_people(unattributed(change), change),
        *standing_objections(change, votes, UNNAMED),
        *map(_name_somebody, owned.unrecognisable),
    ]
    if not shares and not owned.unrecognisable:
        action = Action((), "name owners in CODEOWNERS, if somebody should own these files")
        reason = "no changed file has an owner"
        return Result(
            "code_owners",
            Outcome.NOT_APPLICABLE,
            reason,
            dropped=owned.skipped,
            actions=(action,),
        )
    missing = [share for share in shares if share not in done]
    outcome = Outcome.PENDING if missing else Outcome.PASS
    counts = [sum(len(share.paths) for share in some) for some in (done, shares)]
    return Result(
        "code_owners",
        Outcome.FAIL if blockers else outcome,
        "; ".join(reason for reason, _ in blockers[:5])
        or f"owners approved {counts[0]} of {counts[1]} owned paths",
        evidence=tuple(_evidence(share, arguments.count) for share in shares),
        dropped=(
            *dropped(change, Rules(), votes),
            *_owning_nothing(votes, shares),
            *owned.skipped,
        ),
        actions=(
            *(action for _, action in blockers),
            *(_approve(share, arguments.count, change) for share in missing),
        ),
        approvers=_approvers(shares),
        needed=arguments.count,
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """Paths that the same people own, and which of these people approved."""

    owners: Actors
    paths: tuple[str, ...]
    approvals: tuple[Review, ...]


def _share(owners: Actors, paths: tuple[str, ...], votes: Ballot, change: Change) -> _Share:
    theirs = (
        review
        for review in votes.counted
        if review.author and includes(owners, standing_of(review.author, change))
    )
    return _Share(owners, paths, tuple(theirs))


def _name_somebody(owned: tuple[OwnedPaths, tuple[str, ...]]) -> tuple[str, Action]:
    """Nobody can tell whose review comes from an e-mail address."""
    line, paths = owned
    addresses = listed(map(plain, line.addresses), 3)
    what = f"name accounts or teams beside {addresses} in CODEOWNERS line {line.line}"
    reason = f"{named(paths)}: owned by {addresses} alone, and a review shows no such address"
    return reason, Action((), what)


def _evidence(share: _Share, count: int) -> Evidence:
    people = f" ({listed(map(who, share.approvals))})" if share.approvals else ""
    approvals = f"{len(share.approvals)} of {count} approvals{people}"
    return Evidence(f"{named(share.paths)}: {approvals} by {share.owners}")


def _owning_nothing(votes: Ballot, shares: list[_Share]) -> Iterator[str]:
    owners = {review.id for share in shares for review in share.approvals}
    for review in votes.counted:
        if review.id not in owners:
            yield f"{whose(review)} of {short(review.commit)}: {who(review)} owns none of the files"


def _approve(share: _Share, count: int, change: Change) -> Action:
    """Who could bring the count up: the owners who are known, or else the owners as written."""
    rules = Rules(actors=share.owners)
    done = {review.author.id for review in share.approvals if review.author}
    able = [person for person in candidates(change, rules) if person.id not in done]
    barred = excluded(change, rules)
    but = f"; not {listed(barred, 5)}" if barred else ""
    needed = count - len(share.approvals)
    head, paths = short(change.head_sha), named(share.paths)
    return Action(
        tuple(plain(person.login) for person in able) or (str(share.owners),),
        f"approve {head} as owner of {paths} ({needed} more needed{but})",
    )


def _approvers(shares: list[_Share]) -> tuple[Person, ...]:
    people = [review.author for share in shares for review in share.approvals if review.author]
    return tuple({person.id: person for person in people}.values())
