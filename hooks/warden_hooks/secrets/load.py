"""The engine's data for this run: kept, or compiled and kept, or made do without a database."""

import marshal

from warden_hooks.secrets import cache, later, made_from
from warden_hooks.secrets.compiled import Compiled, compiled, has_hyperscan
from warden_hooks.secrets.rule_table import CompiledRule


def load(*, patient: bool) -> Compiled:
    """The compiled engine.

    Making the database takes seconds, once. Who is `patient`, with much to scan, waits for it; for
    everybody else it is made in the background, and this run does without.
    """
    kept = cache.load()
    if kept and (kept.database or not has_hyperscan()):
        return _thawed(kept)
    if kept is None or patient:
        return _made(patient=patient)
    later.make()
    return _thawed(kept)


def _made(*, patient: bool) -> Compiled:
    sources = made_from.sources()
    stamps = [cache.stamp(path) for path in made_from.watched(sources)]
    digest = made_from.digest(sources)
    kept = cache.load_same(digest)
    if kept and kept.database:
        kept.extension = made_from.extension()
        cache.keep(kept, stamps, digest)
        return _thawed(kept)
    made = compiled(with_database=patient)
    if cache.keep(_frozen(made), stamps, digest) and not patient and has_hyperscan():
        later.make()
    return made


def _frozen(made: Compiled) -> cache.Kept:
    return cache.Kept(
        made.database,
        made_from.extension() if made.database else "",
        made.forms,
        made.layers,
        made.near,
        len(made.owners),
        made.plugins,
        marshal.dumps(([tuple(rule) for rule in made.table], made.owners, made.near_owners)),
    )


def _thawed(kept: cache.Kept) -> Compiled:
    table, owners, near_owners = marshal.loads(kept.rest)  # noqa: S302 - its checksum was verified
    rules = tuple(CompiledRule(*fields) for fields in table)
    return Compiled(
        rules,
        owners,
        kept.forms,
        kept.layers,
        kept.plugins,
        kept.database,
        kept.near,
        near_owners,
    )
