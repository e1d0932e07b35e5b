"""The log in the database: entries, the head they hang from, and the evidence they point to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, tuple_, union
from sqlalchemy.dialects.sqlite import insert

from warden_bot.ledger.checkpoint import Checkpoint, CheckpointError, sign, verify
from warden_bot.ledger.entry import Entry
from warden_bot.ledger.keys import Signer
from warden_bot.ledger.tree import Frontier, leaf_hash
from warden_bot.store.tables import entry, evidence, log_head, pull_request
from warden_policies.canonical import digest


class WrongKeyError(Exception):
    """The logs were signed by another key: what this one adds, nobody could verify."""


@dataclass(frozen=True, slots=True)
class StoredLog:
    """Everything one log holds, in order, from one snapshot of the database."""

    origin: str
    leaves: tuple[bytes, ...]
    leaf_hashes: tuple[bytes, ...]
    checkpoints: tuple[str, ...]
    columns: tuple[tuple[object, ...], ...]
    """Beside each leaf, what it is found by: `columns_of` its entry, unless they were altered."""
    frontier: bytes | None
    """What the next entry is appended to."""


def columns_of(added: Entry) -> tuple[object, ...]:
    """Sequence, repository, number, kind and digest of the decision."""
    return (
        added.sequence,
        added.repository.id,
        added.number,
        added.kind.value,
        added.decision_digest,
    )


def append(
    connection: Connection,
    log: str,
    make: Callable[[int], Entry],
    signer: Signer,
    now: int,
) -> Entry:
    """Append the entry that `make` builds for the next sequence number.

    The number is given out under the write lock of this transaction, so there are no gaps and no
    reordering; entry, head and checkpoint are stored together or not at all.
    """
    frontier = _frontier(connection, log)
    added = make(frontier.size)
    leaf = added.to_bytes()
    hashed = leaf_hash(leaf)
    grown = frontier.append(hashed)
    head = insert(log_head).values(log=log, frontier=grown.to_bytes())
    connection.execute(
        head.on_conflict_do_update(
            index_elements=["log"], set_={"frontier": head.excluded.frontier}
        )
    )
    connection.execute(
        insert(entry).values(
            log=log,
            sequence=added.sequence,
            leaf=leaf,
            leaf_hash=hashed,
            checkpoint=sign(Checkpoint(log, grown.size, grown.root()), signer),
            repository_id=added.repository.id,
            number=added.number,
            kind=added.kind.value,
            decision_digest=added.decision_digest,
            appended_at=now,
        )
    )
    return added


def _frontier(connection: Connection, log: str) -> Frontier:
    stored = connection.execute(select(log_head.c.frontier).where(log_head.c.log == log)).scalar()
    return Frontier.from_bytes(stored) if stored else Frontier()


def require_key(connection: Connection, signer: Signer) -> None:
    """Make sure that the newest checkpoint of every log was signed by `signer`.

    Raises:
        WrongKeyError: it was not, or it was altered.
    """
    newest = select(entry.c.log, func.max(entry.c.sequence)).group_by(entry.c.log)
    found = select(entry.c.log, entry.c.checkpoint).where(
        tuple_(entry.c.log, entry.c.sequence).in_(newest)
    )
    for origin, checkpoint in connection.execute(found):
        try:
            verify(checkpoint, signer.public_key(), origin)
        except CheckpointError as error:
            raise WrongKeyError(
                f"the log {origin} does not fit the key in ledger.key: {error}. Put the key back"
                " that belongs to this database; changewarden ledger verify says more"
            ) from error


def keep_evidence(connection: Connection, contents: Iterable[bytes]) -> None:
    """Store contents under their digests; what is there already stays."""
    for content in contents:
        connection.execute(
            insert(evidence)
            .values(digest=digest(content), content=content)
            .on_conflict_do_nothing()
        )


def evidence_of(connection: Connection, name: str) -> bytes | None:
    """The content with this digest."""
    row = connection.execute(select(evidence.c.content).where(evidence.c.digest == name)).first()
    return as_bytes(row[0]) if row else None


def origins(connection: Connection) -> frozenset[object]:
    """The names of all logs that anything in the database is said to belong to."""
    columns = (log_head.c.log, entry.c.log, pull_request.c.log)
    return frozenset(connection.execute(union(*map(select, columns))).scalars())


def read(connection: Connection, log: str) -> StoredLog:
    """One log, whole."""
    rows = connection.execute(
        select(
            entry.c.leaf,
            entry.c.leaf_hash,
            entry.c.checkpoint,
            entry.c.sequence,
            entry.c.repository_id,
            entry.c.number,
            entry.c.kind,
            entry.c.decision_digest,
        )
        .where(entry.c.log == log)
        .order_by(entry.c.sequence)
    ).all()
    frontier = connection.execute(select(log_head.c.frontier).where(log_head.c.log == log)).first()
    return StoredLog(
        origin=log,
        leaves=tuple(as_bytes(row.leaf) for row in rows),
        leaf_hashes=tuple(as_bytes(row.leaf_hash) for row in rows),
        checkpoints=tuple(str(row.checkpoint) for row in rows),
        columns=tuple(tuple(row)[3:] for row in rows),
        frontier=as_bytes(frontier[0]) if frontier else None,
    )


def as_bytes(value: object) -> bytes:
    """A cell as SQLite gives it, even one that somebody put text into: judged, not trusted."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
