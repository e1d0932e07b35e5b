"""Whom a policy names, wherever in it that is."""

from dataclasses import dataclass

import pytest

from warden_policies.actors import Accounts, Actors, Teams, named_actors
from warden_policies.policy import Combine, Group, Policy, Question
from warden_policies.policy_bot.actors import ActorSet


@dataclass(frozen=True, slots=True)
class _Approvals:
    count: int
    people: Accounts = ()
    teams: Teams = ()
    robots: Accounts | None = None
    lifters: Actors | None = None
    others: tuple[Actors, ...] = ()
    more: Actors | None = None


def named(*arguments: object) -> Actors:
    questions = tuple(Question("approvals", each) for each in arguments)
    deep = Group(Combine.NOT, "", (Group(Combine.ALL, "", questions),))
    return named_actors(Policy("policy.yml", "sha256:0", Group(Combine.POLICY, "", (deep,))))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (_Approvals(1), Actors()),
        (_Approvals(1, people=("bob", "carl#3")), Actors(("bob", "carl#3"))),
        (_Approvals(1, teams=("acme/payments",)), Actors(teams=("acme/payments",))),
        (_Approvals(1, robots=("robot[bot]",)), Actors(("robot[bot]",))),
        (
            _Approvals(1, lifters=Actors(("dina",), ("acme/leads",))),
            Actors(("dina",), ("acme/leads",)),
        ),
        (_Approvals(1, others=(Actors(("bob",)), Actors(("dina",)))), Actors(("bob", "dina"))),
        (_Approvals(1, more=Actors(("eve",))), Actors(("eve",))),
        (
            ActorSet(("bob", "no name"), ("acme/payments", "acme"), ("acme",)),
            Actors(("bob",), ("acme/payments",)),
        ),
        ("a predicate without arguments of its own", Actors()),
    ],
    ids=str,
)
def test_names_are_found_by_their_type(arguments: object, expected: Actors) -> None:
    assert named(arguments) == expected


def test_everybody_is_named_once_however_often_the_policy_does() -> None:
    assert named(_Approvals(1, ("bob",)), _Approvals(2, ("carl", "bob"))) == Actors(("bob", "carl"))
