"""Which of several globs can match one and the same text, and a text for each case: exactly.

All globs are followed at once, character by character, as one machine: a bit stands for a place in
a glob, a state is the set of places that a text may have led to. Characters that all globs treat
alike are one character here, so there are few, and every state that any text leads to is visited.
What is found is therefore all there is, and each case comes with a text that shows it.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from warden_policies.glob_letters import Ending, Letter, letters
from warden_policies.glob_machine import Machine
from warden_policies.glob_syntax import Kind, parse_glob

LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Signature:
    """The positions of the globs that match `witness`, of which no other glob matches it."""

    matched: frozenset[int]
    witness: str


class Undecided(Exception):
    """There are more states than were allowed: nothing is known, and nothing may be concluded."""


def signatures(
    globs: Sequence[str], kind: Kind = Kind.PATH, *, limit: int = LIMIT
) -> tuple[Signature, ...]:
    """Every set of these globs (none with a `!`) that one text can match, the simplest text first.

    Texts are what the kind allows: a path or branch has no segment that is empty, `.` or `..`;
    branches have no character that git refuses there; titles are one line. None is empty.

    Raises:
        InvalidGlob: one of them is no glob.
        Undecided: more than `limit` states would have to be visited.
    """
    parsed = [parse_glob(text, kind) for text in globs]
    machine = Machine(parsed)
    found: dict[int, str] = {}
    for state, text in _reachable(machine, letters(parsed, kind), kind, limit):
        found.setdefault(state & machine.accepting, text)
    return tuple(Signature(machine.matched(bits), text) for bits, text in found.items())


_State: TypeAlias = tuple[int, Ending]
_Origin: TypeAlias = "tuple[_State, str] | None"
"""The state before, and the character that led on from it; None at the start."""


def _reachable(
    machine: Machine, alphabet: Sequence[Letter], kind: Kind, limit: int
) -> Iterator[tuple[int, str]]:
    """Every state of the machine in which a text may end, with the simplest such text."""
    effects = [(letter, *machine.effect(letter.character)) for letter in alphabet]
    came: dict[_State, _Origin] = {}
    # The number keeps the order of equally simple texts, and the heap from comparing states.
    number = count()
    queue: list[tuple[int, int, _State, _Origin]] = []
    heapq.heappush(queue, (0, next(number), (machine.start, Ending.EMPTY), None))
    while queue:
        cost, _, state, origin = heapq.heappop(queue)
        if state in came:
            continue
        if len(came) >= limit:
            raise Undecided(f"more than {limit} states")
        came[state] = origin
        places, ending = state
        if ending.complete:
            yield places, _text(state, came)
        for letter, moved, stayed, after in _steps(places, ending, effects, kind):
            reached = (machine.step(moved, stayed), after)
            if reached not in came:
                price = cost + letter.cost_after(ending)
                entry = (price, next(number), reached, (state, letter.character))
                heapq.heappush(queue, entry)


def _steps(
    places: int, ending: Ending, effects: Sequence[tuple[Letter, int, int]], kind: Kind
) -> Iterator[tuple[Letter, int, int, Ending]]:
    """Each different step from here, by the simplest letter that makes it."""
    seen = set()
    for letter, moves, stays in effects:
        after = ending.after(letter.character, kind)
        step = (places & moves, places & stays, after)
        if after is not None and step not in seen:
            seen.add(step)
            yield letter, places & moves, places & stays, after


def _text(state: _State, came: Mapping[_State, _Origin]) -> str:
    characters = []
    while (origin := came[state]) is not None:
        state, character = origin
        characters.append(character)
    return "".join(reversed(characters))
