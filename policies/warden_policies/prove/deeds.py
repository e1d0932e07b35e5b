"""What people do about a change, twice: in formulas about all changes, and in one that is drawn.

The second is how a found change is checked without trusting the first.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from warden_policies.model import AccountKind, Change, Commit, Person, ReviewState
from warden_policies.people import contributors, unattributed
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    both,
    either,
    no,
    rewritten,
    some,
)
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.sketch import Sketch


def reviews(sketch: Sketch, who: int) -> Formula:
    """The account reviews the change, comments on it, or dismisses what somebody else said."""
    opinion = no(sketch.reviews.says(who, Opinion.NONE))
    return either(opinion, _dismisses(sketch, who), sketch.talk.comments_at_all(who))


def speaks(sketch: Sketch, who: int) -> Formula:
    """The account does anything about the change: reviews, dismisses, or puts a label on it."""
    return either(reviews(sketch, who), sketch.labels.any_by(who))


def nobody_unknown(sketch: Sketch) -> Formula:
    """Everything that is done about the change is done by accounts that are there."""
    ended = (sketch.reviews.ended_by_deleted(who) for who in sketch.cast.everybody)
    return no(either(sketch.reviews.ghost_objects, sketch.labels.any_by_unknown, *ended))


def _dismisses(sketch: Sketch, who: int) -> Formula:
    """The account dismissed somebody else's objection."""
    known = sketch.reviews
    return some(
        both(
            either(known.says(other, Opinion.ENDED), known.said_before(other, Opinion.ENDED)),
            known.ended_by(other, who),
        )
        for other in sketch.cast.objectors
        if other != who
    )


def if_silent(formula: Formula, whom: Iterable[int], sketch: Sketch) -> Formula:
    """The formula about the same change, had these accounts not reviewed or commented."""
    accounts = tuple(whom)
    names = {f"{who}.{what}" for who in accounts for what in ("says", "said before")}
    return without(formula, names.union(*map(sketch.talk.names, accounts)))


def if_unlabelled(formula: Formula, sketch: Sketch) -> Formula:
    """The formula about the same change, had nobody put a label on it."""
    return without(formula, sketch.labels.sizes)


def without(formula: Formula, names: Collection[str]) -> Formula:
    """The formula about the same change, had these choices been the plain ones."""
    if not names:
        return formula

    def mute(atom: Is) -> Formula:
        if atom.name not in names:
            return atom
        return FALSE if atom.value else TRUE

    return rewritten(formula, mute)


def reviewers(change: Change) -> Collection[Person]:
    """Everybody who reviewed, commented or dismissed. Nobody speaks for a deleted account."""
    return {person.id: person for person in _reviewers(change) if person}.values()


def _reviewers(change: Change) -> Iterator[Person | None]:
    yield from (review.author for review in change.reviews)
    yield from (review.dismissal.by for review in change.reviews if review.dismissal)
    yield from (comment.author for comment in change.comments or ())


def objectors(change: Change) -> Collection[Person]:
    """Everybody who may write and whose last opinion is that something has to be changed."""
    last = {
        review.author: review
        for review in sorted(change.reviews, key=lambda one: (one.submitted_at, one.id))
        if review.state is not ReviewState.COMMENTED
    }
    return [
        person
        for person, review in last.items()
        if person and review.author_can_push and review.state is ReviewState.CHANGES_REQUESTED
    ]


def speakers(change: Change) -> Collection[Person]:
    """Everybody who did anything about the change, if only that they put a label on it."""
    return {person.id: person for person in _speakers(change) if person}.values()


def _speakers(change: Change) -> Iterator[Person | None]:
    """Who did each thing; None for a deleted account and where nobody knows."""
    yield from _reviewers(change)
    yield from (label.applied_by for label in change.labels or ())


def all_known(change: Change) -> bool:
    """Whether everything that was done was done by accounts that are there."""
    return None not in _speakers(change)


def silenced(change: Change, gone: Callable[[Person], bool]) -> Change:
    """The same change without what these accounts said."""

    def stays(author: Person | None) -> bool:
        return author is None or not gone(author)

    comments = change.comments
    return replace(
        change,
        reviews=tuple(review for review in change.reviews if stays(review.author)),
        comments=comments and tuple(comment for comment in comments if stays(comment.author)),
    )


def unlabelled(change: Change) -> Change:
    """The same change without its labels."""
    return replace(change, labels=())


def anybody(_person: Person) -> bool:
    """Whoever it is."""
    return True


def hands(change: Change) -> Collection[Person]:
    """Everybody known to have had a hand in the change."""
    signed = (person for commit in change.commits for person in _people(commit))
    opener = (change.opener,) if change.opener else ()
    known = contributors(change)
    return {one.id: one for one in (*opener, *signed) if one.id in known}.values()


def _people(commit: Commit) -> Iterator[Person]:
    signatures = (*commit.authors, commit.committer)
    return (signature.person for signature in signatures if signature and signature.person)


def humans(people: Iterable[Person]) -> frozenset[int]:
    """The ids of those who are no robots."""
    return frozenset(person.id for person in people if person.kind is AccountKind.USER)


def has_stranger(change: Change) -> bool:
    """Whether nobody knows whose some commit is."""
    return bool(unattributed(change))


def opener_id(change: Change) -> frozenset[int]:
    """The id of the account that opened, as a set."""
    return frozenset({change.opener.id} if change.opener else ())


def approvals_are_stale(change: Change) -> bool:
    """Whether every approval was given on other content than the head has, and before it came."""
    same = {proof.commit for proof in change.proofs if proof.same} | {change.head_sha}
    given = [one for one in change.reviews if one.state is ReviewState.APPROVED]
    said = [
        *(one.submitted_at for one in given),
        *(one.created_at for one in change.comments or ()),
    ]
    pushed = [one.pushed_at for one in change.commits if one.sha == change.head_sha]
    later = all(when is None or at < when for when in pushed for at in said)
    return bool(said) and later and same.isdisjoint(one.commit for one in given)


def alone(sketch: Sketch) -> Formula:
    """A person opened it; every other account is a robot or has nothing to do with it."""
    others = sketch.cast.everybody[1:]
    idle = (both(no(sketch.commits.contributes(who)), no(speaks(sketch, who))) for who in others)
    return both(
        no(sketch.cast.robot(0)),
        nobody_unknown(sketch),
        *(
            either(sketch.cast.robot(who), nothing)
            for who, nothing in zip(others, idle, strict=True)
        ),
    )


def is_alone(change: Change) -> bool:
    """Whether one person opened the change, wrote it, and did everything else about it."""
    return all_known(change) and humans([*hands(change), *speakers(change)]) == opener_id(change)
