"""policy-bot's lattice: skipped < pending < approved < disapproved, with an error beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_policies.combinations import COMBINATIONS
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group, Question

APPROVED = Result("r", Outcome.PASS, "Approved by bob")
PENDING = Result("r", Outcome.PENDING, "0/1 required approvals")
SKIPPED = Result("r", Outcome.NOT_APPLICABLE, "no changed file matches 'x'")
DISAPPROVED = Result("disapproval", Outcome.FAIL, "Disapproved by bob")
BROKEN = Result("r", Outcome.ERROR, "first", error="first")
BROKEN_TOO = Result("r", Outcome.ERROR, "second", error="second")
APPROVED_BUT = Result("and", Outcome.PASS, "All rules are approved", error="beside")
HOLDS = Result("p", Outcome.PASS, "it does")
HOLDS_NOT = Result("p", Outcome.FAIL, "it does not")
UNKNOWN = Result("p", Outcome.ERROR, "failed to get commits: too many commits")

RESULTS = st.lists(
    st.sampled_from([APPROVED, PENDING, SKIPPED, BROKEN, BROKEN_TOO, APPROVED_BUT]), min_size=1
)


def combined(combine: Combine, *results: Result, group: Group | None = None) -> Result:
    return COMBINATIONS[combine](group or Group(combine, "g", ()), iter(results))


AND = [
    ((), Outcome.PASS, "No approval policy defined", ""),
    ((APPROVED,), Outcome.PASS, "All rules are approved", ""),
    ((APPROVED, PENDING, SKIPPED), Outcome.PENDING, "1/2 rules approved", ""),
    ((APPROVED, SKIPPED), Outcome.PASS, "All rules are approved", ""),
    ((SKIPPED, SKIPPED), Outcome.NOT_APPLICABLE, "All of the rules are skipped", ""),
    ((APPROVED, BROKEN), Outcome.PASS, "All rules are approved", "first"),
    ((PENDING, BROKEN, BROKEN_TOO), Outcome.PENDING, "0/1 rules approved", "second"),
    ((SKIPPED, BROKEN), Outcome.ERROR, "first", "first"),
    ((APPROVED_BUT, SKIPPED), Outcome.ERROR, "beside", "beside"),
]
OR = [
    ((APPROVED, PENDING), Outcome.PASS, "One or more rules approved", ""),
    ((PENDING, SKIPPED), Outcome.PENDING, "None of the rules are satisfied", ""),
    ((SKIPPED,), Outcome.NOT_APPLICABLE, "All of the rules are skipped", ""),
    ((BROKEN, APPROVED), Outcome.PASS, "One or more rules approved", ""),
    ((BROKEN, PENDING), Outcome.PENDING, "None of the rules are satisfied", ""),
    ((BROKEN, BROKEN_TOO, SKIPPED), Outcome.ERROR, "second", "second"),
    ((APPROVED_BUT,), Outcome.ERROR, "beside", "beside"),
]


@pytest.mark.parametrize(
    ("combine", "results", "outcome", "reason", "error"),
    [(Combine.POLICY_BOT_AND, *row) for row in AND] + [(Combine.POLICY_BOT_OR, *row) for row in OR],
)
def test_lists(
    combine: Combine, results: tuple[Result, ...], outcome: Outcome, reason: str, error: str
) -> None:
    answer = combined(combine, *results)

    assert (answer.outcome, answer.reason, answer.error) == (outcome, reason, error)
    assert answer.children == results


@given(RESULTS)
def test_an_and_is_never_more_than_an_or_and_neither_approves_without_an_approval(
    results: list[Result],
) -> None:
    both = combined(Combine.POLICY_BOT_AND, *results)
    either = combined(Combine.POLICY_BOT_OR, *results)

    if both.outcome is Outcome.PASS:
        assert either.outcome is Outcome.PASS
    if either.outcome is Outcome.PASS:
        assert APPROVED in results
    assert (both.outcome is Outcome.ERROR) <= bool(both.error)
    assert both.error == next((each.error for each in reversed(results) if each.error), "")


@pytest.mark.parametrize(
    ("approval", "disapproval", "outcome", "reason"),
    [
        (APPROVED, SKIPPED, Outcome.PASS, "Approved by bob"),
        (PENDING, SKIPPED, Outcome.PENDING, "0/1 required approvals"),
        (APPROVED, DISAPPROVED, Outcome.FAIL, "Disapproved by bob"),
        (
            SKIPPED,
            SKIPPED,
            Outcome.NOT_APPLICABLE,
            "All rules were skipped. At least one rule must match.",
        ),
        (BROKEN, DISAPPROVED, Outcome.ERROR, "first"),
        (BROKEN, BROKEN_TOO, Outcome.ERROR, "second"),
        (APPROVED_BUT, SKIPPED, Outcome.ERROR, "beside"),
    ],
)
def test_the_whole_policy(
    approval: Result, disapproval: Result, outcome: Outcome, reason: str
) -> None:
    answer = combined(Combine.POLICY_BOT_POLICY, approval, disapproval)

    assert (answer.outcome, answer.reason) == (outcome, reason)
    assert bool(answer.error) == (outcome is Outcome.ERROR)


@pytest.mark.parametrize(
    ("combine", "results", "outcome", "reason", "asked"),
    [
        (Combine.POLICY_BOT_IF, (), Outcome.PASS, "every predicate holds", 0),
        (Combine.POLICY_BOT_IF, (HOLDS, HOLDS_NOT, UNKNOWN), Outcome.FAIL, "it does not", 2),
        (
            Combine.POLICY_BOT_IF,
            (UNKNOWN, HOLDS_NOT),
            Outcome.ERROR,
            "failed to evaluate predicate: failed to get commits: too many commits",
            1,
        ),
        (Combine.POLICY_BOT_UNLESS, (HOLDS_NOT,), Outcome.PASS, "no predicate holds", 1),
        (
            Combine.POLICY_BOT_UNLESS,
            (HOLDS_NOT, HOLDS, UNKNOWN),
            Outcome.FAIL,
            "disapproved because it does",
            2,
        ),
        (
            Combine.POLICY_BOT_UNLESS,
            (UNKNOWN, HOLDS),
            Outcome.ERROR,
            "failed to evaluate predicate: failed to get commits: too many commits",
            1,
        ),
        (
            Combine.POLICY_BOT_CONDITIONS,
            (HOLDS_NOT, HOLDS),
            Outcome.PENDING,
            "1/2 required conditions",
            2,
        ),
        (Combine.POLICY_BOT_CONDITIONS, (HOLDS,), Outcome.PASS, "1/1 required conditions", 1),
    ],
)
def test_predicates_are_asked_in_order_until_one_decides(
    combine: Combine, results: tuple[Result, ...], outcome: Outcome, reason: str, asked: int
) -> None:
    answer = combined(combine, *results)

    assert (answer.outcome, answer.reason, len(answer.children)) == (outcome, reason, asked)


IF, CONDITIONS = (
    Group(Combine.POLICY_BOT_IF, "if", ()),
    Group(Combine.POLICY_BOT_CONDITIONS, "c", ()),
)
PEOPLE = Question("policy-bot approvals", None)
TWO_WAITING = Result(
    "people", Outcome.PENDING, "0/2 required approvals", dropped=("a", "b"), needed=2
)
MET = Result("c", Outcome.PASS, "1/1 required conditions")
UNMET = Result("c", Outcome.PENDING, "0/1 required conditions")


@pytest.mark.parametrize(
    ("members", "results", "outcome", "reason"),
    [
        ((), (HOLDS,), Outcome.PASS, "No approval required"),
        ((PEOPLE,), (HOLDS_NOT,), Outcome.NOT_APPLICABLE, "it does not"),
        ((PEOPLE,), (UNKNOWN,), Outcome.ERROR, "failed to get commits: too many commits"),
        (
            (PEOPLE,),
            (HOLDS, TWO_WAITING),
            Outcome.PENDING,
            "0/2 required approvals. Ignored 2 approvals from disqualified users",
        ),
        ((CONDITIONS,), (HOLDS, MET), Outcome.PASS, "Approved by required conditions"),
        (
            (PEOPLE, CONDITIONS),
            (HOLDS, TWO_WAITING, UNMET),
            Outcome.PENDING,
            "0/2 required approvals and 0/1 required conditions."
            " Ignored 2 approvals from disqualified users",
        ),
        ((PEOPLE, CONDITIONS), (HOLDS, UNKNOWN, UNMET), Outcome.ERROR, UNKNOWN.reason),
    ],
)
def test_a_rule(
    members: tuple[Question | Group, ...],
    results: tuple[Result, ...],
    outcome: Outcome,
    reason: str,
) -> None:
    group = Group(Combine.POLICY_BOT_RULE, "rule", (IF, *members))
    answer = combined(Combine.POLICY_BOT_RULE, *results, group=group)

    assert (answer.outcome, answer.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("results", "outcome", "reason"),
    [
        ((HOLDS,), Outcome.NOT_APPLICABLE, "No disapproval policy is specified"),
        ((HOLDS, HOLDS), Outcome.NOT_APPLICABLE, "it does"),
        ((HOLDS, DISAPPROVED), Outcome.FAIL, "Disapproved by bob"),
        ((HOLDS_NOT, DISAPPROVED), Outcome.FAIL, "it does not"),
        ((UNKNOWN, DISAPPROVED), Outcome.ERROR, "failed to get commits: too many commits"),
    ],
)
def test_the_disapproval(results: tuple[Result, ...], outcome: Outcome, reason: str) -> None:
    answer = combined(Combine.POLICY_BOT_DISAPPROVAL, *results)

    assert (answer.outcome, answer.reason) == (outcome, reason)
