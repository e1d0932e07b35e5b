"""Places that say the same: one line, one weakness, seen by several rules or by one rule twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from warden_hooks.patterns.core import Hit
from warden_policies.finding import Location
from warden_policies.rules.pattern_rule import PatternRule


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit, where it is in lines and columns, and what its rule is about."""

    place: Location
    hit: Hit
    rule: PatternRule


@dataclass(frozen=True, slots=True)
class Distinct:
    """A hit that stands for itself and for others like it."""

    place: Location
    hit: Hit
    rule: PatternRule
    also: tuple[str, ...] = field(default=())
    """The other rules that saw it."""


def distinct(hits: Iterable[Placed]) -> list[Distinct]:
    """One for each weakness, in the order of their places; what blocks stands for what warns."""
    kept: list[Placed] = []
    others: dict[int, list[str]] = {}
    for each in sorted(hits, key=lambda one: (not one.rule.blocks, one.rule.id, one.place)):
        twin = next((at for at, one in enumerate(kept) if _says_the_same(one, each)), None)
        if twin is None:
            kept.append(each)
        elif each.rule.id != kept[twin].rule.id:
            others.setdefault(twin, []).append(each.rule.id)
    found = [
        Distinct(one.place, one.hit, one.rule, tuple(dict.fromkeys(others.get(at, ()))))
        for at, one in enumerate(kept)
    ]
    return sorted(found, key=lambda one: one.place)


def _says_the_same(one: Placed, other: Placed) -> bool:
    if one.place.line != other.place.line or not {*one.rule.cwe} & {*other.rule.cwe}:
        return False
    return one.rule.id != other.rule.id or _overlap(one.place, other.place)


def _overlap(one: Location, other: Location) -> bool:
    first, second = sorted((one, other))
    return (second.line, second.column) < (first.end_line, first.end_column)
