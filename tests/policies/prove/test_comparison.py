"""Policies compared: what is said of all changes holds for changes that nobody looked at."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.policies.prove.changes import random_change
from tests.policies.prove.strategies import policies, policy_of, requirements
from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Group, Policy
from warden_policies.prove import Relation, compare

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def allows(policy: Policy, change: Change) -> bool:
    return answer(policy.root, change).outcome is Outcome.PASS


def with_members(policy: Policy, *members: Group) -> Policy:
    root = Group(Combine.POLICY, policy.root.name, members)
    return Policy(policy.path, policy.digest, root)


def groups(policy: Policy) -> tuple[Group, ...]:
    return policy.requirements


@SLOW
@given(policies(), policies(), st.integers(0, 2**32))
def test_what_is_said_of_both_policies_holds_for_random_changes(
    old: Policy, other: Policy, seed: int
) -> None:
    new = with_members(old, *groups(old)[:-2], *groups(other)[:1], groups(old)[-1])
    random = Random(seed)

    found = compare(old, new)

    assert found.doubts == ()
    if found.newly_allowed:
        assert allows(new, found.newly_allowed)
        assert not allows(old, found.newly_allowed)
    if found.newly_refused:
        assert allows(old, found.newly_refused)
        assert not allows(new, found.newly_refused)
    for change in (random_change(random) for _ in range(150)):
        assert found.newly_allowed or allows(old, change) or not allows(new, change)
        assert found.newly_refused or allows(new, change) or not allows(old, change)


@SLOW
@given(policies())
def test_the_order_of_requirements_makes_no_difference(policy: Policy) -> None:
    turned = with_members(policy, *reversed(groups(policy)))

    assert compare(with_members(policy, *groups(policy)), turned).relation is Relation.EQUAL


@SLOW
@given(policies(), requirements)
def test_one_more_requirement_without_a_condition_is_never_weaker(
    policy: Policy, more: dict[str, Any]
) -> None:
    first = policy_of({"version": 1, "requirements": {"Always": {"require": {"draft": False}}}})
    base = with_members(policy, *groups(first)[:1], *groups(policy))
    added = policy_of({"version": 1, "requirements": {"Extra": more}})

    found = compare(base, with_members(base, *groups(base), groups(added)[0]))

    assert found.relation in (Relation.EQUAL, Relation.STRICTER)


def peer_review(**more: object) -> Policy:
    return policy_of(
        {"version": 1, "requirements": {"Peer": {"require": {"approvals": {"count": 1, **more}}}}}
    )


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ({}, {"count": 2}, Relation.STRICTER),
        ({"count": 2}, {}, Relation.WEAKER),
        ({}, {"teams": ["acme/payments"]}, Relation.INCOMPARABLE),
        ({"permission": "write"}, {"permission": "maintain"}, Relation.STRICTER),
        ({}, {"allow_opener": True}, Relation.WEAKER),
        ({}, {"content": "head"}, Relation.STRICTER),
        ({}, {"expire_after_days": 30}, Relation.STRICTER),
        ({"expire_after_days": 30}, {"expire_after_days": 7}, Relation.STRICTER),
        ({"people": ["bob"]}, {"people": ["Bob"]}, Relation.EQUAL),
        ({}, {"unattributed": "one_more"}, Relation.WEAKER),
    ],
)
def test_known_changes_of_a_policy(
    old: dict[str, object], new: dict[str, object], relation: Relation
) -> None:
    assert compare(peer_review(**old), peer_review(**new)).relation is relation
