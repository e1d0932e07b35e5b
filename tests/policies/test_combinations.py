"""How answers are combined: alternatives, negation, conditions, and people who differ."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_policies.combinations import COMBINATIONS
from warden_policies.combinations.distinct import duties_apart
from warden_policies.model import Person
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group, Question

P, F, W, N, E = (
    Outcome.PASS,
    Outcome.FAIL,
    Outcome.PENDING,
    Outcome.NOT_APPLICABLE,
    Outcome.ERROR,
)


def combined(combine: Combine, *outcomes: Outcome) -> Outcome:
    members = tuple(Question("checks", ()) for _ in outcomes)
    results = (Result("one", outcome, outcome.value) for outcome in outcomes)
    return COMBINATIONS[combine](Group(combine, "group", members), results).outcome


@pytest.mark.parametrize(
    ("outcomes", "every", "some"),
    [
        ((P, P), P, P),
        ((P, F), F, P),
        ((P, W), W, P),
        ((F, W), F, W),
        ((F, F), F, F),
        ((N, P), P, P),
        ((N, F), F, F),
        ((N, N), N, N),
        ((E, P), E, E),
        ((E, F), E, E),
    ],
)
def test_all_take_the_worst_and_any_the_best_but_an_error_stands_above_both(
    outcomes: tuple[Outcome, ...], every: Outcome, some: Outcome
) -> None:
    assert combined(Combine.ALL, *outcomes) is every
    assert combined(Combine.ANY, *outcomes) is some


@pytest.mark.parametrize(("inner", "outer"), [(P, F), (F, P), (W, W), (N, N), (E, E)])
def test_what_is_unknown_stays_unknown_when_negated(inner: Outcome, outer: Outcome) -> None:
    assert combined(Combine.NOT, inner) is outer


@pytest.mark.parametrize(
    ("when", "required", "outcome"),
    [(P, P, P), (P, F, F), (P, N, N), (F, P, N), (F, E, N), (E, P, E), (W, P, W), (N, P, N)],
)
def test_a_requirement_applies_when_its_condition_passes(
    when: Outcome, required: Outcome, outcome: Outcome
) -> None:
    assert combined(Combine.REQUIREMENT, when, required) is outcome


def test_what_is_required_is_not_asked_when_it_does_not_apply() -> None:
    def results() -> object:
        yield Result("when", F, "no")
        raise AssertionError("asked")

    group = Group(Combine.REQUIREMENT, "R", (Question("a", ()), Question("b", ())))

    assert COMBINATIONS[Combine.REQUIREMENT](group, results()).outcome is N  # type: ignore[arg-type]


@pytest.mark.parametrize("outcomes", [*product((P, F, W, N, E), repeat=2)])
def test_no_combination_passes_without_a_pass(outcomes: tuple[Outcome, ...]) -> None:
    for combine in (Combine.ALL, Combine.ANY, Combine.POLICY):
        if combined(combine, *outcomes) is P:
            assert P in outcomes
            assert E not in outcomes


NEEDS = st.lists(
    st.tuples(st.integers(1, 2), st.frozensets(st.integers(1, 5), max_size=5)),
    min_size=2,
    max_size=4,
)


@given(NEEDS)
def test_different_people_are_found_whenever_there_are_enough(
    needs: list[tuple[int, frozenset[int]]],
) -> None:
    """Compared with trying every way to hand the people out."""
    duties = tuple(
        Result(
            f"D{index}",
            Outcome.PASS,
            "",
            approvers=tuple(Person(id, f"p{id}") for id in sorted(able)),
            needed=needed,
        )
        for index, (needed, able) in enumerate(needs)
    )

    found = duties_apart([duty.name for duty in duties], duties)

    assert (found.outcome is P) == _can_be_served(needs)


def _can_be_served(needs: list[tuple[int, frozenset[int]]]) -> bool:
    people = sorted({person for _, able in needs for person in able})
    for jobs in product(range(-1, len(needs)), repeat=len(people)):
        given_to = [
            sum(job == index and person in able for person, job in zip(people, jobs, strict=True))
            for index, (_, able) in enumerate(needs)
        ]
        if all(got >= needed for got, (needed, _) in zip(given_to, needs, strict=True)):
            return True
    return False
