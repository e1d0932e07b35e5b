"""P1: can the author of a change merge it alone?"""

from collections.abc import Iterator
from functools import partial

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    all_known,
    anybody,
    hands,
    humans,
    if_silent,
    if_unlabelled,
    nobody_unknown,
    opener_id,
    silenced,
    speakers,
    speaks,
    unlabelled,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import Formula, both, every, implies, no
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.question import question

_NOBODY = Claim(
    "P1",
    Severity.ERROR,
    "an author can merge a change alone: nobody has to approve it",
    "let a requirement that applies to it ask for 'approvals: {count: 1}'",
)
_OWN = Claim(
    "P1",
    Severity.ERROR,
    "an author can merge a change alone: their own approval counts",
    "take 'allow_opener' away",
)
_ROBOT = Claim(
    "P1",
    Severity.ERROR,
    "an author can merge a change without anybody else: a robot's approval is enough",
    "ask for an approval that no robot can give: leave 'bots' out of one requirement",
)


_LABEL = Claim(
    "P1",
    Severity.ERROR,
    "an author can merge a change alone by putting a label on it",
    "say under 'applied_by' whose labels count, and name people who are not the authors",
)


@question("P1")
def author_alone(case: Case) -> Questions:
    """One person opens and writes the change, and no other person says anything."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    alone = both(case.allowed, *_alone(case))
    decided = no(if_silent(case.allowed, everybody))
    silent = [no(speaks(sketch, who)) for who in everybody]
    no_review = every(sketch.reviews.says(who, Opinion.NONE) for who in everybody)
    labelled = no(if_unlabelled(case.allowed, sketch))

    def alone_and_allowed(change: Change) -> bool:
        return _is_alone(change) and case.allows(change)

    def nobody_speaks(change: Change) -> bool:
        return alone_and_allowed(change) and not speakers(change)

    def decided_by(kind: AccountKind, change: Change) -> bool:
        kinds = {person.kind for person in speakers(change)}
        if kinds != {kind} or not alone_and_allowed(change):
            return False
        return not case.allows(silenced(change, anybody))

    def by_a_label(change: Change) -> bool:
        if change.reviews or not alone_and_allowed(change):
            return False
        return not case.allows(unlabelled(change))

    yield Ask(_NOBODY, both(alone, *silent), nobody_speaks)
    yield Ask(_LABEL, both(alone, no_review, labelled), by_a_label)
    yield Ask(_OWN, both(alone, decided, *silent[1:]), partial(decided_by, AccountKind.USER))
    yield Ask(_ROBOT, both(alone, decided, silent[0]), partial(decided_by, AccountKind.BOT))


def _alone(case: Case) -> Iterator[Formula]:
    """A person opened it; every other account is a robot or has nothing to do with it."""
    sketch = case.sketch
    yield no(sketch.cast.robot(0))
    yield nobody_unknown(sketch)
    for who in sketch.cast.everybody[1:]:
        idle = both(no(sketch.commits.contributes(who)), no(speaks(sketch, who)))
        yield implies(no(sketch.cast.robot(who)), idle)


def _is_alone(change: Change) -> bool:
    return all_known(change) and humans([*hands(change), *speakers(change)]) == opener_id(change)
