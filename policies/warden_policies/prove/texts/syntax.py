"""What patterns say, as trees: the common part of RE2's regular expressions, and globs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias

from warden_policies.glob_syntax import Characters, Glob, Group, Segment, Star


class NotFollowed(ValueError):
    """A pattern has something that the prover does not follow. The text says what."""


class Spot(Enum):
    """What holds between two characters."""

    TEXT_BEGINS = auto()
    TEXT_ENDS = auto()
    LINE_BEGINS = auto()
    LINE_ENDS = auto()
    WORD_EDGE = auto()
    NO_WORD_EDGE = auto()


@dataclass(frozen=True, slots=True)
class One:
    """One of these characters."""

    characters: Characters


@dataclass(frozen=True, slots=True)
class At:
    """Nothing, at such a spot."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Row:
    """One after the other."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of these."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Often:
    """So many times; None for no limit."""

    part: "Tree"
    least: int
    most: int | None


Tree: TypeAlias = One | At | Row | Choice | Often

ANY: Final = One(Characters((), negated=True))
_NO_SLASH: Final = One(Characters((("/", "/"),), negated=True))
_SLASH: Final = One(Characters((("/", "/"),)))
_SEGMENT: Final = Often(_NO_SLASH, 1, None)


def literal(text: str) -> Tree:
    """The text itself."""
    return Row(tuple(One(Characters(((sign, sign),))) for sign in text))


def whole(tree: Tree) -> Tree:
    """A whole text that is like the tree."""
    return Row((At(Spot.TEXT_BEGINS), tree, At(Spot.TEXT_ENDS)))


def glob_tree(glob: Glob) -> Tree:
    """A glob, which matches a whole text."""
    first, *others = glob.groups
    if not others:
        return whole(_joined(first, segmented=glob.segmented))
    parts: list[Tree] = []
    if first:
        parts.append(_joined(first))
    *middle, last = others
    for group in middle:
        parts += [_gap(after_name=bool(parts)), _joined(group)]
    if last:
        parts += [_gap(after_name=bool(parts)), _joined(last)]
    else:
        parts += [] if parts else [_SEGMENT]
        parts.append(Often(Row((_SLASH, _SEGMENT)), 0, None))
    return whole(Row(tuple(parts)))


def _gap(*, after_name: bool) -> Tree:
    """Any number of whole segments before the next one."""
    segments = Often(Row((_SEGMENT, _SLASH)), 0, None)
    return Row((_SLASH, segments)) if after_name else segments


def _joined(group: Group, *, segmented: bool = True) -> Tree:
    parts: list[Tree] = []
    for segment in group:
        parts += [_SLASH] if parts else []
        parts += _tokens(segment, segmented=segmented)
    return Row(tuple(parts))


def _tokens(segment: Segment, *, segmented: bool) -> Iterable[Tree]:
    anything = _NO_SLASH if segmented else ANY
    for token in segment:
        yield Often(anything, 0, None) if isinstance(token, Star) else One(token)
