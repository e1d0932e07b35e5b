"""P8: can an objection be removed by those whose work it is about?"""

from dataclasses import replace

from warden_policies.model import Change, Review
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import hands, humans
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import FALSE, Formula, Is, both, either, no, rewritten, some
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.question import question

_CLAIM = Claim(
    "P8",
    Severity.ERROR,
    "somebody who wrote a part of a change can remove another person's objection to it",
    "name in 'lifters' who may, and let contributors never be among them",
)


@question("P8")
def objection_removed(case: Case) -> Questions:
    """A contributor dismisses somebody else's objection, and that decides."""
    sketch = case.sketch
    if len(sketch.cast.some_others) < 2:
        return
    # Whoever objects and whoever dismisses that, by another name it is one of these.
    who, other = sketch.cast.some_others
    removed = both(
        no(sketch.cast.robot(who)),
        sketch.cast.can_push(who),
        no(sketch.commits.contributes(who)),
        sketch.reviews.says(who, Opinion.ENDED),
        some(
            both(sketch.reviews.ended_by(who, by), sketch.commits.contributes(by))
            for by in (0, other)
        ),
        no(_had_it_stood(case.allowed, who)),
    )

    def shows(change: Change) -> bool:
        inside = humans(hands(change))
        restored = tuple(_restored(review, inside) for review in change.reviews)
        return case.allows(change) and not case.allows(replace(change, reviews=restored))

    yield Ask(_CLAIM, both(case.allowed, removed), shows)


def _had_it_stood(formula: Formula, who: int) -> Formula:
    """The formula about the same change, had nobody dismissed this account's objection."""

    def stand(atom: Is) -> Formula:
        if atom.name != f"{who}.says":
            return atom
        if atom.value == Opinion.OBJECTED:
            return either(atom, Is(atom.name, Opinion.ENDED))
        return FALSE if atom.value == Opinion.ENDED else atom

    return rewritten(formula, stand)


def _restored(review: Review, inside: frozenset[int]) -> Review:
    """The review as it was before somebody dismissed it whose work it was about."""
    ended = review.dismissal
    if ended is None or ended.by is None or ended.by.id not in inside:
        return review
    if review.author is None or review.author.id in inside:
        return review
    return replace(review, state=ended.was, dismissal=None)
