"""What everybody thinks of the change: their last opinion, and the one that it replaced."""

from collections.abc import (
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change, ContentProof, Dismissal, Permission, Review, ReviewState
from warden_policies.prove.formula import (
    FALSE,
    Formula,
    Is,
    Values,
    both,
    either,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast
from warden_policies.prove.parts.commits import HEAD
from warden_policies.prove.parts.moments import (
    Moments,
    Sort,
)
from warden_policies.prove.parts.signing import (
    LATE,
)
from warden_policies.prove.texts.classes import (
    Classes,
    classes_for,
)
from warden_policies.prove.texts.patterns import (
    Attribute,
    Pattern,
)

EARLIER: Final = "1c22e90".ljust(40, "0")
SAME: Final = "5a3e000".ljust(40, "0")
_GHOST: Final = "ghost.objects"


@dataclass(frozen=True, slots=True)
class AgeNeed:
    """Approvals end after so many days."""

    days: int


class Opinion(IntEnum):
    """What an account said."""

    NONE = 0
    APPROVED = 1
    OBJECTED = 2
    ENDED = 3
    """It objected, and the objection was dismissed."""


_AGAINST: Final = (Opinion.OBJECTED, Opinion.ENDED)


class Seen(IntEnum):
    """The commit that a reviewer was looking at."""

    HEAD = 0
    SAME = 1
    """An earlier one whose content the head still holds, as git proves."""
    OTHER = 2
    """One with other content."""


@dataclass(frozen=True)
class Reviews:
    """Two opinions of each account, of which the later usually counts, and one of a deleted one."""

    cast: Cast
    moments: Moments
    days: tuple[int, ...]
    texts: Classes

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast, moments: Moments) -> "Reviews":
        """The opinions that a policy with these needs can tell apart."""
        known = list(needs)
        days = {need.days for need in known if isinstance(need, AgeNeed)}
        texts = classes_for(Attribute.REVIEW, known)
        return cls(cast, moments, tuple(sorted(days)), texts)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Texts that are not told apart."""
        return self.texts.gaps

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For each account both opinions, what it saw, its edits, its age, and what ended it."""
        found = {_GHOST: 2}
        for who in self.cast.everybody:
            opinions = len(Opinion) if who in self.cast.objectors else Opinion.APPROVED + 1
            found |= {f"{who}.says": opinions, f"{who}.said before": opinions}
            found |= {f"{who}.saw": len(Seen), f"{who}.edited": 2}
            found[f"{who}.age"] = 1 + len(self.days)
            found[f"{who}.review text"] = len(self.texts.rows)
        for who in self.cast.objectors:
            # Themselves, each of the others, a deleted account, nobody knows who.
            found[f"{who}.ended by"] = len(self.cast.objectors) + 3
            found[f"{who}.ended without reason"] = 2
        return found

    @property
    def always(self) -> Formula:
        """Who says nothing said nothing before; and nobody speaks out of turn."""
        silent = (
            implies(self.says(who, Opinion.NONE), self.said_before(who, Opinion.NONE))
            for who in self.cast.everybody
        )
        return every((*silent, *map(self._in_turn, self.cast.everybody)))

    def _in_turn(self, who: int) -> Formula:
        """The last opinion is of the sort that comes last, where sorts have an order."""
        against = either(*(self.says(who, one) for one in _AGAINST))
        before_against = either(*(self.said_before(who, one) for one in _AGAINST))
        for_it = self.says(who, Opinion.APPROVED)
        before_for_it = self.said_before(who, Opinion.APPROVED)
        last = [self.moments.against_last(question) for question in self.moments.questions]
        return every(
            both(
                implies(is_last, no(both(before_against, for_it))),
                implies(no(is_last), no(both(before_for_it, against))),
            )
            for is_last in last
        )

    @property
    def ghost_objects(self) -> Formula:
        """A deleted account objected."""
        return flag(_GHOST)

    def says(self, who: int, opinion: Opinion) -> Formula:
        """The account's last opinion."""
        return self._has(f"{who}.says", who, opinion)

    def said_before(self, who: int, opinion: Opinion) -> Formula:
        """The account's opinion before the last one."""
        return self._has(f"{who}.said before", who, opinion)

    def _has(self, name: str, who: int, opinion: Opinion) -> Formula:
        possible = who in self.cast.objectors or opinion not in _AGAINST
        return Is(name, opinion) if possible else FALSE

    def saw(self, who: int, seen: Seen) -> Formula:
        """Which commit the account was looking at."""
        return Is(f"{who}.saw", seen)

    def ever(self, who: int, opinion: Opinion) -> Formula:
        """The account said so once, whether or not something else came later."""
        return either(self.says(who, opinion), self.said_before(who, opinion))

    def writes(self, who: int, patterns: Sequence[Pattern]) -> Formula:
        """The text of the account's reviews matches one of the patterns."""
        return some(
            Is(f"{who}.review text", at)
            for at, row in enumerate(self.texts.rows)
            if row.matched.intersection(patterns)
        )

    def edited(self, who: int) -> Formula:
        """The review was edited after it was given."""
        return flag(f"{who}.edited")

    def older_than(self, who: int, days: int) -> Formula:
        """The account's last review is older than so many days."""
        place = self.days.index(days) + 1
        return some(Is(f"{who}.age", value) for value in range(place, len(self.days) + 1))

    def ended_by(self, who: int, whom: int) -> Formula:
        """Account `who`'s objection was dismissed by account `whom`."""
        objectors = self.cast.objectors
        if who not in objectors or whom not in objectors:
            return FALSE
        by = Is(f"{who}.ended by", whom + 1)
        return either(by, Is(f"{who}.ended by", 0)) if who == whom else by

    def ended_by_deleted(self, who: int) -> Formula:
        """Account `who`'s objection was dismissed by an account that is gone."""
        ended = either(self.says(who, Opinion.ENDED), self.said_before(who, Opinion.ENDED))
        deleted = len(self.cast.objectors) + 1
        return both(ended, Is(f"{who}.ended by", deleted)) if ended is not FALSE else FALSE

    def ended_with_reason(self, who: int) -> Formula:
        """Whoever dismissed it said why."""
        return no(flag(f"{who}.ended without reason")) if who in self.cast.objectors else FALSE

    def silent(self, who: int) -> Formula:
        """The account said nothing."""
        return some((Is(f"{who}.says", Opinion.NONE),))

    def draw(self, values: Values, change: Change) -> Change:
        """The reviews, the earlier opinions first, and the proofs about what was reviewed."""
        drawn = (
            *self._ghosts(values, change),
            *self._opinions("said before", values, change),
            *self._opinions("says", values, change),
        )
        reviews = tuple(replace(review, id=number) for number, review in enumerate(drawn, 1))
        return replace(change, reviews=reviews, proofs=_proofs(reviews))

    def _ghosts(self, values: Values, change: Change) -> Iterator[Review]:
        if values.get(_GHOST):
            at = change.evaluated_at - timedelta(hours=3)
            yield Review(0, None, ReviewState.CHANGES_REQUESTED, HEAD, at, author_can_push=True)

    def _opinions(self, which: str, values: Values, change: Change) -> Iterator[Review]:
        standings = change.people or ()
        for who in self.cast.everybody:
            opinion = Opinion(values.get(f"{who}.{which}", 0))
            if opinion is Opinion.NONE:
                continue
            can_push = standings[who].permission.rank >= Permission.WRITE.rank
            commit = (HEAD, SAME, EARLIER)[values.get(f"{who}.saw", 0)]
            review = Review(
                0,
                standings[who].person,
                _STATES[opinion],
                commit,
                change.evaluated_at - self._ago(which, who, values),
                can_push,
                self.texts.rows[values.get(f"{who}.review text", 0)].text,
            )
            yield self._finished(review, opinion, who, values)

    def _ago(self, which: str, who: int, values: Values) -> timedelta:
        """How long before the decision: whoever looked at another commit did so before a push."""
        age = values.get(f"{who}.age", 0)
        days = timedelta(days=self.days[age - 1]) if age else timedelta()
        stale, edited = bool(values.get(f"{who}.saw")), bool(values.get(f"{who}.edited"))
        if not self.moments.questions:
            hours = timedelta(hours=2 if which == "said before" else 1)
            return days + hours + (LATE if stale else timedelta())
        opinion = Opinion(values.get(f"{who}.{which}", 0))
        sort = Sort.AGAINST if opinion in _AGAINST else Sort.OTHER
        return days + self.moments.ago(sort, values, edited=edited, stale=stale)

    def _finished(self, review: Review, opinion: Opinion, who: int, values: Values) -> Review:
        if values.get(f"{who}.edited"):
            review = replace(review, edited_at=review.submitted_at + timedelta(minutes=1))
        if opinion is not Opinion.ENDED:
            return review
        by = values.get(f"{who}.ended by", 0)
        objectors = self.cast.objectors
        if by == len(objectors) + 2:
            return review
        people = [review.author, *(self.cast.person(one, values) for one in objectors)]
        dismisser = people[by] if by < len(people) else None
        reason = "" if values.get(f"{who}.ended without reason") else "Settled in the meeting"
        at = review.submitted_at + timedelta(minutes=2)
        was = ReviewState.CHANGES_REQUESTED
        return replace(review, dismissal=Dismissal(dismisser, reason, was, at))


_STATES: Final = {
    Opinion.APPROVED: ReviewState.APPROVED,
    Opinion.OBJECTED: ReviewState.CHANGES_REQUESTED,
    Opinion.ENDED: ReviewState.DISMISSED,
}


def _proofs(reviews: Iterable[Review]) -> tuple[ContentProof, ...]:
    seen = {review.commit for review in reviews}
    known = (
        ContentProof(SAME, same=True, how="a clean rebase", differing=()),
        ContentProof(EARLIER, same=False, how="1 file differs"),
    )
    return tuple(proof for proof in known if proof.commit in seen)
