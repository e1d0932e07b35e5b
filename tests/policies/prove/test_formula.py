"""Formulas: simplified without changing what they say, and solved like trying everything."""

import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    at_least,
    at_most_one,
    both,
    choices,
    either,
    every,
    holds,
    implies,
    no,
    rewritten,
    some,
)
from warden_policies.prove.solver import NoModel, ProverMissing, Solver

SIZES = {"a": 2, "b": 3, "c": 2}
EVERYTHING = [
    dict(zip(SIZES, values, strict=True)) for values in product(*map(range, SIZES.values()))
]
atoms: st.SearchStrategy[Formula] = st.sampled_from(
    [Is(name, value) for name, size in SIZES.items() for value in range(size)]
)
constants: st.SearchStrategy[Formula] = st.sampled_from([TRUE, FALSE])
formulas: st.SearchStrategy[Formula] = st.recursive(
    constants | atoms,
    lambda inner: st.one_of(
        inner.map(no),
        st.lists(inner, max_size=3).map(every),
        st.lists(inner, max_size=3).map(some),
        st.tuples(st.integers(0, 4), st.lists(inner, max_size=4)).map(lambda args: at_least(*args)),
    ),
    max_leaves=12,
)


@given(st.lists(formulas, max_size=4), st.integers(0, 5), st.sampled_from(EVERYTHING))
def test_what_is_built_says_what_it_is_built_of(
    parts: list[Formula], count: int, values: dict[str, int]
) -> None:
    true = [holds(part, values) for part in parts]

    assert holds(every(parts), values) == all(true)
    assert holds(some(parts), values) == any(true)
    assert holds(at_least(count, parts), values) == (sum(true) >= count)
    assert holds(at_most_one(parts), values) == (sum(true) <= 1)
    assert [holds(no(part), values) for part in parts] == [not each for each in true]


@given(formulas, formulas, st.sampled_from(EVERYTHING))
def test_two_parts_are_joined(one: Formula, other: Formula, values: dict[str, int]) -> None:
    first, second = holds(one, values), holds(other, values)

    assert holds(both(one, other), values) == (first and second)
    assert holds(either(one, other), values) == (first or second)
    assert holds(implies(one, other), values) == (second or not first)


@settings(deadline=None)
@given(formulas)
def test_the_solver_finds_values_where_there_are_any(formula: Formula) -> None:
    found = Solver(SIZES, []).solve(formula)

    possible = [values for values in EVERYTHING if holds(formula, values)]
    if isinstance(found, NoModel):
        assert (found, possible) == (NoModel.IMPOSSIBLE, [])
    else:
        assert holds(formula, found)


@given(formulas, st.sampled_from(EVERYTHING))
def test_a_rewritten_formula_speaks_of_the_other_change(
    formula: Formula, values: dict[str, int]
) -> None:
    def plain(atom: Is) -> Formula:
        if atom.name != "b":
            return atom
        return FALSE if atom.value else TRUE

    assert holds(rewritten(formula, plain), values) == holds(formula, {**values, "b": 0})
    assert rewritten(formula, lambda atom: atom) is formula
    assert choices(rewritten(formula, plain)) <= choices(formula) - {"b"}


def test_what_always_holds_is_never_broken() -> None:
    solver = Solver(SIZES, [Is("a", 1)])

    assert solver.solve(Is("a", 0)) is NoModel.IMPOSSIBLE
    assert solver.solve(Is("b", 2)) == {"a": 1, "b": 2}


def test_without_z3_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    with pytest.raises(ProverMissing, match=r"pip install 'changewarden\[policy\]'"):
        Solver(SIZES, [])
