"""P6: can one person meet requirements that name different people?"""

from collections.abc import Iterator
from itertools import combinations

from warden_policies.actors import Actors
from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Group, questions
from warden_policies.prove.answer import Answer
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import hands, humans, reviewers, reviews
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import Formula, both, no, some
from warden_policies.prove.question import question
from warden_policies.text import quoted


@question("P6")
def one_person_for_two(case: Case) -> Questions:
    """For each two requirements that name different people."""
    named = {group.name: frozenset(_actors(group)) for _, group in case.requirements}
    for (at, one), (to, other) in combinations(case.requirements, 2):
        first, second = named[one.name], named[other.name]
        if first and second and first != second and len(case.sketch.cast.everybody) > 1:
            yield _ask(case, (at, one), (to, other))


def _actors(group: Group) -> Iterator[Actors]:
    """The people whose approval a requirement asks for, where it names any."""
    for asked in questions(group.members[-1]):
        rules = getattr(asked.arguments, "rules", None)
        if rules is not None and not rules.actors.empty:
            yield rules.actors


def _ask(case: Case, one: tuple[int, Group], other: tuple[int, Group]) -> Ask:
    names = [group.name for _, group in (one, other)]
    sketch = case.sketch
    # Accounts other than the opener's are alike, so it is the first one.
    alone = (no(reviews(sketch, who)) for who in sketch.cast.everybody if who != 1)
    formula = both(
        case.allowed,
        no(sketch.cast.robot(1)),
        no(sketch.commits.contributes(1)),
        *alone,
        _served_by(1, case.answer(one[0])),
        _served_by(1, case.answer(other[0])),
    )

    def shows(change: Change) -> bool:
        said = humans(reviewers(change))
        if len(reviewers(change)) != 1 or len(said) != 1 or said & humans(hands(change)):
            return False
        both_served = all(said <= _counted(answer(group, change)) for _, group in (one, other))
        return both_served and case.allows(change)

    claim = Claim(
        "P6",
        Severity.WARNING,
        f"one person can meet it and {quoted(names[1])} at once, though they name different people",
        f"add 'distinct: [[{names[0]}, {names[1]}]]'",
        names[0],
    )
    return Ask(claim, formula, shows)


def _served_by(who: int, asked: Answer) -> Formula:
    """The account is one of those who count for what is asked, and it is met."""
    counted = (both(duty.counts, duty.able[who]) for duty in asked.duties)
    return both(asked.passes, some(counted))


def _counted(result: Result) -> frozenset[int]:
    """Who counted for a requirement that is met."""
    if result.outcome is not Outcome.PASS:
        return frozenset()
    below = (_counted(child) for child in result.children)
    own = frozenset(person.id for person in result.approvers)
    return own.union(*below)
