"""P3: can a robot's pull request with somebody's commit in it pass without any approval?"""

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    all_known,
    hands,
    has_stranger,
    humans,
    nobody_unknown,
    speakers,
    speaks,
    without,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import both, either, every, no, some
from warden_policies.prove.question import question
from warden_policies.prove.renaming import (
    opened_by_a_person,
)

_CLAIM = Claim(
    "P3",
    Severity.ERROR,
    "a person's commit on a robot's pull request can be merged without anybody's approval",
    "let what is granted to robots ask that all contributors are: 'contributors: {kind: bot}'",
    bot_fix="let its 'if' ask 'only_has_contributors_in', and for signed commits",
)


@question("P3")
def robot_with_foreign_commit(case: Case) -> Questions:
    """A person has a hand in it, nobody says anything, and that a robot opened it decides."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    person = some(
        both(no(sketch.cast.robot(who)), sketch.commits.contributes(who)) for who in everybody
    )
    formula = both(
        case.allowed,
        sketch.cast.robot(0),
        either(person, sketch.commits.has_unknown),
        nobody_unknown(sketch),
        every(no(speaks(sketch, who)) for who in everybody),
        no(without(case.allowed, ("0.robot", "0.name"))),
    )

    def shows(change: Change) -> bool:
        opened = change.opener is not None and change.opener.kind is AccountKind.BOT
        foreign = bool(humans(hands(change))) or has_stranger(change)
        silent = all_known(change) and not speakers(change)
        if not (opened and foreign and silent and case.allows(change)):
            return False
        return not case.allows(opened_by_a_person(change))

    yield Ask(_CLAIM, formula, shows)
