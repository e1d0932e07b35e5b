"""The rung of Hyperscan for a few rules."""

from collections.abc import Sequence

from warden_hooks.secrets import database
from warden_hooks.secrets.prefilter.hyperscan import HyperscanPrefilter, Near
from warden_hooks.secrets.rule_table import CompiledRule


def fastest(table: Sequence[CompiledRule]) -> HyperscanPrefilter:
    made = database.rule_patterns(table)
    near = None
    if made.near:
        widest = max(rule.width for rule in table)
        near = Near(database.build(made.near), made.near_owners, widest)
    return HyperscanPrefilter(database.build(made.patterns), made.owners, (), near)
