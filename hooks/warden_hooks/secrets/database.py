"""Regexes compiled into one Hyperscan database: seconds of work, so its result is kept."""

from collections.abc import Sequence
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.rule_table import CompiledRule


class Pattern(NamedTuple):
    """A regex for the database; its place among the patterns is what a hit calls it."""

    regex: bytes
    flags: int


def rule_patterns(table: Sequence[CompiledRule]) -> list[Pattern]:
    """The rules' own regexes. Every end of every match is wanted, its start is not."""
    return [Pattern(rule.regex, hyperscan.HS_FLAG_ALLOWEMPTY) for rule in table]


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
