"""The characters that matter to globs: one for each set of those that all globs treat alike."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from string import ascii_letters, digits
from typing import Final, TypeAlias

from warden_policies.glob_syntax import Characters, Glob, Kind

_Interval: TypeAlias = tuple[int, int]
"""Code points: the first one, and the one after the last."""

_FORBIDDEN: Final = {
    Kind.PATH: (("\0", "\0"), ("\ud800", "\udfff")),
    # What `git check-ref-format` refuses: controls, blanks and what has a meaning to git.
    Kind.BRANCH: (
        ("\0", " "),
        ("\x7f", "\x7f"),
        ("\ud800", "\udfff"),
        *((character, character) for character in "~^:?*[\\"),
    ),
    Kind.TITLE: (
        ("\0", "\x1f"),
        ("\x7f", "\x9f"),
        ("\u2028", "\u2029"),
        ("\ud800", "\udfff"),
    ),
}
"""Ranges of characters that no such text has."""
_SPECIAL: Final = (Characters((("/", "/"),)), Characters(((".", "."),)))
_LIKED: Final = ascii_letters + digits + "-_./"
_PLAIN, _PUNCTUATION, _VISIBLE, _INVISIBLE, _HIDDEN_FILE = 4, 5, 8, 40, 6


class Ending(Enum):
    """What the segment that a text ends in is so far."""

    EMPTY = auto()
    DOT = auto()
    DOTS = auto()
    NAME = auto()

    @property
    def complete(self) -> bool:
        """Whether a text may end so."""
        return self is Ending.NAME

    def after(self, character: str, kind: Kind) -> "Ending | None":
        """The ending once `character` follows; None when it must not."""
        if character == "/" and kind.segmented:
            return Ending.EMPTY if self is Ending.NAME else None
        if character == "." and kind.segmented:
            return _AFTER_A_DOT.get(self, Ending.NAME)
        return Ending.NAME


_AFTER_A_DOT: Final = {Ending.EMPTY: Ending.DOT, Ending.DOT: Ending.DOTS}


@dataclass(frozen=True, slots=True)
class Letter:
    """A character that stands for all that no glob tells from it, and how odd it looks."""

    character: str
    cost: int

    def cost_after(self, ending: Ending) -> int:
        """Its cost at this place: names that begin with a dot look odd."""
        hidden = self.character == "." and ending is Ending.EMPTY
        return self.cost + (_HIDDEN_FILE if hidden else 0)


def letters(globs: Iterable[Glob], kind: Kind) -> tuple[Letter, ...]:
    """One letter for each class of characters that a text of this kind can have, the best first."""
    allowed = Characters(_FORBIDDEN[kind], negated=True)
    told_apart = tuple(dict.fromkeys((allowed, *_SPECIAL, *_characters(globs))))
    classes: dict[tuple[bool, ...], list[_Interval]] = {}
    for interval in _intervals(told_apart):
        example = chr(interval[0])
        if example in allowed:
            treated = tuple(example in characters for characters in told_apart)
            classes.setdefault(treated, []).append(interval)
    found = [_letter(intervals) for intervals in classes.values()]
    return tuple(sorted(found, key=lambda letter: (letter.cost, letter.character)))


def _characters(globs: Iterable[Glob]) -> Iterator[Characters]:
    segments = (segment for glob in globs for group in glob.groups for segment in group)
    return (token for segment in segments for token in segment if isinstance(token, Characters))


def _intervals(told_apart: Iterable[Characters]) -> Iterator[_Interval]:
    """Runs of characters within which nothing that is told apart begins or ends."""
    ranges = [edge for characters in told_apart for edge in characters.ranges]
    edges = {0, sys.maxunicode + 1}
    edges |= {ord(first) for first, _ in ranges} | {ord(last) + 1 for _, last in ranges}
    return pairwise(sorted(edges))


def _letter(intervals: Sequence[_Interval]) -> Letter:
    def among(character: str) -> bool:
        return any(start <= ord(character) < end for start, end in intervals)

    liked = next(filter(among, _LIKED), None)
    if liked is not None:
        return Letter(liked, _PLAIN if liked.isalnum() else _PUNCTUATION)
    first_ones = (
        chr(code) for start, end in intervals for code in range(start, min(end, start + 256))
    )
    seen = next((character for character in first_ones if _is_visible(character)), None)
    return Letter(seen, _VISIBLE) if seen else Letter(chr(intervals[0][0]), _INVISIBLE)


def _is_visible(character: str) -> bool:
    return character.isprintable() and not character.isspace()
