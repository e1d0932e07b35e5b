"""Everything that is worth to be worked out once: the table, the patterns, the database."""

from importlib.util import find_spec
from typing import NamedTuple

from warden_hooks.secrets.rule_table import CompiledRule, rule_table
from warden_policies.rules import secret_rules


class Compiled(NamedTuple):
    """The engine as data."""

    table: tuple[CompiledRule, ...]
    owners: tuple[tuple[int, ...], ...] = ()
    """The places in the table of the rules behind each of the database's first patterns. None
    behind the last one, if there is a second database: it is asked where that one matches."""
    forms: tuple[int, ...] = ()
    """The forms of `context` behind each of the patterns that follow, by their numbers."""
    layers: tuple[int, ...] = ()
    """The layers of `layers` behind each of those that follow, by their numbers."""
    plugins: tuple[str, ...] = ()
    """The names of the plug-ins behind each of its other patterns."""
    database: bytes = b""
    """Serialized. Empty: places are found by keywords, and the plug-ins look everywhere."""
    near: bytes = b""
    """The second one."""
    near_owners: tuple[tuple[int, ...], ...] = ()


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

    ours = database.rule_patterns(table)
    forms = database.form_patterns()
    layers = database.layer_patterns()
    plugins = plugin_patterns.token_patterns()
    every = [*ours.patterns, *forms.patterns, *layers.patterns, *plugins.patterns]
    built = hyperscan.dumpb(database.build(every))
    near = hyperscan.dumpb(database.build(ours.near)) if ours.near else b""
    return Compiled(
        table,
        ours.owners,
        forms.numbers,
        layers.numbers,
        plugins.plugins,
        built,
        near,
        ours.near_owners,
    )


def has_hyperscan() -> bool:
    """Whether this platform has the engine."""
    return find_spec("hyperscan") is not None
