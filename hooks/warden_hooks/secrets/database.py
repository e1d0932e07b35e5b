"""Regexes compiled into one Hyperscan database: seconds of work, so its result is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.coarse import (
    coarse_value,
    cut_short,
    names_and_rest,
    with_names,
    without_pairs,
    words_of,
)
from warden_hooks.secrets.context import forms
from warden_hooks.secrets.layers.patterns import PATTERNS
from warden_hooks.secrets.rule_table import CompiledRule

_LONG = 64
"""A count up to which the length of a value tells something."""
_COMMON = 10
"""Rules in whose names a word is that tells next to nothing."""
_LONGEST_NAMES = 8_000
"""Bytes in one pattern; Hyperscan takes no more than twice that."""


class Pattern(NamedTuple):
    """A regex for the database; its place among the patterns is what a hit calls it."""

    regex: bytes
    flags: int


class RulePatterns(NamedTuple):
    """The rules as patterns, fewer than there are rules."""

    patterns: tuple[Pattern, ...]
    owners: tuple[tuple[int, ...], ...]
    """The places in the table of the rules that a pattern stands for."""


def rule_patterns(table: Sequence[CompiledRule]) -> RulePatterns:
    """Patterns that end wherever a rule's regex ends, and perhaps elsewhere.

    Names that are assigned a value of about the same form share a pattern: half of the rules do.
    A name as common as `access token` tells too little for that, the value has to be as it is.
    """
    patterns: list[Pattern] = []
    owners: list[tuple[int, ...]] = []
    shared: dict[bytes, list[tuple[int, bytes]]] = {}
    common = _common_words(table)
    for index, rule in enumerate(table):
        names, rest = names_and_rest(rule.regex)
        if any(common.issuperset(words) for words in words_of(names)):
            patterns.append(_pattern(with_names([without_pairs(names)], cut_short(rest, _LONG))))
            owners.append((index,))
        elif names:
            shared.setdefault(coarse_value(rest), []).append((index, without_pairs(names)))
        else:
            patterns.append(_pattern(cut_short(rest)))
            owners.append((index,))
    for rest, rules in shared.items():
        for some in _batches(rules):
            patterns.append(_pattern(with_names([names for _, names in some], rest)))
            owners.append(tuple(index for index, _ in some))
    return RulePatterns(tuple(patterns), tuple(owners))


def _common_words(table: Iterable[CompiledRule]) -> frozenset[bytes]:
    """Those that are in the names of many rules."""
    used: Counter[bytes] = Counter()
    for rule in table:
        used.update({word for words in words_of(names_and_rest(rule.regex)[0]) for word in words})
    return frozenset(word for word, rules in used.items() if rules >= _COMMON)


class NumberedPatterns(NamedTuple):
    """The forms of `context`, or the layers of `layers`, as patterns."""

    patterns: tuple[Pattern, ...]
    numbers: tuple[int, ...]
    """Which form or layer each of them stands for."""


def form_patterns() -> NumberedPatterns:
    """One pattern for each form."""
    return _numbered([b"|".join(map(cut_short, form.parts))] for form in forms.FORMS)


def layer_patterns() -> NumberedPatterns:
    """The patterns of each layer."""
    return _numbered(PATTERNS.values())


def _numbered(regexes: Iterable[Iterable[bytes]]) -> NumberedPatterns:
    made = [(_pattern(regex), number) for number, some in enumerate(regexes) for regex in some]
    patterns, numbers = zip(*made, strict=True)
    return NumberedPatterns(patterns, numbers)


def _batches(rules: Sequence[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    size = 0
    for rule in rules:
        if batch and size + len(rule[1]) > _LONGEST_NAMES:
            yield batch
            batch, size = [], 0
        batch.append(rule)
        size += len(rule[1]) + 1
    yield batch


def _pattern(regex: bytes) -> Pattern:
    return Pattern(regex, hyperscan.HS_FLAG_ALLOWEMPTY)


def build(patterns: Sequence[Pattern]) -> hyperscan.Database:
    """A database of the patterns.

    Raises:
        hyperscan.error: a pattern that the engine does not know.
    """
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern.regex for pattern in patterns],
        ids=list(range(len(patterns))),
        flags=[pattern.flags for pattern in patterns],
    )
    return database
