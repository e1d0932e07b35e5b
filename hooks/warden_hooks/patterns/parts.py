"""The parts of rules that follow values, from where they come from to where they do harm.

Such a rule is a handful of lists: sources, sinks, what makes a value safe, how it is passed on.
Most of their items are for a library or a way of writing that a given file does not use, and these
are most of what the rule costs. So each part says, as a rule does, what a file must hold for it to
mean anything there, and so do its alternatives; the engine is told of those that may. Rules share
most of their parts.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from warden_hooks.patterns.formula import compact
from warden_hooks.patterns.prefilter import Filter, Text

REQUIRED = ("pattern-sources", "pattern-sinks")
"""Without any of one of these nothing can be found."""
LISTS = (*REQUIRED, "pattern-sanitizers", "pattern-propagators")
HERE, ALL, ANY = ("pattern", "pattern-inside"), "patterns", "pattern-either"
OF_VARIABLE = "metavariable-pattern"
"""What has to be found in what a variable stands for."""
HOLDS = "?"
"""In an alternative: the formula, as JSON, without which it can be left out."""


@dataclass(frozen=True)
class Part:
    """An item of a rule's lists."""

    filter: Filter
    """What a file must hold for it to mean anything there."""
    marked: str
    """What the engine reads, as JSON, in which alternatives say what they need."""

    @cached_property
    def whole(self) -> str:
        """All of what the engine can read of it."""
        return compact(_kept(self._tree, lambda _: True))

    def for_text(self, text: Text) -> str | None:
        """What the engine reads of it for that text; None when it means nothing there."""
        if not text.passes(self.filter):
            return None
        if not self._has_marks:
            return self.whole
        told = _kept(self._tree, text.passes)
        return None if told is None else compact(told)

    @cached_property
    def _tree(self) -> Any:  # noqa: ANN401 - as JSON gives it
        return json.loads(self.marked)

    @cached_property
    def _has_marks(self) -> bool:
        return f'"{HOLDS}":' in self.marked


def _kept(item: Mapping[str, Any], passes: Callable[[Filter], bool]) -> dict[str, Any] | None:
    """What is left of an item without alternatives that do not pass; None when it is nothing."""
    if HOLDS in item and not passes(_filter(item[HOLDS])):
        return None
    left: dict[str, Any] = {}
    for key, value in item.items():
        if key == ANY:
            left[key] = [told for each in value if (told := _kept(each, passes)) is not None]
            if not left[key]:
                return None
        elif key == ALL:
            left[key] = [_kept(each, passes) for each in value]
            if None in left[key]:
                return None
        elif key in (*HERE, OF_VARIABLE) and isinstance(value, Mapping):
            left[key] = _kept(value, passes)
            if left[key] is None:
                return None
        elif key != HOLDS:
            left[key] = value
    return left


@cache
def _filter(formula: str) -> Filter:
    return Filter(formula)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a rule: each one's name, and the parts in it."""

    items: tuple[tuple[str, tuple[Part, ...]], ...] = ()

    def __iter__(self) -> Iterator[Part]:
        """All the parts."""
        return (part for _, parts in self.items for part in parts)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.items)

    @property
    def are_selective(self) -> bool:
        """Whether there are texts that hold nothing of what is required."""
        return any(
            all(part.filter.is_selective for part in parts)
            for name, parts in self.items
            if name in REQUIRED
        )

    def may_match(self, text: Text) -> bool:
        """Whether all that is required may be in the text."""
        return all(
            any(text.passes(part.filter) for part in parts)
            for name, parts in self.items
            if name in REQUIRED
        )

    def put_into(self, rule: str, spoken: Callable[[Part], str | None]) -> str | None:
        """The rule, as JSON, with what is spoken of each part; None when it can find nothing."""
        text = rule[:-1]
        for name, parts in self.items:
            told = [words for part in parts if (words := spoken(part)) is not None]
            if told:
                text += f',"{name}":[{",".join(told)}]'
            elif name in REQUIRED:
                return None
        return text + "}"

    def written(self, number: Mapping[Part, int]) -> str:
        """The lists as text that names parts by number."""
        return " ".join(
            f"{name}:{','.join(str(number[part]) for part in parts)}" for name, parts in self.items
        )


NO_LISTS = Lists()


def lists_from(text: str, parts: Sequence[Part]) -> Lists:
    """The lists that were written so.

    Raises:
        ValueError: they were not.
    """
    pairs = (item.split(":") for item in text.split())
    return Lists(
        tuple(
            (name, tuple(parts[int(number)] for number in numbers.split(",")))
            for name, numbers in pairs
        )
    )


def part_from(line: str) -> Part:
    """A part from its line.

    Raises:
        ValueError: it is none.
    """
    _, formula, marked = line.split("\t")
    return Part(Filter(formula), marked)


def line_of(part: Part) -> str:
    """The part as a line, which `part_from` reads."""
    return f"{MARK}\t{part.filter.formula}\t{part.marked}"


MARK = "+"
"""What lines of parts begin with."""
