"""What a file must hold for a rule to match in it, as the engine itself says of each rule.

The engine derives a formula of words from a rule's patterns; it was asked when the pack was made.
Where no formula of a rule holds for a file, the rule cannot match there, and where that is so for
all rules, the engine need not even start. That our own rules lose nothing when words are compared
as words is tried on all of their examples; of the rules of others parts of words do.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from warden_hooks.patterns.formula import NOTHING, REGEXP, TEXT, WORDS, is_selective
from warden_policies.rules.secret_rule import RuleError

_LONGEST_TEXT, _LONGEST_LINE = 300_000, 4_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Text:
    """A text that formulas are tried on, each of them once."""

    text: str = field(repr=False)
    _known: dict["Filter", bool] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> frozenset[str]:
        """All the words in it."""
        return frozenset(_WORD.findall(self.text))

    @cached_property
    def is_safe(self) -> bool:
        """Whether even our own patterns may be run on it: its author may want us to wait."""
        return len(self.text) <= _LONGEST_TEXT and all(
            len(line) <= _LONGEST_LINE for line in self.text.split("\n")
        )

    def passes(self, tried: "Filter") -> bool:
        """Whether there can be a match in it."""
        known = self._known.get(tried)
        if known is None:
            known = self._known[tried] = (tried.whole if self.is_safe else tried.by_words)(self)
        return known


Test = Callable[[Text], bool]
"""Whether a text may hold a match."""


@dataclass(frozen=True)
class Filter:
    """A formula, as JSON, and whether its patterns are ours."""

    formula: str
    own: bool = True

    @property
    def is_selective(self) -> bool:
        """Whether there are texts that do not pass."""
        return is_selective(json.loads(self.formula))

    @cached_property
    def whole(self) -> Test:
        """All that it says."""
        return compiled(json.loads(self.formula), own=self.own, patterns=self.own)

    @cached_property
    def by_words(self) -> Test:
        """The same without any pattern, for texts on which a pattern could run for hours."""
        return compiled(json.loads(self.formula), own=self.own, patterns=False)


def compiled(formula: Any, *, own: bool, patterns: bool) -> Test:  # noqa: ANN401 - as JSON gives it
    """The formula as a function. `own` says that it is of one of our rules, `patterns` that its
    patterns may be run: those of others could run for hours, and are taken to match.

    Raises:
        RuleError: the engine says something that is not known.
    """
    if formula == NOTHING:
        return _anything
    try:
        return _part(formula[1] if formula[0] == "Some" else formula, own=own, patterns=patterns)
    except (TypeError, ValueError, IndexError, re.error):
        raise RuleError("the engine says something unknown of what a rule needs") from None


def _part(formula: Any, *, own: bool, patterns: bool) -> Test:  # noqa: ANN401 - as JSON gives it
    kind, value = formula
    if kind == "Pred":
        return _predicate(value[0], value[1], own=own, patterns=patterns)
    if kind not in ("And", "Or"):
        raise ValueError(kind)
    # Most of a formula is words: those that stand together are asked for at once.
    words = [_words_of(inner) if own else frozenset() for inner in value]
    together = {found for found in words if found and (kind == "And" or len(found) == 1)}
    asked = frozenset().union(*together)
    rest = tuple(
        _part(inner, own=own, patterns=patterns)
        for inner, found in zip(value, words, strict=True)
        if found not in together
    )
    if kind == "And":
        return lambda text: asked <= text.words and all(part(text) for part in rest)
    return lambda text: not asked.isdisjoint(text.words) or any(part(text) for part in rest)


def _words_of(formula: Any) -> frozenset[str]:  # noqa: ANN401 - as JSON gives it
    """The words of a formula that says nothing else; one with a dash or a dot in it is several."""
    kind, value = formula
    if kind != "Pred" or value[0] != WORDS:
        return frozenset()
    return frozenset(part for word in value[1] for part in _WORD.findall(str(word)))


def _predicate(kind: str, value: Any, *, own: bool, patterns: bool) -> Test:  # noqa: ANN401
    if kind == WORDS:
        if own:
            asked = _words_of(["Pred", [kind, value]])
            return lambda text: asked <= text.words
        parts = tuple(map(_part_of_words, map(str, value)))
        return lambda text: all(part(text) for part in parts)
    if kind == TEXT:
        return _part_of_words(str(value))
    if not kind.startswith(REGEXP):
        raise ValueError(kind)
    if not patterns:
        return _anything
    search = _pattern(value).search
    return lambda text: search(text.text) is not None


@cache
def _part_of_words(part: str) -> Test:
    return lambda text: part in text.text


@cache
def _pattern(text: str) -> "re.Pattern[str]":
    return re.compile(text, re.MULTILINE)


def _anything(_text: Text) -> bool:
    return True
