"""P6: can one person meet requirements that name different people?"""

from collections.abc import Iterator
from itertools import combinations

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group, Node
from warden_policies.prove.answer import Answer
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import hands, humans, reviewers, reviews
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import Formula, both, no, some
from warden_policies.prove.question import question
from warden_policies.prove.rules import (
    Rule,
)
from warden_policies.text import quoted

_ALL = (Combine.POLICY, Combine.POLICY_BOT_AND)


@question("P6")
def one_person_for_two(case: Case) -> Questions:
    """For each two requirements that must both be met and name different people."""
    named = {rule.name: frozenset(_actors(rule)) for rule in case.rules}
    for one, other in combinations(case.rules, 2):
        first, second = named[one.name], named[other.name]
        if first and second and first != second and _are_both_needed(case, one, other):
            yield _ask(case, one, other)


def _actors(rule: Rule) -> Iterator[object]:
    """The people whose approval a requirement asks for, where it names any."""
    for asked in rule.questions:
        rules = getattr(asked.arguments, "rules", None)
        actors = rules.actors if rules else getattr(asked.arguments, "actors", None)
        if actors is not None and not actors.empty:
            yield actors


def _are_both_needed(case: Case, one: Rule, other: Rule) -> bool:
    """Whether they are not alternatives: the group around both asks for all its members."""
    node: Node = case.policy.root
    for here, there in zip(one.place, other.place, strict=False):
        if here != there or not isinstance(node, Group):
            break
        node = node.members[here]
    return isinstance(node, Group) and node.combine in _ALL and len(case.sketch.cast.everybody) > 1


def _ask(case: Case, one: Rule, other: Rule) -> Ask:
    sketch = case.sketch
    # Accounts other than the opener's are alike, so it is the first one.
    alone = (no(reviews(sketch, who)) for who in sketch.cast.everybody if who != 1)
    formula = both(
        case.allowed,
        no(sketch.cast.robot(1)),
        no(sketch.commits.contributes(1)),
        *alone,
        _served_by(1, case.answer(one.place)),
        _served_by(1, case.answer(other.place)),
    )

    def shows(change: Change) -> bool:
        said = humans(reviewers(change))
        if len(reviewers(change)) != 1 or len(said) != 1 or said & humans(hands(change)):
            return False
        both_served = all(said <= _counted(answer(rule.group, change)) for rule in (one, other))
        return both_served and case.allows(change)

    apart = f"add 'distinct: [[{one.name}, {other.name}]]'"
    never = "policy-bot cannot ask for different people: the native language can"
    claim = Claim(
        "P6",
        Severity.WARNING,
        f"one person can meet it and {quoted(other.name)}, though they name different people",
        apart,
        one.name,
        bot_fix=never,
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
