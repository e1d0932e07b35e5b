"""Regexes compiled into Hyperscan databases: seconds of work, so their result is kept."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.coarse import cut_short
from warden_hooks.secrets.context import forms
from warden_hooks.secrets.layers.patterns import PATTERNS
from warden_hooks.secrets.named import Owners, is_named, named
from warden_hooks.secrets.rule_table import CompiledRule


class Pattern(NamedTuple):
    """A regex for the database; its place among the patterns is what a hit calls it."""

    regex: bytes
    flags: int


class RulePatterns(NamedTuple):
    """The rules as patterns, fewer than there are rules."""

    patterns: tuple[Pattern, ...]
    owners: Owners
    """The places in the table of the rules that a pattern stands for. Where `near` has patterns,
    the last one stands for none but for places near which they are to be looked for."""
    near: tuple[Pattern, ...]
    near_owners: Owners


def rule_patterns(table: Sequence[CompiledRule]) -> RulePatterns:
    """Patterns that end wherever a rule's regex ends, and perhaps elsewhere."""
    own = [place for place, rule in enumerate(table) if not is_named(rule.regex)]
    names = named(table)
    regexes = [*(cut_short(table[place].regex) for place in own), *names.everywhere]
    owners = [*((place,) for place in own), *names.owners]
    if names.near:
        regexes.append(names.telling)
        owners.append(())
    near = tuple(map(_pattern, names.near))
    return RulePatterns(tuple(map(_pattern, regexes)), tuple(owners), near, names.near_owners)


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
