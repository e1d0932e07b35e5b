"""The organisation's floor: joined by conjunction, so that a repository can only tighten it."""

import pytest
from hypothesis import given

from tests.builders import BOB, CARL, POLICY_PATH, approval, change
from tests.policies.strategies import changes
from warden_policies.evaluate import evaluate
from warden_policies.floor import joined
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Verdict
from warden_policies.policy import Policy


def written(require: str, extra: str = "", name: str = "Review") -> Policy:
    source = f"version: 1\n{extra}requirements: {{{name}: {{require: {{{require}}}}}}}\n"
    return parse_policy(source.encode(), POLICY_PATH)


ONE, TWO = written("approvals: {count: 1}"), written("approvals: {count: 2}")
SECTION = written("change_record: {sections: [reason]}", name="Record")


@given(changes)
def test_nothing_is_allowed_that_either_refuses(change: Change) -> None:
    both = evaluate(joined(TWO, SECTION), change).verdict
    each = [evaluate(policy, change).verdict for policy in (TWO, SECTION)]

    assert (both is Verdict.ALLOW) == (each == [Verdict.ALLOW, Verdict.ALLOW])


def test_a_repository_cannot_ask_for_less_under_the_same_name() -> None:
    decision = evaluate(joined(TWO, ONE), change(reviews=(approval(BOB),)))

    assert [(child.name, child.outcome) for child in decision.result.children] == [
        ("Organisation: Review", "pending"),
        ("Organisation: Policy change", "not_applicable"),
        ("Review", "pass"),
        ("Policy change", "not_applicable"),
    ]
    assert decision.verdict is Verdict.PENDING


@pytest.mark.parametrize(
    ("floor", "own", "observes"),
    [("", "2030-01-01", False), ("2030-01-01", "", False), ("2030-01-01", "2029-01-01", True)],
)
def test_the_whole_observes_only_while_both_do(floor: str, own: str, *, observes: bool) -> None:
    until = {day: f"observe: {{until: {day}T00:00:00Z}}\n" if day else "" for day in (floor, own)}
    policy = joined(
        written("approvals: {count: 1}", until[floor]),
        written("approvals: {count: 1}", until[own]),
    )

    decision = evaluate(policy, change())

    assert decision.verdict is Verdict.PENDING
    assert bool(decision.observing_until) is observes
    if decision.observing_until:
        assert decision.observing_until.year == 2029


def test_people_apart_stays_said_under_the_floors_names() -> None:
    source = b"""\
version: 1
distinct: [[A, B]]
requirements:
  A: {require: {approvals: {count: 1}}}
  B: {require: {approvals: {count: 1}}}
"""
    floor = parse_policy(source, POLICY_PATH)

    one = evaluate(joined(floor, SECTION), change(reviews=(approval(BOB),)))
    two = evaluate(joined(floor, SECTION), change(reviews=(approval(BOB), approval(CARL, id=2))))

    assert [decision.result.children[-1].outcome for decision in (one, two)] == ["pending", "pass"]
    assert one.result.children[-1].name == ("Different people for Organisation: A, Organisation: B")


def test_the_digest_names_both_files_in_their_order() -> None:
    assert joined(ONE, TWO).digest != joined(TWO, ONE).digest
    assert joined(ONE, TWO).digest.startswith("sha256:")
