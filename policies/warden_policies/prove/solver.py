"""Whether a formula can hold, and how. The only module that knows z3.

z3 is an extra, so it is imported when the first formula is solved. Effort is bounded by a count of
z3's own steps and never by a clock: the same question has the same answer on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

from warden_policies.prove.formula import All, AtLeast, Formula, Is, Not, Some, Values

EFFORT: Final = 20_000_000
"""Steps of z3 for one question: some ten seconds. Usual questions take a thousandth of it."""


BUDGET: Final = 3_000_000
"""Parts of formulas for all questions about one policy: a minute or two. What is asked later stays
undecided, so that no policy keeps the prover busy without end."""


class ProverMissing(Exception):
    """z3 is not installed. The text says how to get it."""


class NoModel(Enum):
    """Why there are no values."""

    IMPOSSIBLE = "impossible"
    """The formula holds for no values: that is proved."""
    GAVE_UP = "gave up"
    """The solver did not get to an answer."""


class Solver:
    """Looks for values of the choices under which formulas hold, together with what always does."""

    def __init__(self, sizes: Mapping[str, int], always: Iterable[Formula]) -> None:
        self._z3 = _z3()
        self._context = self._z3.Context()
        self._sizes = sizes
        self._spent = 0
        self._known: dict[int, tuple[Formula, Any]] = {}
        self._atoms: dict[Is, Any] = {}
        self._solver = self._z3.SolverFor("QF_FD", ctx=self._context)
        self._solver.set("rlimit", EFFORT)
        for name, size in sizes.items():
            self._declare(name, size)
        for formula in always:
            self._solver.add(self._translated(formula))

    def solve(self, formula: Formula) -> Values | NoModel:
        """Values under which `formula` holds, or why there are none."""
        if self._spent > BUDGET:
            return NoModel.GAVE_UP
        self._solver.push()
        try:
            self._solver.add(self._translated(formula))
            answer = self._solver.check()
            if answer == self._z3.unsat:
                return NoModel.IMPOSSIBLE
            return self._values() if answer == self._z3.sat else NoModel.GAVE_UP
        finally:
            self._solver.pop()

    def _values(self) -> Values:
        model = self._solver.model()
        chosen = (atom for atom, wire in self._atoms.items() if self._z3.is_true(model.eval(wire)))
        return {atom.name: atom.value for atom in chosen if atom.value}

    def _declare(self, name: str, size: int) -> None:
        """One wire for each value but 0, at most one of them on; 0 is none of them."""
        wires = [self._z3.Bool(f"{name}={value}", self._context) for value in range(1, size)]
        self._atoms.update({Is(name, value): wire for value, wire in enumerate(wires, 1)})
        self._atoms[Is(name, 0)] = self._z3.Not(self._any(wires))
        if len(wires) > 1:
            self._solver.add(self._z3.AtMost(*wires, 1))

    def _any(self, wires: list[Any]) -> Any:  # noqa: ANN401 - z3 has no types
        return self._joined(self._z3.Z3_mk_or, wires, empty=False)

    def _all(self, wires: list[Any]) -> Any:  # noqa: ANN401 - z3 has no types
        return self._joined(self._z3.Z3_mk_and, wires, empty=True)

    def _joined(self, join: Any, wires: list[Any], *, empty: bool) -> Any:  # noqa: ANN401 - as above
        """z3's own And and Or compare the context of each part with each other's: far slower."""
        if len(wires) < 2:
            return wires[0] if wires else self._z3.BoolVal(val=empty, ctx=self._context)
        parts = (self._z3.Ast * len(wires))(*(wire.as_ast() for wire in wires))
        return self._z3.BoolRef(join(self._context.ref(), len(wires), parts), self._context)

    def _translated(self, formula: Formula) -> Any:  # noqa: ANN401 - z3 has no types
        """z3's form of a formula. One that stands in several places is translated once."""
        if id(formula) not in self._known:
            # The formula is kept beside it, so that no other one gets the same id.
            self._known[id(formula)] = (formula, self._translate(formula))
        return self._known[id(formula)][1]

    def _translate(self, formula: Formula) -> Any:  # noqa: ANN401 - z3 has no types
        self._spent += 1
        match formula:
            case Is():
                return self._atoms[formula]
            case Not(part):
                return self._z3.Not(self._translated(part))
            case All(parts):
                return self._all([self._translated(part) for part in parts])
            case Some(parts):
                return self._any([self._translated(part) for part in parts])
            case AtLeast(count, parts):
                return self._counted(count, parts)

    def _counted(self, count: int, parts: Sequence[Formula]) -> Any:  # noqa: ANN401 - as above
        weights = Counter(map(id, parts))
        wires = {id(part): self._translated(part) for part in parts}
        return self._z3.PbGe([(wires[part], weight) for part, weight in weights.items()], count)


def _z3() -> Any:  # noqa: ANN401 - z3 has no types
    try:
        import z3  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and a large one
    except ImportError:
        raise ProverMissing(
            "the prover needs z3, which is not installed: pip install 'changewarden[policy]'"
        ) from None
    return z3
