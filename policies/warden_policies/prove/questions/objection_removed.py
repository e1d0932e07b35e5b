"""P8: can an objection be removed by those whose work it is about?"""

from dataclasses import replace

from warden_policies.model import AccountKind, Change, Review
from warden_policies.outcome import Outcome
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    anybody,
    hands,
    humans,
    if_silent,
    objectors,
    silenced,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import FALSE, Formula, Is, both, either, no, rewritten, some
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.question import question
from warden_policies.prove.sketch import (
    Sketch,
)

_REMOVED = Claim(
    "P8",
    Severity.ERROR,
    "somebody who wrote a part of a change can remove another person's objection to it",
    "name in 'lifters' who may, and let contributors never be among them",
    bot_fix="under 'disapproval' name people who never write changes: policy-bot lets everybody"
    " take a disapproval back who may give one",
)
_NOT_HEEDED = Claim(
    "P8",
    Severity.WARNING,
    "an objection that nobody took back does not stop a change that others approve",
    "let no alternative do without the approvals",
    bot_fix="add 'disapproval', with those who may object under 'requires'",
)


@question("P8")
def objection_removed(case: Case) -> Questions:
    """A contributor removes somebody else's objection, and that decides; or it is not heeded."""
    # Whoever objects and whoever removes that, by another name it is one of these.
    if len(case.sketch.cast.some_others) < 2:
        return
    yield _taken_back(case) if case.by_bot else _dismissed(case)
    yield _not_heeded(case)


def _objector(sketch: Sketch, who: int) -> Formula:
    """The account is a person's who had no hand in the change and may write."""
    return both(
        no(sketch.cast.robot(who)),
        sketch.cast.can_push(who),
        no(sketch.commits.contributes(who)),
    )


def _dismissed(case: Case) -> Ask:
    """A contributor dismisses it."""
    sketch = case.sketch
    who, other = sketch.cast.some_others
    removed = both(
        _objector(sketch, who),
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

    return Ask(_REMOVED, both(case.allowed, removed), shows)


def _taken_back(case: Case) -> Ask:
    """A contributor says what takes it back."""
    sketch, blocked = case.sketch, case.encoded.root[Outcome.FAIL]
    who, other = sketch.cast.some_others

    def removed(by: int) -> Formula:
        return both(
            sketch.commits.contributes(by),
            no(sketch.cast.robot(by)),
            if_silent(blocked, [by], sketch),
            no(if_silent(blocked, [by, who], sketch)),
        )

    formula = both(
        case.allowed,
        no(sketch.cast.robot(who)),
        no(sketch.commits.contributes(who)),
        some(map(removed, (0, other))),
    )

    def shows(change: Change) -> bool:
        inside = humans(hands(change))
        return case.allows(change) and any(_hides(case, change, one, inside) for one in inside)

    return Ask(_REMOVED, formula, shows)


def _hides(case: Case, change: Change, who: int, inside: frozenset[int]) -> bool:
    """Whether without the words of this account somebody's disapproval from outside stands."""
    without = silenced(change, lambda person: person.id == who)
    nobody = silenced(without, lambda one: one.id not in inside and one.kind is AccountKind.USER)
    return case.blocks(without) and not case.blocks(nobody)


def _not_heeded(case: Case) -> Ask:
    """Somebody objects, others approve, and that is enough."""
    sketch = case.sketch
    who = sketch.cast.some_others[0]
    formula = both(
        case.allowed,
        _objector(sketch, who),
        sketch.reviews.says(who, Opinion.OBJECTED),
        case.decided_by_words,
    )

    def shows(change: Change) -> bool:
        if not case.allows(change) or case.allows(silenced(change, anybody)):
            return False
        return bool(humans(objectors(change)) - humans(hands(change)))

    return Ask(_NOT_HEEDED, formula, shows)


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
