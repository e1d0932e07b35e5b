"""What the prover knows of a word: which changes it tells apart, and its answer as formulas.

One file per word in `words/`. A word without one is a riddle: it may answer anything, so nothing
is ever proved by it, and what depends on its answer is undecided.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from warden_policies.prove.answer import Answer
from warden_policies.prove.part import Need
from warden_policies.prove.sketch import Sketch

Needs: TypeAlias = Callable[[Any], Iterable[Need]]
Encoding: TypeAlias = Callable[[Any, Sketch], Answer]


@dataclass(frozen=True, slots=True)
class Word:
    """`needs` and `answer` take the predicate's own arguments."""

    needs: Needs
    answer: Encoding


_TABLE: Final[dict[str, Word]] = {}
WORDS: Final[Mapping[str, Word]] = MappingProxyType(_TABLE)
"""Every word that the prover knows. Complete once `warden_policies.prove.words` is imported."""


def word(name: str, needs: Needs) -> Callable[[Encoding], Encoding]:
    """Register the decorated function as the answer of the predicate `name`."""

    def register(answer: Encoding) -> Encoding:
        _TABLE[name] = Word(needs, answer)
        return answer

    return register


def nothing(_arguments: object) -> tuple[Need, ...]:
    """The needs of a word that tells nothing apart but what every picture does."""
    return ()
