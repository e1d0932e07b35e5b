"""The pack: all our rules in one file, made once from the rule files by `make patterns`.

A first line that a commit can read at next to no cost, then a line for each rule: what says whether
the rule is wanted at all, and three pieces of JSON, of which the last, the longest, is read by
nobody but the engine.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from warden_hooks.patterns import head, languages, prefilter
from warden_hooks.patterns.head import Head
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
    formula: str
    """What the engine says that a file must hold, as JSON: see `prefilter`."""
    description: str
    """What people read of it, as JSON."""
    engine: str
    """What the engine reads, as JSON."""
    own: bool = True
    """Whether it is one of ours."""

    @cached_property
    def may_match(self) -> prefilter.Test:
        """Whether there can be a match in a text."""
        return prefilter.compiled(json.loads(self.formula), own=self.own)

    @cached_property
    def may_match_by_words(self) -> prefilter.Test:
        """The same without any pattern, for texts on which a pattern could run for hours."""
        return prefilter.compiled(json.loads(self.formula), own=False)

    @cached_property
    def about(self) -> PatternRule:
        """The rule for people."""
        return PatternRule.from_data(json.loads(self.description))

    def line(self) -> str:
        """The rule as a line of the pack."""
        where = _SOME_PATHS if self.asks_for_path else _ANYWHERE
        names = ",".join(sorted(self.languages))
        return "\t".join((self.id, names, where, self.formula, self.description, self.engine))


def rule(
    about: PatternRule,
    engine: Mapping[str, Any],
    formula: Any,  # noqa: ANN401 - as JSON gives it
    *,
    own: bool = True,
) -> Rule:
    """A rule from what was read of it and what the engine says of it."""
    return Rule(
        about.id,
        languages.called(about.languages),
        "paths" in engine,
        _json(formula),
        _json(about.as_data()),
        _json(engine),
        own,
    )


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can spell
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def written(rules: Sequence[Rule], engine: str) -> str:
    """The text of a pack, whose rules were made and tried with that version of the engine."""
    body = "".join(f"{rule.line()}\n" for rule in rules)
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
    return head.read(first), [rule_from(line) for line in lines]


def pattern_rules() -> dict[str, PatternRule]:
    """Our own rules as people read them, by id."""
    return {rule.id: rule.about for rule in ours()[1]}


def rule_from(line: str, *, own: bool = True) -> Rule:
    """A rule from its line."""
    name, languages_, where, formula, description, engine = line.split("\t")
    return Rule(
        name,
        frozenset(languages_.split(",")),
        where == _SOME_PATHS,
        formula,
        description,
        engine,
        own,
    )
