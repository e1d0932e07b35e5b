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
    plugins: tuple[str, ...] = ()
    """Whose pattern each of the database's patterns behind those of the rules is."""
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
    built = database.build([*database.rule_patterns(table), *found.patterns])
    return Compiled(table, found.plugins, found.keywords, hyperscan.dumpb(built))


def has_hyperscan() -> bool:
    """Whether this platform has the engine."""
    return find_spec("hyperscan") is not None
