"""Whose approvals count and whose objections stand: the twin of `opinions` and `eligibility`."""

from dataclasses import dataclass

from warden_policies.actors import Actors
from warden_policies.eligibility import Content, Rules
from warden_policies.prove.formula import FALSE, TRUE, Formula, both, either, no, some
from warden_policies.prove.parts.reviews import Opinion, Seen
from warden_policies.prove.sketch import Sketch


@dataclass(frozen=True, slots=True)
class OneRule:
    """Opinions as one rule sees them."""

    rules: Rules
    sketch: Sketch

    def counts(self, who: int) -> Formula:
        """The account's approval counts."""
        reviews = self.sketch.reviews
        return both(
            reviews.says(who, Opinion.APPROVED),
            no(self._owns(who)),
            self._may(who),
            no(reviews.edited(who)),
            self._saw_it(who),
            self._not_expired(who),
        )

    def objects(self, who: int, lifters: Actors) -> Formula:
        """The account may object, did, and nobody who may lifted it."""
        objected = either(
            self._thinks(who, Opinion.OBJECTED),
            both(self._thinks(who, Opinion.ENDED), no(self._lifted(who, lifters))),
        )
        return both(self.sketch.cast.can_push(who), objected)

    def _owns(self, who: int) -> Formula:
        """It would approve its own work, which the rule does not allow."""
        rules = self.rules
        allowed = rules.allow_other_contributors if who else rules.allow_opener
        return FALSE if allowed else self.sketch.commits.contributes(who)

    def _thinks(self, who: int, opinion: Opinion) -> Formula:
        """Its opinion: the last one, but approving one's own work is none."""
        reviews = self.sketch.reviews
        own = both(reviews.says(who, Opinion.APPROVED), self._owns(who))
        before = both(own, reviews.said_before(who, opinion))
        return either(before, both(no(own), reviews.says(who, opinion)))

    def _may(self, who: int) -> Formula:
        cast, actors = self.sketch.cast, self.rules.actors
        robot = some(cast.is_named(name, who) for name in self.rules.bots)
        unnamed = both(cast.can_push(who), cast.active(who))
        person = unnamed if actors.empty else cast.is_one_of(who, actors)
        return either(both(cast.robot(who), robot), both(no(cast.robot(who)), person))

    def _saw_it(self, who: int) -> Formula:
        reviews = self.sketch.reviews
        same = self.rules.content is Content.SAME
        return either(reviews.saw(who, Seen.HEAD), reviews.saw(who, Seen.SAME) if same else FALSE)

    def _not_expired(self, who: int) -> Formula:
        days = self.rules.expire_after_days
        return TRUE if days is None else no(self.sketch.reviews.older_than(who, days))

    def _lifted(self, who: int, lifters: Actors) -> Formula:
        """Whoever objected dismissed it, or somebody who may and had no hand in the change."""
        sketch = self.sketch
        others = (
            both(
                sketch.reviews.ended_by(who, by),
                no(sketch.commits.contributes(by)),
                sketch.cast.is_one_of(by, lifters),
                sketch.reviews.ended_with_reason(who),
            )
            for by in sketch.cast.objectors
            if by != who
        )
        return either(sketch.reviews.ended_by(who, who), *others)
