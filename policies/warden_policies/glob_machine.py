"""Several globs as one machine whose states are sets of places, held as the bits of a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from warden_policies.glob_syntax import ANYTHING, NO_SLASH, Characters, Glob, Segment, Star

_SLASH: Final = Characters((("/", "/"),))


@dataclass(frozen=True, slots=True)
class _Place:
    """A point in a glob: what a text may do next there. One that does nothing is an end."""

    reads: Characters | None = None
    """To read one of these leads to the next place."""
    skips: Characters | None = None
    """To read one of these leads nowhere else."""
    leave_by: int = 0
    """How many places further one may be without reading anything."""
    outdoes: int = 0
    """How many places before this one allow nothing that this one does not allow as well."""


Effect: TypeAlias = tuple[int, int]
"""The places from which a character leads on, and those where it is skipped."""


class Machine:
    """Follows a text through all globs at once."""

    def __init__(self, globs: Sequence[Glob]) -> None:
        self._places: list[_Place] = []
        self._ends: list[int] = []
        start = 0
        for glob in globs:
            first = len(self._places)
            # A leading `**` may take segments with their slashes, or nothing at all.
            start |= 1 << first | (1 << first + 2 if _begins_with_name_after_any(glob) else 0)
            self._places += _places(glob)
            self._ends.append(1 << len(self._places) - 1)
        self._leave_by = [(by, self._mask("leave_by", by)) for by in (1, 2)]
        self._outdone = [
            (1 << index, (1 << index) - (1 << index - place.outdoes))
            for index, place in enumerate(self._places)
            if place.outdoes
        ]
        self.start = self._settled(start)
        self.accepting = sum(self._ends)

    def _mask(self, what: str, value: object) -> int:
        return sum(
            1 << index for index, place in enumerate(self._places) if getattr(place, what) == value
        )

    def matched(self, state: int) -> frozenset[int]:
        """The positions of the globs that match a text that ends in this state."""
        return frozenset(index for index, end in enumerate(self._ends) if state & end)

    def effect(self, character: str) -> Effect:
        """What reading this character does, wherever it is read."""
        moves = stays = 0
        for index, place in enumerate(self._places):
            moves |= (place.reads is not None and character in place.reads) << index
            stays |= (place.skips is not None and character in place.skips) << index
        return moves, stays

    def step(self, moved: int, stayed: int) -> int:
        """The state behind a character that led on from `moved` and was skipped at `stayed`."""
        return self._settled(moved << 1 | stayed)

    def _settled(self, state: int) -> int:
        """All places that can be reached without reading, less those that others outdo."""
        for by, places in self._leave_by:
            state |= (state & places) << by
        for place, outdone in self._outdone:
            if state & place:
                state &= ~outdone
        return state


def _begins_with_name_after_any(glob: Glob) -> bool:
    return len(glob.groups) > 1 and not glob.groups[0] and bool(glob.groups[1])


def _places(glob: Glob) -> list[_Place]:
    """The places of a glob in a row, its end last."""
    places: list[_Place] = []
    for index, group in enumerate(glob.groups):
        if index:
            places += _any_segments(len(places), more=bool(group))
        for position, segment in enumerate(group):
            if position:
                places.append(_Place(reads=_SLASH))
            places += _segment(segment, NO_SLASH if glob.segmented else ANYTHING)
    return [*places, _Place()]


def _any_segments(before: int, *, more: bool) -> Iterator[_Place]:
    """`**`: behind a segment with the slash before it, ahead of one with the slash behind it."""
    if before:
        yield _Place(reads=_SLASH, leave_by=2)
    yield _Place(skips=ANYTHING, leave_by=1, outdoes=before + 1 if before else 0)
    if more:
        yield _Place(reads=_SLASH)


def _segment(segment: Segment, any_run: Characters) -> Iterator[_Place]:
    for index, token in enumerate(segment):
        if isinstance(token, Star):
            yield _Place(skips=any_run, leave_by=1, outdoes=index)
        else:
            yield _Place(reads=token)
