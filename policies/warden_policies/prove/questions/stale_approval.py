"""P9: does an approval survive new content?"""

from warden_policies.model import Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    anybody,
    approvals_are_stale,
    reviews,
    silenced,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    Formula,
    both,
    either,
    implies,
    no,
    some,
)
from warden_policies.prove.parts.reviews import Opinion, Seen
from warden_policies.prove.question import question
from warden_policies.prove.sketch import (
    Sketch,
)

_CLAIM = Claim(
    "P9",
    Severity.ERROR,
    "an approval still counts after the content that was approved was replaced",
    "let approvals be bound to the content: 'content: same', or 'content: head'",
    bot_fix="set 'invalidate_on_push', and take 'ignore_update_merges' and 'ignore_commits_by'"
    " away",
)


@question("P9")
def stale_approval(case: Case) -> Questions:
    """Everybody approved something else than what would be merged, and that decides."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    said = [reviews(sketch, who) for who in everybody]
    formula = both(
        case.allowed,
        case.decided_by_words,
        some(said),
        *(implies(said[who], _said_early(sketch, who)) for who in everybody),
        sketch.commits.head_is_late,
    )

    def shows(change: Change) -> bool:
        decides = case.allows(change) and not case.allows(silenced(change, anybody))
        return decides and approvals_are_stale(change)

    yield Ask(_CLAIM, formula, shows)


def _said_early(sketch: Sketch, who: int) -> Formula:
    """The account approved another commit, or commented, before the head came; and no more."""
    known = sketch.reviews
    silent = known.says(who, Opinion.NONE)
    stale = both(known.says(who, Opinion.APPROVED), known.saw(who, Seen.OTHER))
    before = either(known.said_before(who, Opinion.NONE), known.said_before(who, Opinion.APPROVED))
    return both(either(silent, stale), before, no(sketch.talk.comments_late(who)))
