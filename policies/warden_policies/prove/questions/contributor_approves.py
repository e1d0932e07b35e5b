"""P2: can somebody other than the opener approve their own code?"""

from warden_policies.model import Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    anybody,
    hands,
    has_stranger,
    humans,
    if_silent,
    opener_id,
    silenced,
    speakers,
    speaks,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import at_most_one, both, every, implies, no, some
from warden_policies.prove.question import question

_OWN = Claim(
    "P2",
    Severity.ERROR,
    "somebody who wrote a part of a change can approve it, and nobody else has to",
    "take 'allow_other_contributors' away",
)
_STRANGER = Claim(
    "P2",
    Severity.ERROR,
    "a commit that nobody knows the author of can be approved by one person, who may be its author",
    "set 'unattributed' to 'block', or to 'one_more'",
)


@question("P2")
def contributor_approves(case: Case) -> Questions:
    """Only people who had a hand in the change say anything, and that decides."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    said = [speaks(sketch, who) for who in everybody]
    decided = both(
        case.allowed,
        no(if_silent(case.allowed, everybody)),
        no(sketch.reviews.ghost_objects),
        no(said[0]),
        *(implies(said[who], no(sketch.cast.robot(who))) for who in everybody),
    )
    inside = every(implies(said[who], sketch.commits.contributes(who)) for who in everybody)
    outside = every(implies(said[who], no(sketch.commits.contributes(who))) for who in everybody)

    def decides(change: Change) -> bool:
        return case.allows(change) and not case.allows(silenced(change, anybody))

    def by_contributors(change: Change) -> bool:
        known, said = humans(hands(change)), humans(speakers(change))
        return decides(change) and bool(said) and said <= known - opener_id(change)

    def by_one_other(change: Change) -> bool:
        known, said = humans(hands(change)), humans(speakers(change))
        return decides(change) and has_stranger(change) and len(said) == 1 and not said & known

    yield Ask(_OWN, both(decided, some(said), inside), by_contributors)
    yield Ask(
        _STRANGER,
        both(decided, sketch.commits.has_unknown, outside, some(said), at_most_one(said)),
        by_one_other,
    )
