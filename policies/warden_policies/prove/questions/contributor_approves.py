"""P2: can somebody other than the opener approve their own code?"""

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    all_known,
    anybody,
    hands,
    has_stranger,
    humans,
    nobody_unknown,
    opener_id,
    reviewers,
    reviews,
    silenced,
    speakers,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import at_most_one, both, either, every, implies, no, some
from warden_policies.prove.question import question

_OWN = Claim(
    "P2",
    Severity.ERROR,
    "somebody who wrote a part of a change can approve it, and nobody else has to",
    "take 'allow_other_contributors' away",
    bot_fix="take 'allow_contributor' and 'allow_non_author_contributor' away; that authors of"
    " co-authored, merged or ignored commits may approve is how policy-bot is",
)
_STRANGER = Claim(
    "P2",
    Severity.ERROR,
    "a commit that nobody knows the author of can be approved by one person, who may be its author",
    "set 'unattributed' to 'block', or to 'one_more'",
    bot_fix="ask for signed commits with 'has_valid_signatures_by', or for one approval more",
)


@question("P2")
def contributor_approves(case: Case) -> Questions:
    """Only people who had a hand in the change say anything, and that decides."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    said = [reviews(sketch, who) for who in everybody]
    inside = [sketch.commits.contributes(who) for who in everybody]
    decided = both(
        case.allowed,
        case.decided_by_words,
        nobody_unknown(sketch),
        some(said),
        no(said[0]),
        *(implies(said[who], no(sketch.cast.robot(who))) for who in everybody),
        *(implies(sketch.labels.any_by(who), either(inside[who], said[who])) for who in everybody),
    )
    by_them = every(implies(said[who], inside[who]) for who in everybody)
    by_others = every(implies(said[who], no(inside[who])) for who in everybody)

    def decides(change: Change) -> bool:
        if not all_known(change) or AccountKind.BOT in {one.kind for one in reviewers(change)}:
            return False
        known, said = humans(hands(change)), humans(reviewers(change))
        if not said or said & opener_id(change) or not humans(speakers(change)) <= known | said:
            return False
        return case.allows(change) and not case.allows(silenced(change, anybody))

    def by_contributors(change: Change) -> bool:
        return decides(change) and humans(reviewers(change)) <= humans(hands(change))

    def by_one_other(change: Change) -> bool:
        said = humans(reviewers(change))
        outside = not said & humans(hands(change))
        return decides(change) and has_stranger(change) and outside and len(said) == 1

    yield Ask(_OWN, both(decided, by_them), by_contributors)
    yield Ask(
        _STRANGER,
        both(decided, sketch.commits.has_unknown, by_others, at_most_one(said)),
        by_one_other,
    )
