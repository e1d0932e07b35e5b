"""The parts of rules that follow values, from where they come from to where they do harm.

Such a rule is a handful of lists: sources, sinks, what makes a value safe, how it is passed on.
Most of their items are for a library or a way of writing that a given file does not use, and these
are most of what the rule costs. So each part says, as a rule does, what a file must hold for it to
mean anything there, and the engine is told of those that may. Rules share most of their parts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from warden_hooks.patterns.prefilter import Filter, Text

REQUIRED = ("pattern-sources", "pattern-sinks")
"""Without any of one of these nothing can be found."""
LISTS = (*REQUIRED, "pattern-sanitizers", "pattern-propagators")


@dataclass(frozen=True, slots=True)
class Part:
    """An item of a rule's lists."""

    filter: Filter
    """What a file must hold for it to mean anything there."""
    engine: str
    """What the engine reads, as JSON."""


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

    def put_into(self, rule: str, wanted: Callable[[Part], bool]) -> str | None:
        """The rule, as JSON, with those parts that are wanted; None when it can find nothing."""
        text = rule[:-1]
        for name, parts in self.items:
            told = [part.engine for part in parts if wanted(part)]
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
    _, formula, engine = line.split("\t")
    return Part(Filter(formula), engine)


def line_of(part: Part) -> str:
    """The part as a line, which `part_from` reads."""
    return f"{MARK}\t{part.filter.formula}\t{part.engine}"


MARK = "+"
"""What lines of parts begin with."""
