"""The pack: all our rules in one file, made once from the rule files by `make patterns`.

A first line that a commit can read at next to no cost, then a line for each part that rules have in
common, then a line for each rule: what says whether the rule is wanted at all, and three pieces of
JSON, of which the last is read by nobody but the engine, and which of the parts belong to it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from warden_hooks.patterns import head, languages, parts
from warden_hooks.patterns.formula import compact
from warden_hooks.patterns.head import Head
from warden_hooks.patterns.parts import NO_LISTS, Lists, Part, lists_from
from warden_hooks.patterns.prefilter import Filter, Text
from warden_policies.rules.pattern_rule import PatternRule

_ANYWHERE, _SOME_PATHS = "anywhere", "some-paths"


@dataclass(frozen=True)
class Rule:
    """A rule, ready to be applied."""

    id: str
    languages: frozenset[str]
    """The languages of files that it is for."""
    asks_for_path: bool
    """Whether it is for some paths only."""
    filter: Filter
    """What the engine says that a file must hold."""
    description: str
    """What people read of it, as JSON."""
    engine: str
    """What the engine reads, as JSON, but for its id and what is in the lists."""
    lists: Lists = NO_LISTS
    """The parts of a rule that follows values, which it may have in common with others."""

    def may_match(self, text: Text) -> bool:
        """Whether there can be a match in a text."""
        return text.passes(self.filter) and self.lists.may_match(text)

    @property
    def is_selective(self) -> bool:
        """Whether there are texts in which there can be none."""
        return self.filter.is_selective or self.lists.are_selective

    @cached_property
    def about(self) -> PatternRule:
        """The rule for people."""
        return PatternRule.from_data(json.loads(self.description))

    @cached_property
    def whole(self) -> str:
        """All that the engine can read of it, as JSON."""
        text = self.lists.put_into(self.engine, lambda part: part.whole) or self.engine
        return named(text, self.id)

    def line(self, number: Mapping[Part, int]) -> str:
        """The rule as a line of the pack, which names its parts by number."""
        where = _SOME_PATHS if self.asks_for_path else _ANYWHERE
        names = ",".join(sorted(self.languages))
        lists = self.lists.written(number)
        fields = (self.filter.formula, self.description, self.engine, lists)
        return "\t".join((self.id, names, where, *fields))


def named(rule: str, name: str) -> str:
    """What the engine reads of a rule, under that id."""
    return f'{rule[:-1]},"id":{json.dumps(name)}}}'


def rule(
    about: PatternRule,
    engine: Mapping[str, Any],
    formula: Any,  # noqa: ANN401 - as JSON gives it
    lists: Lists = NO_LISTS,
    *,
    own: bool = True,
) -> Rule:
    """A rule from what was read of it and what the engine says of it."""
    return Rule(
        about.id,
        languages.called(about.languages),
        "paths" in engine,
        Filter(compact(formula), own),
        compact(about.as_data()),
        compact({name: value for name, value in engine.items() if name != "id"}),
        lists,
    )


def written(rules: Sequence[Rule], engine: str) -> str:
    """The text of a pack, whose rules were made and tried with that version of the engine."""
    number: dict[Part, int] = {}
    for rule in rules:
        for part in rule.lists:
            number.setdefault(part, len(number))
    lines = [*map(parts.line_of, number), *(rule.line(number) for rule in rules)]
    body = "".join(f"{line}\n" for line in lines)
    return head.written(body, engine, rules_for(rules)) + body


def rules_for(rules: Sequence[Rule]) -> dict[str, bool]:
    """The languages that there are rules for, and for each whether any of these asks for a path."""
    found: dict[str, bool] = {}
    for rule in rules:
        for language in rule.languages:
            found[language] = found.get(language, False) or rule.asks_for_path
    return found


def ours() -> tuple[Head, list[Rule]]:
    """Our own rules.

    Raises:
        ValueError: the file is not what this version wrote.
    """
    with open(head.place(), encoding="ascii") as file:  # noqa: PTH123 - as in `head`
        first, *lines = file.read().splitlines()
    known = [parts.part_from(line) for line in lines if line.startswith(parts.MARK)]
    return head.read(first), [rule_from(line, known) for line in lines[len(known) :]]


def pattern_rules() -> dict[str, PatternRule]:
    """Our own rules as people read them, by id."""
    return {rule.id: rule.about for rule in ours()[1]}


def rule_from(line: str, known: Sequence[Part] = (), *, own: bool = True) -> Rule:
    """A rule from its line, and the parts that there are.

    Raises:
        ValueError: it is none.
    """
    name, languages_, where, formula, description, engine, lists = line.split("\t")
    return Rule(
        name,
        frozenset(languages_.split(",")),
        where == _SOME_PATHS,
        Filter(formula, own),
        description,
        engine,
        lists_from(lists, known),
    )
