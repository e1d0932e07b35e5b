"""P1: can the author of a change merge it alone?"""

from functools import partial

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    alone,
    anybody,
    if_silent,
    if_unlabelled,
    is_alone,
    silenced,
    speakers,
    speaks,
    unlabelled,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import both, every, no
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
    by_one = both(case.allowed, alone(sketch))
    decided = no(if_silent(case.allowed, everybody))
    silent = [no(speaks(sketch, who)) for who in everybody]
    no_review = every(sketch.reviews.says(who, Opinion.NONE) for who in everybody)
    labelled = no(if_unlabelled(case.allowed, sketch))

    def by_one_and_allowed(change: Change) -> bool:
        return is_alone(change) and case.allows(change)

    def nobody_speaks(change: Change) -> bool:
        return by_one_and_allowed(change) and not speakers(change)

    def decided_by(kind: AccountKind, change: Change) -> bool:
        kinds = {person.kind for person in speakers(change)}
        if kinds != {kind} or not by_one_and_allowed(change):
            return False
        return not case.allows(silenced(change, anybody))

    def by_a_label(change: Change) -> bool:
        if change.reviews or not by_one_and_allowed(change):
            return False
        return not case.allows(unlabelled(change))

    yield Ask(_NOBODY, both(by_one, *silent), nobody_speaks)
    yield Ask(_LABEL, both(by_one, no_review, labelled), by_a_label)
    yield Ask(_OWN, both(by_one, decided, *silent[1:]), partial(decided_by, AccountKind.USER))
    yield Ask(_ROBOT, both(by_one, decided, silent[0]), partial(decided_by, AccountKind.BOT))
