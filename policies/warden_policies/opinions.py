"""Who approved and who objects: what each reviewer's opinion is, and whether it counts.

One opinion per person, the latest that approves, requests changes or was dismissed; a comment is
none. Everything that counts approvals counts them here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from warden_policies.actors import Actors, includes, standing_of
from warden_policies.eligibility import Content, Rules, contributing, why_contributing, why_may_not
from warden_policies.memo import per_change
from warden_policies.model import Change, ContentProof, Permission, Person, Review, ReviewState
from warden_policies.text import plain, short


@per_change
def _in_order(change: Change) -> tuple[Review, ...]:
    return tuple(sorted(change.reviews, key=lambda review: (review.submitted_at, review.id)))


@dataclass(frozen=True, slots=True)
class Ballot:
    """Everybody's present opinion under some rules.

    One per person, the latest, in the order given; and every review by a deleted account, since
    these cannot be told apart. `counted` are the approvals, `faults` why the others are none, by
    the review's id.
    """

    opinions: tuple[Review, ...]
    counted: tuple[Review, ...]
    faults: Mapping[int, str]


def ballot(change: Change, rules: Rules) -> Ballot:
    """Who says what of the change, and what counts.

    A contributor's approval is no opinion at all: it neither counts nor lifts an objection.
    """
    latest: dict[tuple[str, int], Review] = {}
    for review in _in_order(change):
        if review.state is ReviewState.COMMENTED or _is_own_approval(review, change, rules):
            continue
        whose = ("person", review.author.id) if review.author else ("review", review.id)
        latest.pop(whose, None)
        latest[whose] = review
    present = tuple(latest.values())
    faults = {review.id: why for review in present if (why := why_not(review, change, rules))}
    return Ballot(present, tuple(one for one in present if one.id not in faults), faults)


def _is_own_approval(review: Review, change: Change, rules: Rules) -> bool:
    if review.state is not ReviewState.APPROVED or review.author is None:
        return False
    return why_contributing(review.author, change, rules) is not None


def why_not(review: Review, change: Change, rules: Rules) -> str | None:
    """Why a current opinion is not an approval that counts, or None when it is one."""
    if review.state is not ReviewState.APPROVED:
        return _dismissed(review)
    if review.author is None:
        return "the account was deleted"
    return (
        why_may_not(review.author, change, rules, can_push=review.author_can_push)
        or ("it was edited afterwards" if review.edited_at is not None else None)
        or ("new commits were pushed after it" if _is_stale(review, change, rules) else None)
        or _expired(review, change, rules)
    )


def _expired(review: Review, change: Change, rules: Rules) -> str | None:
    days = rules.expire_after_days
    if days is None or change.evaluated_at - review.submitted_at <= timedelta(days=days):
        return None
    return f"it is older than {days} {'day' if days == 1 else 'days'}"


def _dismissed(review: Review) -> str:
    ended = review.dismissal
    if ended is None or ended.by is None:
        return "it was dismissed"
    return f"{plain(ended.by.login)} dismissed it"


@per_change
def _proofs(change: Change) -> Mapping[str, ContentProof]:
    return {proof.commit: proof for proof in change.proofs}


def _is_stale(review: Review, change: Change, rules: Rules) -> bool:
    if review.commit == change.head_sha:
        return False
    proof = _proofs(change).get(review.commit)
    return rules.content is Content.HEAD or proof is None or not proof.same


def is_only_stale(review: Review, change: Change, rules: Rules) -> bool:
    """Whether an approval would count, had the reviewer looked at the head."""
    if not _is_stale(review, change, rules):
        return False
    return not why_not(replace(review, commit=change.head_sha), change, rules)


def still_holds(review: Review, change: Change) -> str | None:
    """How the head holds what was reviewed on an earlier commit, in git's words."""
    proof = _proofs(change).get(review.commit)
    return proof.how if proof and review.commit != change.head_sha else None


def objections(
    change: Change, votes: Ballot, lifters: Actors
) -> Iterator[tuple[Review, str | None]]:
    """Every objection that stands; with why its dismissal lifts nothing, if it was dismissed.

    Only somebody who may push can object. A dismissal lifts an objection when it gives a reason
    and comes from the reviewer or from a lifter who is no contributor.
    """
    for review in votes.opinions:
        if not review.author_can_push:
            continue
        if review.state is ReviewState.CHANGES_REQUESTED:
            yield review, None
        elif review.state is ReviewState.DISMISSED:
            why = _why_not_lifted(review, change, lifters)
            if why is not None:
                yield review, why


DEFAULT_LIFTERS = Actors(permission=Permission.MAINTAIN)
"""Who may lift an objection when the policy names nobody."""


def _why_not_lifted(review: Review, change: Change, lifters: Actors) -> str | None:
    ended = review.dismissal
    if ended is None:
        return "nobody recorded who dismissed it"
    if ended.was is not ReviewState.CHANGES_REQUESTED:
        return None
    if ended.by is None:
        return "a deleted account dismissed it"
    by_reviewer = review.author is not None and ended.by.id == review.author.id
    return None if by_reviewer else _why_no_lifter(ended.by, ended.reason, change, lifters)


def _why_no_lifter(person: Person, reason: str, change: Change, lifters: Actors) -> str | None:
    login = plain(person.login)
    if role := contributing(change).get(person.id):
        return f"{login}, who {role}, dismissed it"
    allowed = DEFAULT_LIFTERS if lifters.empty else lifters
    if not includes(allowed, standing_of(person, change)):
        return f"{login}, who is not {allowed}, dismissed it"
    return None if reason.strip() else f"{login} dismissed it without a reason"


def who(review: Review) -> str:
    """The reviewer's name."""
    return plain(review.author.login) if review.author else "a deleted account"


_NOUNS = {
    ReviewState.APPROVED: "approval",
    ReviewState.CHANGES_REQUESTED: "request for changes",
    ReviewState.DISMISSED: "review",
    ReviewState.COMMENTED: "comment",
}


def whose(review: Review) -> str:
    """`bob's approval`."""
    return f"{who(review)}'s {_NOUNS[review.state]}"


def dropped(change: Change, rules: Rules, votes: Ballot) -> Iterator[str]:
    """Every approval, dismissal and powerless objection that did not count, with why."""
    present = frozenset(review.id for review in votes.opinions)
    for review in _in_order(change):
        if review.id not in present:
            why = _why_not_present(review, change, rules)
        elif review.state is ReviewState.CHANGES_REQUESTED:
            why = None if review.author_can_push else f"{who(review)} has no write access"
        else:
            why = votes.faults.get(review.id)
        if why:
            yield f"{whose(review)} of {short(review.commit)}: {why}"


def _why_not_present(review: Review, change: Change, rules: Rules) -> str | None:
    if review.state in (ReviewState.COMMENTED, ReviewState.CHANGES_REQUESTED):
        return None
    return why_not(review, change, rules) or "replaced by a later review"
