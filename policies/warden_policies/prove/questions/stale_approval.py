"""P9: does an approval survive new content?"""

from warden_policies.model import Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    anybody,
    approvals_are_stale,
    if_silent,
    silenced,
    speaks,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import both, every, implies, no, some
from warden_policies.prove.parts.reviews import Opinion, Seen
from warden_policies.prove.question import question

_CLAIM = Claim(
    "P9",
    Severity.ERROR,
    "an approval still counts after the content that was approved was replaced",
    "let approvals be bound to the content: 'content: same', or 'content: head'",
)


@question("P9")
def stale_approval(case: Case) -> Questions:
    """Everybody approved something else than what would be merged, and that decides."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    approved = [sketch.reviews.says(who, Opinion.APPROVED) for who in everybody]
    formula = both(
        case.allowed,
        no(if_silent(case.allowed, everybody)),
        some(approved),
        every(implies(speaks(sketch, who), approved[who]) for who in everybody),
        every(
            implies(said, sketch.reviews.saw(who, Seen.OTHER)) for who, said in enumerate(approved)
        ),
    )

    def shows(change: Change) -> bool:
        decides = case.allows(change) and not case.allows(silenced(change, anybody))
        return decides and approvals_are_stale(change)

    yield Ask(_CLAIM, formula, shows)
