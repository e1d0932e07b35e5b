"""Statements about a change that has not been drawn yet: formulas over finitely many choices.

A choice has a name and the values 0, 1, 2, ...; value 0 is always the plain one, with nothing
special about it. A flag is a choice of two. Formulas are plain data: they are simplified when they
are made, tried on given values here, and solved in `solver`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

Values: TypeAlias = Mapping[str, int]
"""What each choice was decided to be; a choice that is not named is 0."""


@dataclass(frozen=True, slots=True)
class Is:
    """The choice `name` has this value."""

    name: str
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The part does not hold."""

    part: "Formula"


@dataclass(frozen=True, slots=True, eq=False)
class AtLeast:
    """At least `count` of the parts hold; each counts once for each time that it is listed."""

    count: int
    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class All:
    """Every part holds."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """Some part holds."""

    parts: "tuple[Formula, ...]"


Formula: TypeAlias = Is | Not | AtLeast | All | Some

TRUE: Final = All(())
FALSE: Final = Some(())


def flag(name: str) -> Formula:
    """The choice of two called `name` is not the plain one."""
    return Is(name, 1)


def every(parts: Iterable[Formula]) -> Formula:
    """All of `parts` hold."""
    kept: dict[Formula, None] = {}
    for part in parts:
        if part is FALSE:
            return FALSE
        kept.update(dict.fromkeys(part.parts if isinstance(part, All) else (part,)))
    return next(iter(kept)) if len(kept) == 1 else All(tuple(kept)) if kept else TRUE


def some(parts: Iterable[Formula]) -> Formula:
    """One of `parts` holds."""
    kept: dict[Formula, None] = {}
    for part in parts:
        if part is TRUE:
            return TRUE
        kept.update(dict.fromkeys(part.parts if isinstance(part, Some) else (part,)))
    return next(iter(kept)) if len(kept) == 1 else Some(tuple(kept)) if kept else FALSE


def both(*parts: Formula) -> Formula:
    """`every`, for parts that are written out."""
    return every(parts)


def either(*parts: Formula) -> Formula:
    """`some`, for parts that are written out."""
    return some(parts)


def no(part: Formula) -> Formula:
    """The part does not hold."""
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def implies(condition: Formula, consequence: Formula) -> Formula:
    """Where the one holds, the other does."""
    return either(no(condition), consequence)


def at_least(count: int, parts: Iterable[Formula]) -> Formula:
    """At least `count` of `parts` hold."""
    listed = [part for part in parts if part is not FALSE]
    count -= sum(part is TRUE for part in listed)
    listed = [part for part in listed if part is not TRUE]
    if count <= 0:
        return TRUE
    if count > len(listed):
        return FALSE
    if count == 1:
        return some(listed)
    return every(listed) if count == len(listed) else AtLeast(count, tuple(listed))


def at_most_one(parts: Iterable[Formula]) -> Formula:
    """No two of `parts` hold."""
    return no(at_least(2, parts))


def holds(formula: Formula, values: Values) -> bool:
    """Whether the formula is true of these values."""
    done: dict[int, bool] = {}

    def walk(node: Formula) -> bool:
        if id(node) not in done:
            done[id(node)] = step(node)
        return done[id(node)]

    def step(node: Formula) -> bool:
        match node:
            case Is(name, value):
                return values.get(name, 0) == value
            case Not(part):
                return not walk(part)
            case All(parts):
                return all(map(walk, parts))
            case Some(parts):
                return any(map(walk, parts))
            case AtLeast(count, parts):
                return sum(map(walk, parts)) >= count

    return walk(formula)


def rewritten(formula: Formula, change: Callable[[Is], Formula]) -> Formula:
    """The formula with every mention of a choice replaced by what `change` makes of it.

    So one formula speaks of a second change that differs from the first in a known way.
    """
    done: dict[int, Formula] = {}

    def walk(node: Formula) -> Formula:
        if id(node) not in done:
            done[id(node)] = step(node)
        return done[id(node)]

    def step(node: Formula) -> Formula:
        match node:
            case Is():
                return change(node)
            case Not(part):
                new = walk(part)
                return node if new is part else no(new)
            case All(parts):
                return _renewed(node, parts, tuple(map(walk, parts)), every)
            case Some(parts):
                return _renewed(node, parts, tuple(map(walk, parts)), some)
            case AtLeast(count, parts):
                made = partial(at_least, count)
                return _renewed(node, parts, tuple(map(walk, parts)), made)

    return walk(formula)


def _renewed(
    node: Formula,
    parts: tuple[Formula, ...],
    new: tuple[Formula, ...],
    made: Callable[[Iterable[Formula]], Formula],
) -> Formula:
    """The node itself when all of its parts stayed: what is the same is then solved as the same."""
    unchanged = all(one is other for one, other in zip(parts, new, strict=True))
    return node if unchanged else made(new)


def choices(formula: Formula) -> frozenset[str]:
    """The names of all choices that the formula mentions."""
    names: set[str] = set()

    def note(atom: Is) -> Formula:
        names.add(atom.name)
        return atom

    rewritten(formula, note)
    return frozenset(names)
