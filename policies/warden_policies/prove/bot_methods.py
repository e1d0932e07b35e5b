"""Whose words count in which ways, as policy-bot reads them: the twin of `policy_bot.methods`."""

from collections.abc import Iterator
from dataclasses import dataclass

from warden_policies.policy_bot.methods import Methods
from warden_policies.prove.formula import FALSE, Formula, both, either, no
from warden_policies.prove.parts.reviews import Opinion, Seen
from warden_policies.prove.parts.talk import Said
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import (
    Attribute,
    PartPattern,
    Pattern,
    TextNeed,
    needs,
    regexes,
)

NOBODY_ELSE = Methods()
"""Ways in which nobody says anything."""


def comment_patterns(methods: Methods) -> list[Pattern]:
    """What a comment must match for one of these ways."""
    return [*map(PartPattern, methods.comments), *regexes(methods.comment_patterns)]


def method_needs(methods: Methods) -> Iterator[TextNeed]:
    """What these ways tell apart."""
    yield from needs(Attribute.COMMENT, comment_patterns(methods))
    yield from needs(Attribute.REVIEW, regexes(methods.github_review_comment_patterns))
    yield from needs(Attribute.BODY, regexes(methods.body_patterns))


@dataclass(frozen=True, slots=True)
class Spoken:
    """When an account says it in one of these ways, and in none of those of `unless`."""

    methods: Methods
    opinion: Opinion
    """What a review has to say."""
    sketch: Sketch
    unless: Methods = NOBODY_ELSE

    def at(self, who: int, *, late: bool, edited: bool) -> Formula:
        """The account says it, late or early, in words that were edited later or not."""
        return either(
            self._comment(who, late=late, edited=edited),
            self._review(who, late=late, edited=edited),
            FALSE if who else self._body(late=late, edited=edited),
        )

    def any_at(self, who: int, *, late: bool) -> Formula:
        """The account says it, late or early."""
        return either(*(self.at(who, late=late, edited=edited) for edited in (False, True)))

    def _comment(self, who: int, *, late: bool, edited: bool) -> Formula:
        how = {
            (True, False): Said.LATE,
            (True, True): Said.LATE_EDITED,
            (False, False): Said.EARLY,
            (False, True): Said.EARLY_EDITED,
        }[late, edited]
        patterns, others = comment_patterns(self.methods), comment_patterns(self.unless)
        return self.sketch.talk.comments_like(who, patterns, others, how=how)

    def _review(self, who: int, *, late: bool, edited: bool) -> Formula:
        methods, reviews = self.methods, self.sketch.reviews
        texts = regexes(methods.github_review_comment_patterns)
        if not texts and not methods.github_review:
            return FALSE
        on_time = reviews.saw(who, Seen.HEAD)
        was_edited = reviews.edited(who)
        return both(
            reviews.ever(who, self.opinion),
            on_time if late else no(on_time),
            was_edited if edited else no(was_edited),
            *((reviews.writes(who, texts),) if texts else ()),
        )

    def _body(self, *, late: bool, edited: bool) -> Formula:
        talk = self.sketch.talk
        patterns = regexes(self.methods.body_patterns)
        if not patterns:
            return FALSE
        return both(
            talk.describes(patterns, regexes(self.unless.body_patterns)),
            talk.body_late if late else no(talk.body_late),
            talk.body_edited if edited else no(talk.body_edited),
        )
