"""Questions that the prover does not understand: each may be answered in any way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Question
from warden_policies.prove.formula import TRUE, Formula, Is, Values
from warden_policies.prove.part import Need

_OUTCOMES: Final = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Riddle:
    """A question whose word the prover does not know."""

    question: Question


@dataclass(frozen=True)
class Riddles:
    """The riddles of a policy, each a free choice of an outcome."""

    questions: tuple[Question, ...]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Riddles":
        """The riddles among these needs."""
        return cls(tuple(need.question for need in needs if isinstance(need, Riddle)))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Each riddle's outcome."""
        return {_name(number): len(_OUTCOMES) for number in range(len(self.questions))}

    @property
    def always(self) -> Formula:
        """Nothing is known."""
        return TRUE

    def answered(self, question: Question, outcome: Outcome) -> Formula:
        """The riddle is answered so."""
        return Is(_name(self.questions.index(question)), _OUTCOMES.index(outcome))

    def words_of(self, names: Collection[str]) -> tuple[str, ...]:
        """The words of the riddles among these choices."""
        words = (
            question.predicate
            for number, question in enumerate(self.questions)
            if _name(number) in names
        )
        return tuple(dict.fromkeys(words))

    def draw(self, values: Values, change: Change) -> Change:  # noqa: ARG002 - as every part
        """Nothing: nobody knows what to draw."""
        return change


def _name(number: int) -> str:
    return f"riddle.{number}"
