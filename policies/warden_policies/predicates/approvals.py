"""`approvals: {count: 2}`: people who had no hand in the change approved exactly this content."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from warden_policies.constraints import AtLeast
from warden_policies.example import (
    ANA,
    BOB,
    CARL,
    EARLIER,
    NOON,
    ROBOT,
    SAMPLE,
    approval,
    commit,
    said,
)
from warden_policies.model import AccountKind, Change, Review, ReviewState
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.people import contributors, unattributed
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain, short


@dataclass(frozen=True, slots=True)
class Approvals:
    """`count`: how many people must have approved."""

    count: Annotated[int, AtLeast(1)]


_EXAMPLES = (
    Example("nobody has looked yet", Approvals(1), SAMPLE, Outcome.PENDING, "0 of 1 approvals"),
    Example(
        "one person approved the head",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(BOB),)),
        Outcome.PASS,
        "1 of 1 approvals",
    ),
    Example(
        "the same person twice is one person",
        Approvals(2),
        replace(SAMPLE, reviews=(approval(BOB, at=NOON), approval(BOB, id=2))),
        Outcome.PENDING,
        "1 of 2 approvals",
    ),
    Example(
        "an approval of an earlier commit does not count",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(BOB, sha=EARLIER),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "a co-author may not approve",
        Approvals(1),
        replace(SAMPLE, commits=(commit(ANA, BOB),), reviews=(approval(BOB),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "a robot may not approve",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(ROBOT),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "one objection outweighs every approval",
        Approvals(1),
        replace(
            SAMPLE,
            reviews=(approval(BOB), said(CARL, ReviewState.CHANGES_REQUESTED, id=2)),
        ),
        Outcome.FAIL,
        "carl requested changes",
    ),
    Example(
        "a commit by nobody we know",
        Approvals(1),
        replace(SAMPLE, commits=(commit(None, sha=EARLIER),), reviews=(approval(BOB),)),
        Outcome.FAIL,
        "commit 1c22e90 has an author or committer without a GitHub account",
    ),
)


def _describe(arguments: Approvals) -> str:
    if arguments.count == 1:
        return "an approval by somebody with write access"
    return f"approvals by {arguments.count} people with write access"


def _never(_: Approvals) -> tuple[str, ...]:
    return (
        "Whoever opened the pull request, or is an author, co-author or committer in it, cannot"
        " approve it",
        "An approval of an earlier commit does not count once there is a new one",
        "A comment or a robot approves nothing",
        "No number of approvals outweighs a request for changes by somebody with write access",
    )


@predicate("approvals", arguments=Approvals, examples=_EXAMPLES, describe=_describe, never=_never)
def approvals(arguments: Approvals, change: Change) -> Result:
    """Enough people approved the head commit, none of whom contributed to the change.

    A person's opinion is their latest review that approves, requests changes or was dismissed;
    a comment is no opinion. An approval counts when it was given on the head commit by a human
    who can push and is not a contributor. A request for changes by anybody who can push blocks
    until that person withdraws it or it is dismissed; a contributor's approval withdraws nothing.
    Commits whose people are unknown block, because their author may be the approver.
    """
    everybody = contributors(change)
    opinions = _opinions(change, everybody)
    counted = [review for review in opinions if not _why_not(review, change, everybody)]
    blockers = [*_unknown_people(change), *_objections(opinions, change, everybody)]
    return Result(
        name="approvals",
        outcome=_outcome(len(counted), arguments.count, blocked=bool(blockers)),
        reason="; ".join(reason for reason, _ in blockers[:5])
        or f"{len(counted)} of {arguments.count} approvals",
        evidence=tuple(_evidence(review, change) for review in counted),
        dropped=tuple(_dropped(change, opinions, everybody)),
        actions=(
            *(action for _, action in blockers),
            *_missing(arguments.count - len(counted), opinions, change, everybody),
        ),
    )


def _outcome(counted: int, needed: int, *, blocked: bool) -> Outcome:
    if blocked:
        return Outcome.FAIL
    return Outcome.PASS if counted >= needed else Outcome.PENDING


def _in_order(reviews: Iterable[Review]) -> list[Review]:
    return sorted(reviews, key=lambda review: (review.submitted_at, review.id))


def _opinions(change: Change, everybody: Mapping[int, str]) -> list[Review]:
    """The latest opinion of each person, and every objection whose author was deleted.

    A contributor's approval is no opinion at all: it neither counts nor lifts an objection.
    """
    latest: dict[tuple[str, int], Review] = {}
    for review in _in_order(change.reviews):
        if review.state is ReviewState.COMMENTED or _is_own_approval(review, everybody):
            continue
        # Deleted accounts cannot be told apart, so each of their reviews stands alone.
        whose = ("person", review.author.id) if review.author else ("review", review.id)
        latest[whose] = review
    return _in_order(latest.values())


def _is_own_approval(review: Review, everybody: Mapping[int, str]) -> bool:
    return (
        review.state is ReviewState.APPROVED
        and review.author is not None
        and review.author.id in everybody
    )


def _why_not(review: Review, change: Change, everybody: Mapping[int, str]) -> str | None:
    """Why a current opinion is not an approval that counts, or None when it is one."""
    if review.state is not ReviewState.APPROVED:
        return "it was dismissed"
    if review.author is None:
        return "the account was deleted"
    reasons = {
        "only people's approvals count": review.author.kind is not AccountKind.USER,
        f"{_who(review)} {everybody.get(review.author.id)}": review.author.id in everybody,
        f"{_who(review)} has no write access": not review.author_can_push,
        "new commits were pushed after it": review.commit != change.head_sha,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _dropped(change: Change, opinions: list[Review], everybody: Mapping[int, str]) -> Iterator[str]:
    """Every approval, dismissal and powerless objection that did not count, with why."""
    current = frozenset(opinions)
    for review in _in_order(change.reviews):
        why = None
        if review.state is ReviewState.CHANGES_REQUESTED:
            powerless = review in current and not review.author_can_push
            why = f"{_who(review)} has no write access" if powerless else None
        elif review.state is not ReviewState.COMMENTED:
            replaced = None if review in current else "replaced by a later review"
            why = _why_not(review, change, everybody) or replaced
        if why:
            yield f"{_whose(review)} of {short(review.commit)}: {why}"


def _whose(review: Review) -> str:
    nouns = {
        ReviewState.APPROVED: "approval",
        ReviewState.CHANGES_REQUESTED: "request for changes",
        ReviewState.DISMISSED: "review",
    }
    return f"{_who(review)}'s {nouns[review.state]}"


def _who(review: Review) -> str:
    return plain(review.author.login) if review.author else "a deleted account"


def _objections(
    opinions: list[Review], change: Change, everybody: Mapping[int, str]
) -> Iterator[tuple[str, Action]]:
    for review in opinions:
        if review.state is ReviewState.CHANGES_REQUESTED and review.author_can_push:
            yield f"{_who(review)} requested changes", _lift(review, change, everybody)


def _lift(review: Review, change: Change, everybody: Mapping[int, str]) -> Action:
    """How an objection ends; approving helps only when the approval would count."""
    if review.author is None or review.author.id in everybody:
        return Action((), f"dismiss {_whose(review)} once the requested changes are made")
    head = short(change.head_sha)
    return Action((_who(review),), f"approve {head} once the requested changes are made")


def _unknown_people(change: Change) -> Iterator[tuple[str, Action]]:
    opener = (plain(change.opener.login),) if change.opener else ()
    if not change.opener:
        what = "open the pull request again from an account that exists"
        yield "the account that opened the pull request was deleted", Action((), what)
    if not change.commits:
        what = f"push a commit to {plain(change.head_ref)}, or close the pull request"
        yield "there are no commits between base and head", Action(opener, what)
    unknown = unattributed(change)
    if unknown:
        noun = "commit" if len(unknown) == 1 else "commits"
        verb = "has" if len(unknown) == 1 else "have"
        which = f"{noun} {listed(map(short, unknown), 3)}"
        what = f"link the e-mail addresses in {which} to GitHub accounts, or commit again"
        reason = f"{which} {verb} an author or committer without a GitHub account"
        yield reason, Action(opener, what)


def _missing(
    needed: int, opinions: list[Review], change: Change, everybody: Mapping[int, str]
) -> Iterator[Action]:
    """Who could bring the count up: those who approved an earlier commit, and anybody else."""
    if needed <= 0:
        return
    head = short(change.head_sha)
    earlier = [review for review in opinions if review.commit != change.head_sha]
    stale = [
        _who(review)
        for review in earlier
        if not _why_not(replace(review, commit=change.head_sha), change, everybody)
    ]
    if stale:
        yield Action(tuple(stale[:10]), f"review the new commits and approve {head}")
    if len(stale) < needed:
        yield Action((), f"review and approve {head} ({needed} more needed)")


def _evidence(review: Review, change: Change) -> Evidence:
    when = _clock(review.submitted_at, change.evaluated_at)
    return Evidence(f"{_who(review)}, {when} on {short(review.commit)}", commit=review.commit)


def _clock(instant: datetime, now: datetime) -> str:
    """The time of day, with the date unless it is the day of the decision."""
    same_day = instant.date() == now.date()
    return f"{instant:%H:%M} UTC" if same_day else f"{instant:%Y-%m-%d %H:%M} UTC"
