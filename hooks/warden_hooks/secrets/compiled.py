"""Everything that is worth to be worked out once: the table, the patterns, the database."""

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import NamedTuple

from warden_hooks.secrets.rule_table import CompiledRule, rule_table
from warden_policies.rules import secret_rules

_NO_KEYWORDS: Mapping[str, tuple[int, ...]] = MappingProxyType({})


class Compiled(NamedTuple):
    """The engine as data."""

    table: tuple[CompiledRule, ...]
    owners: tuple[tuple[int, ...], ...] = ()
    """The places in the table of the rules behind each of the database's first patterns."""
    plugins: tuple[str, ...] = ()
    """The names of the plug-ins behind each of its other patterns."""
    keywords: Mapping[str, tuple[int, ...]] = _NO_KEYWORDS
    """By a file's suffix, the places in `plugins` of the keyword patterns that count in it."""
    database: bytes = b""
    """Serialized. Empty: places are found by keywords, and the plug-ins look everywhere."""


def compiled(*, with_database: bool) -> Compiled:
    """The rules of this installation: at once, or with a database that takes seconds.

    Raises:
        RuleError: a rule file that cannot be used.
    """
    table = rule_table(secret_rules().values())
    if not (with_database and has_hyperscan()):
        return Compiled(table)
    import hyperscan  # noqa: PLC0415 - not everywhere

    from warden_hooks.secrets import database, plugin_patterns  # noqa: PLC0415 - needs it

    found = plugin_patterns.plugin_patterns()
    ours = database.rule_patterns(table)
    built = hyperscan.dumpb(database.build([*ours.patterns, *found.patterns]))
    return Compiled(table, ours.owners, found.plugins, found.keywords, built)


def has_hyperscan() -> bool:
    """Whether this platform has the engine."""
    return find_spec("hyperscan") is not None
