"""Finding a change that shows something, made as plain as it can be, or proving there is none.

What the solver finds is drawn and tried: a change is reported only when the evaluator itself says
of it what is claimed.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.prove.formula import (
    TRUE,
    Formula,
    Is,
    Values,
    both,
    choices,
    every,
    holds,
    no,
)
from warden_policies.prove.part import CannotDraw
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.solver import NoModel, Solver
from warden_policies.text import listed, quoted

Shows: TypeAlias = Callable[[Change], bool]
"""Whether a drawn change is really what was looked for."""

_TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A change that shows it."""

    change: Change


@dataclass(frozen=True, slots=True)
class Never:
    """No change shows it: that is proved."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nobody knows, and why."""

    why: str


Finding: TypeAlias = Found | Never | Undecided


@dataclass(frozen=True)
class Search:
    """Looks for changes of one sketch."""

    sketch: Sketch
    solver: Solver

    @classmethod
    def of(cls, sketch: Sketch) -> "Search":
        """A search among the changes of this sketch.

        Raises:
            ProverMissing: z3 is not installed.
        """
        return cls(sketch, Solver(sketch.sizes, [sketch.always]))

    def find(self, formula: Formula, shows: Shows) -> Finding:
        """A change for which the formula holds and that `shows` it."""
        likely = self._among(self.sketch.likely, formula, shows)
        if isinstance(likely, Found) or self.sketch.likely is TRUE:
            return likely
        return self._among(TRUE, formula, shows)

    def _among(self, assumed: Formula, formula: Formula, shows: Shows) -> Finding:
        tried: list[Formula] = []
        for _ in range(_TRIES):
            values = self.solver.solve(both(assumed, formula, *tried))
            if isinstance(values, NoModel):
                return self._without(values, formula, tried=bool(tried))
            asked = self._without_idle(values, both(assumed, formula))
            if self._shows(asked, shows):
                return Found(self._in_order(self._plainer(asked, shows), shows))
            tried.append(self._lesson(asked, formula))
        return Undecided(self._why(formula))

    def _in_order(self, values: Values, shows: Shows) -> Change:
        """The change, its people called by the order in which they come if it shows so still."""
        change = self.sketch.draw(values)
        renamed = self.sketch.cast.in_order(change)
        return renamed if shows(renamed) else change

    def _without_idle(self, values: Values, formula: Formula) -> Values:
        """The values without those of which the formula does not speak, if that may be."""
        spoken = choices(formula)
        meant = values.keys() | self.sketch.spelled_out
        asked = {name: values.get(name, 0) for name in spoken & meant}
        return asked if holds(self.sketch.always, asked) else values

    def _shows(self, values: Values, shows: Shows) -> bool:
        try:
            return shows(self.sketch.draw(values))
        except CannotDraw:
            return False

    def _without(self, reason: NoModel, formula: Formula, *, tried: bool) -> Finding:
        if reason is NoModel.GAVE_UP:
            return Undecided("the solver gave up: the policy is too large for it")
        if tried:
            return Undecided(self._why(formula))
        if self.sketch.gaps:
            return Undecided(f"left out of account: {listed(self.sketch.gaps, 3)}")
        return Never()

    def _why(self, formula: Formula) -> str:
        words = self.sketch.riddles.words_of(choices(formula))
        if words:
            return f"the prover does not know what {listed(map(quoted, words))} asks"
        return "what the solver found does not happen when it is tried"

    def _lesson(self, values: Values, formula: Formula) -> Formula:
        """What a change that showed nothing teaches: how its riddles are really answered.

        Without riddles the picture was wrong there, and only this one spot of it is left out.
        """
        answers = tuple(self._answers(values))
        if answers:
            return every(answers)
        spot = (Is(name, values.get(name, 0)) for name in sorted(choices(formula)))
        return no(every(spot))

    def _answers(self, values: Values) -> Iterator[Formula]:
        riddles = self.sketch.riddles
        try:
            change = self.sketch.draw(values)
        except CannotDraw:
            return
        for question in riddles.questions:
            yield riddles.answered(question, answer(question, change).outcome)

    def _plainer(self, values: Values, shows: Shows) -> Values:
        """The values with every choice made plain that need not be anything else."""
        kept, before = dict(values), None
        while kept != before:
            before = kept
            kept = self._lowered(self._fewer(kept, shows), shows)
        return self._first([{**kept, **self.sketch.sparing}], kept, shows)

    def _fewer(self, values: Values, shows: Shows) -> Values:
        """Less by what is not needed: first what belongs together, then each by itself."""
        kept = dict(values)
        for names in (*self._groups, *([name] for name in sorted(values, key=_rank))):
            without = {name: value for name, value in kept.items() if name not in names}
            if len(without) < len(kept) and self._may_be(without, shows):
                kept = without
        return kept

    def _lowered(self, values: Values, shows: Shows) -> dict[str, int]:
        """Each choice nearer to the plain one."""
        kept = dict(values)
        for name in values:
            if name in kept:
                others = [*self._lower(kept, name), *self.sketch.simpler(kept, name)]
                kept = self._first(others, kept, shows)
        return kept

    def _first(self, others: Sequence[Values], kept: Values, shows: Shows) -> dict[str, int]:
        """The first of these values that will do, or those that did."""
        found = next((one for one in others if self._may_be(one, shows)), kept)
        return dict(found)

    def _lower(self, values: Values, name: str) -> Iterator[Values]:
        """With this choice nearer to the plain one."""
        return ({**values, name: lower} for lower in range(1, values.get(name, 0)))

    def _may_be(self, values: Values, shows: Shows) -> bool:
        return holds(self.sketch.always, values) and self._shows(values, shows)

    @cached_property
    def _groups(self) -> Sequence[Collection[str]]:
        """The choices of a part of the picture, and those about one account."""
        names = self.sketch.sizes
        accounts = [(f"{who}.", f"commit.{who}.") for who in self.sketch.cast.everybody]
        own = [frozenset(name for name in names if name.startswith(each)) for each in accounts]
        return (*self.sketch.groups, *own)


def _rank(name: str) -> tuple[int, str]:
    """What people do is taken away first; what they are stays until nothing needs it."""
    deeds = ("says", "said before", "hand", "commit")
    return (0 if name.endswith(deeds) else 1, name)
