"""P1: can the author of a change merge it alone?"""

from collections.abc import Iterator

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    anybody,
    hands,
    humans,
    if_silent,
    opener_id,
    silenced,
    speakers,
    speaks,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import Formula, both, implies, no
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


@question("P1")
def author_alone(case: Case) -> Questions:
    """One person opens and writes the change, and no other person says anything."""
    everybody = case.sketch.cast.everybody
    alone = both(case.allowed, *_alone(case))
    decided = no(if_silent(case.allowed, everybody))
    silent = [no(speaks(case.sketch, who)) for who in everybody]

    def nobody_speaks(change: Change) -> bool:
        return _is_alone(change) and not speakers(change) and case.allows(change)

    def decided_by(kind: AccountKind, change: Change) -> bool:
        kinds = {person.kind for person in speakers(change)}
        if not _is_alone(change) or kinds != {kind} or not case.allows(change):
            return False
        return not case.allows(silenced(change, anybody))

    yield Ask(_NOBODY, both(alone, *silent), nobody_speaks)
    yield Ask(
        _OWN, both(alone, decided, *silent[1:]), lambda one: decided_by(AccountKind.USER, one)
    )
    yield Ask(_ROBOT, both(alone, decided, silent[0]), lambda one: decided_by(AccountKind.BOT, one))


def _alone(case: Case) -> Iterator[Formula]:
    """A person opened it; every other account is a robot or has nothing to do with it."""
    sketch = case.sketch
    yield no(sketch.cast.robot(0))
    yield no(sketch.reviews.ghost_objects)
    for who in sketch.cast.everybody[1:]:
        idle = both(no(sketch.commits.contributes(who)), no(speaks(sketch, who)))
        yield implies(no(sketch.cast.robot(who)), idle)


def _is_alone(change: Change) -> bool:
    return humans([*hands(change), *speakers(change)]) == opener_id(change)
