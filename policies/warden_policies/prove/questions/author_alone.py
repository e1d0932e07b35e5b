"""P1: can the author of a change merge it alone?"""

from dataclasses import replace
from functools import partial

from warden_policies.model import AccountKind, Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    alone,
    anybody,
    if_unlabelled,
    is_alone,
    reviewers,
    reviews,
    silenced,
    speakers,
    speaks,
    unlabelled,
    without,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    Formula,
    both,
    every,
    no,
)
from warden_policies.prove.question import question

_ID = "P1"


def _claim(message: str, fix: str, bot_fix: str) -> Claim:
    what = f"an author can merge a change alone: {message}"
    return Claim(_ID, Severity.ERROR, what, fix, bot_fix=bot_fix)


_NOBODY = _claim(
    "nobody has to approve it",
    "let a requirement that applies to it ask for 'approvals: {count: 1}'",
    "let a rule that applies to it ask for 'count: 1', and let 'approval' name that rule",
)
_LABEL = _claim(
    "it is enough to put a label on it",
    "say under 'applied_by' whose labels count, and name people who are not the authors",
    "do not let a label decide: whoever may triage can put it there",
)
_OWN = _claim(
    "their own approval counts",
    "take 'allow_opener' away",
    "take 'allow_author' and 'allow_contributor' away: either lets the author approve",
)
_ROBOT = _claim(
    "a robot's approval is enough beside it",
    "ask for an approval that no robot can give: leave 'bots' out of one requirement",
    "name people and teams that no robot is one of",
)
_BODY = _claim(
    "the description approves it",
    "",
    "take 'body_patterns' away: whoever opens a change writes its description",
)


@question(_ID)
def author_alone(case: Case) -> Questions:
    """One person opens and writes the change, and no other person says anything."""
    sketch, everybody = case.sketch, case.sketch.cast.everybody
    by_one = both(case.allowed, alone(sketch))
    silent = [no(speaks(sketch, who)) for who in everybody]

    def nobody_counts(change: Change) -> bool:
        silent = not speakers(change) and _is_by_one(case, change)
        return silent and not case.counts_anybody(change)

    def decided_by(kind: AccountKind, change: Change) -> bool:
        kinds = {person.kind for person in speakers(change)}
        if kinds != {kind} or not _is_by_one(case, change):
            return False
        return not case.allows(silenced(change, anybody))

    yield Ask(_NOBODY, both(by_one, sketch.talk.plain_body, *silent), nobody_counts)
    if sketch.labels.names:
        yield _by_a_label(case, by_one)
    decided = both(by_one, case.decided_by_words)
    yield Ask(_OWN, both(decided, *silent[1:]), partial(decided_by, AccountKind.USER))
    yield Ask(_ROBOT, both(decided, silent[0]), partial(decided_by, AccountKind.BOT))
    if sketch.talk.body.patterns:
        yield _by_the_body(case, both(by_one, *silent))


def _is_by_one(case: Case, change: Change) -> bool:
    return is_alone(change) and case.allows(change)


def _by_a_label(case: Case, by_one: Formula) -> Ask:
    sketch = case.sketch
    silent = every(no(reviews(sketch, who)) for who in sketch.cast.everybody)
    decided = no(if_unlabelled(case.allowed, sketch))

    def shows(change: Change) -> bool:
        if reviewers(change) or not _is_by_one(case, change):
            return False
        return not case.allows(unlabelled(change))

    return Ask(_LABEL, both(by_one, silent, decided), shows)


def _by_the_body(case: Case, by_one: Formula) -> Ask:
    decided = no(without(case.allowed, case.sketch.talk.body_names))

    def shows(change: Change) -> bool:
        if speakers(change) or not _is_by_one(case, change):
            return False
        return not case.allows(replace(change, body=""))

    return Ask(_BODY, both(by_one, decided), shows)
