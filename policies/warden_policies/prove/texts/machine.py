"""Several patterns as one machine that reads a text: which of them have been found so far.

A state is the set of places in all patterns where the text may have led to, as the bits of a
number; the patterns that were found, which are not followed any more; and what the last character
was, for `^`, `$` and `\\b`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import (
    Final,
)

from warden_policies.glob_syntax import Characters
from warden_policies.prove.texts.syntax import (
    At,
    Choice,
    NotFollowed,
    Often,
    One,
    Row,
    Spot,
    Tree,
)

MOST_PLACES: Final = 5_000


class Side(IntEnum):
    """What stands beside a spot in the text."""

    NOTHING = 0
    LINE_FEED = 1
    WORD = 2
    OTHER = 3


def side_of(character: str) -> Side:
    """What a character is beside a spot."""
    if character == "\n":
        return Side.LINE_FEED
    word = character.isascii() and (character.isalnum() or character == "_")
    return Side.WORD if word else Side.OTHER


def _is(spot: Spot, before: Side, after: Side) -> bool:
    match spot:
        case Spot.TEXT_BEGINS:
            return before is Side.NOTHING
        case Spot.TEXT_ENDS:
            return after is Side.NOTHING
        case Spot.LINE_BEGINS:
            return before in (Side.NOTHING, Side.LINE_FEED)
        case Spot.LINE_ENDS:
            return after in (Side.NOTHING, Side.LINE_FEED)
        case Spot.WORD_EDGE:
            return (before is Side.WORD) != (after is Side.WORD)
        case Spot.NO_WORD_EDGE:
            return (before is Side.WORD) == (after is Side.WORD)


@dataclass(frozen=True, slots=True)
class State:
    """Where a text has led to."""

    places: int = 0
    found: int = 0
    before: Side = Side.NOTHING


class Machine:
    """Follows a text through all patterns at once; each is looked for anywhere in it.

    Raises:
        NotFollowed: the patterns have more than `MOST_PLACES` places together.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._reading: dict[int, tuple[Characters, int]] = {}
        """By place: the characters that lead on from it, and where to."""
        self._leaps: dict[int, list[tuple[Spot | None, int]]] = {}
        """By place: where one gets without reading, and at which spots."""
        self._size = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._own: list[int] = []
        for tree in trees:
            first = self._size
            end = self._place()
            self._starts.append(self._lay(tree, end))
            self._ends.append(end)
            self._own.append(((1 << self._size) - 1) & ~((1 << first) - 1))
        self._settled = lru_cache(maxsize=200_000)(self._settle)

    @property
    def characters(self) -> tuple[Characters, ...]:
        """All that are read anywhere."""
        return tuple(dict.fromkeys(characters for characters, _ in self._reading.values()))

    @property
    def start(self) -> State:
        """Before the first character."""
        return State()

    def step(self, state: State, character: str) -> State:
        """After one more character."""
        after = side_of(character)
        places, found = self._here(state, after)
        moved = 0
        while places:
            place = places & -places
            places ^= place
            known = self._reading.get(place.bit_length() - 1)
            if known and character in known[0]:
                moved |= 1 << known[1]
        return State(self._without(moved, found), found, after)

    def matched(self, state: State) -> frozenset[int]:
        """The patterns that are found in a text that ends here."""
        _, found = self._here(state, Side.NOTHING)
        return frozenset(at for at in range(len(self._ends)) if found >> at & 1)

    def _here(self, state: State, after: Side) -> tuple[int, int]:
        """All places before the next character, and what is found by then."""
        places = state.places
        for at, start in enumerate(self._starts):
            if not state.found >> at & 1:
                places |= 1 << start
        places = self._settled(places, state.before, after)
        found = state.found
        for at, end in enumerate(self._ends):
            if places >> end & 1:
                found |= 1 << at
        return self._without(places, found), found

    def _without(self, places: int, found: int) -> int:
        """The places without those of patterns that are found."""
        for at, own in enumerate(self._own):
            if found >> at & 1:
                places &= ~own
        return places

    def _settle(self, places: int, before: Side, after: Side) -> int:
        """All places that can be reached without reading."""
        open_ones = [at for at in range(places.bit_length()) if places >> at & 1]
        while open_ones:
            for spot, to in self._leaps.get(open_ones.pop(), ()):
                if not places >> to & 1 and (spot is None or _is(spot, before, after)):
                    places |= 1 << to
                    open_ones.append(to)
        return places

    def _place(self) -> int:
        """One more place. Repetitions are written out, so there could be millions."""
        if self._size >= MOST_PLACES:
            raise NotFollowed(f"more than {MOST_PLACES} places")
        self._size += 1
        return self._size - 1

    def _lay(self, tree: Tree, to: int) -> int:
        """The place from which the tree leads to `to`."""
        match tree:
            case One(characters):
                place = self._place()
                self._reading[place] = (characters, to)
                return place
            case At(spot):
                return self._fork((spot, to))
            case Row(parts):
                for part in reversed(parts):
                    to = self._lay(part, to)
                return to
            case Choice(parts):
                return self._fork(*((None, self._lay(part, to)) for part in parts))
            case Often(part, least, most):
                return self._repeat(part, least, most, to)

    def _fork(self, *ways: tuple[Spot | None, int]) -> int:
        place = self._place()
        self._leaps[place] = list(ways)
        return place

    def _repeat(self, part: Tree, least: int, most: int | None, to: int) -> int:
        if most is None:
            loop = self._fork((None, to))
            self._leaps[loop].append((None, self._lay(part, loop)))
            to = loop
        for _ in range((most or least) - least):
            to = self._fork((None, to), (None, self._lay(part, to)))
        for _ in range(least):
            to = self._lay(part, to)
        return to
