"""Every set of patterns that one text can match, found by following all texts at once."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from warden_policies.glob_letters import Ending, Letter, letters
from warden_policies.glob_syntax import Characters, Glob, Kind
from warden_policies.prove.texts.machine import Machine, State
from warden_policies.prove.texts.syntax import Tree

MOST_STATES: Final = 4_000
_WORD: Final = Characters((("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")))
_FREE: Final = (Letter("\n", 20), Letter("\t", 30), Letter("\x01", 60))
"""What texts of more than one line have, and others have not."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The sets that were found, each with the simplest text; `complete` if there are no others."""

    found: dict[frozenset[int], str]
    complete: bool


def walk(trees: Sequence[Tree], kind: Kind | None, *, limit: int = MOST_STATES) -> Walk:
    """The sets of patterns, by position, that a text of this kind can match.

    Without a kind a text may be anything, even empty.
    """
    machine = Machine(trees)
    found: dict[frozenset[int], str] = {}
    texts = _texts(machine, _letters(machine, kind), kind)
    for text, matched in islice(texts, limit):
        if matched is not None:
            found.setdefault(matched, text)
    return Walk(found, complete=next(texts, None) is None)


def _letters(machine: Machine, kind: Kind | None) -> tuple[Letter, ...]:
    """One for each kind of characters that no pattern tells apart."""
    told_apart = Glob((((*machine.characters, _WORD),),), segmented=False)
    known = letters([told_apart], kind or Kind.TITLE)
    return known if kind else (*known, *_FREE)


def _texts(
    machine: Machine, alphabet: Sequence[Letter], kind: Kind | None
) -> Iterator[tuple[str, frozenset[int] | None]]:
    """A text for each state, the simplest first, with what it matches if it is a whole one."""
    queue: list[tuple[int, int, State, Ending, str]] = [(0, 0, machine.start, Ending.EMPTY, "")]
    seen: set[tuple[State, Ending]] = set()
    number = 0
    while queue:
        cost, _, state, ending, text = heapq.heappop(queue)
        if (state, ending) in seen:
            continue
        seen.add((state, ending))
        whole = ending.complete or kind is None
        yield text, machine.matched(state) if whole else None
        for letter in alphabet:
            after = _after(ending, letter.character, kind)
            if after is not None:
                number += 1
                reached = machine.step(state, letter.character)
                price = cost + letter.cost_after(ending)
                heapq.heappush(queue, (price, number, reached, after, text + letter.character))


def _after(ending: Ending, character: str, kind: Kind | None) -> Ending | None:
    return Ending.NAME if kind is None else ending.after(character, kind)
