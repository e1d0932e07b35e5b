"""Verifying a data folder as an auditor would: from its database file and a public key alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warden_bot.data_dir import PUBLIC_KEY_FILE
from warden_bot.ledger.entry import Entry, EntryError
from warden_bot.ledger.keys import KeyFormatError, load_public_pem
from warden_bot.ledger.tree import Frontier
from warden_bot.ledger.verify import Verification, verify_evidence, verify_log
from warden_bot.store import decisions, log
from warden_bot.store.database import DatabaseUnusableError, reading
from warden_bot.store.decisions import Listed
from warden_bot.store.log import StoredLog

LookUp: TypeAlias = Callable[[str], bytes | None]
List: TypeAlias = Mapping[tuple[int, int], Listed]

_MOST_PROBLEMS = 20


class AuditError(Exception):
    """There is nothing to verify, or it cannot be read. The message says what to do."""


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was found in one log. `root` is the hexadecimal root of the entries as they stand."""

    origin: str
    size: int
    root: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def audit(
    folder: Path, public_key: Path | None, outside: Sequence[str] = ()
) -> tuple[LogReport, ...]:
    """Verify every log in the folder; `outside` are checkpoints that were kept elsewhere.

    Raises:
        AuditError: the database or the key cannot be read.
    """
    key = _load_key(public_key or folder / PUBLIC_KEY_FILE)
    try:
        with reading(folder) as connection:
            look_up = partial(log.evidence_of, connection)
            listed = decisions.listed(connection)
            return tuple(
                _report(log.read(connection, origin), look_up, listed, key, outside)
                for origin in _origins(log.origins(connection), outside)
            )
    except DatabaseUnusableError as error:
        raise AuditError(str(error)) from error


def _load_key(path: Path) -> Ed25519PublicKey:
    try:
        return load_public_pem(path.read_bytes())
    except (OSError, KeyFormatError) as error:
        raise AuditError(f"the log's public key cannot be read from {path}: {error}") from error


def _origins(stored: frozenset[object], outside: Sequence[str]) -> list[str]:
    """Every log that is there, or that a checkpoint from outside says was there."""
    names = stored | frozenset(map(_origin_of, outside))
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) < len(names):
        raise AuditError("the name of a log is not even text: the database was tampered with")
    return sorted(texts)


def _origin_of(checkpoint: str) -> str:
    return checkpoint.partition("\n")[0]


def _report(
    stored: StoredLog, look_up: LookUp, listed: List, key: Ed25519PublicKey, outside: Sequence[str]
) -> LogReport:
    concerning = tuple(text for text in outside if _origin_of(text) == stored.origin)
    found = verify_log(
        stored.leaves,
        stored.checkpoints + concerning,
        key,
        stored.origin,
        stored_leaf_hashes=stored.leaf_hashes,
    )
    entries = _entries(stored)
    problems = (
        *((found.problem,) if found.problem else ()),
        *_head_problem(stored, found),
        *_column_problems(stored, entries),
        *_list_problems(stored.origin, entries.values(), listed),
        *_evidence_problems(entries.values(), look_up),
    )
    return LogReport(stored.origin, found.size, found.root.hex(), problems[:_MOST_PROBLEMS])


def _entries(stored: StoredLog) -> dict[int, Entry]:
    """What can be read, by position; the rest is named by the verification of the log itself."""
    entries = {}
    for position, leaf in enumerate(stored.leaves):
        with suppress(EntryError):
            entries[position] = Entry.from_bytes(leaf)
    return entries


def _head_problem(stored: StoredLog, found: Verification) -> Iterator[str]:
    if stored.frontier is None:
        if stored.leaves:
            yield "the log has no head: what comes next cannot be appended"
        return
    with suppress(ValueError):
        head = Frontier.from_bytes(stored.frontier)
        if (head.size, head.root()) == (found.size, found.root):
            return
    yield "its head does not fit its entries: what comes next would contradict what was signed"


def _column_problems(stored: StoredLog, entries: Mapping[int, Entry]) -> Iterator[str]:
    """People find an entry by columns beside it; they have to say the same as the entry itself."""
    for position, entry in entries.items():
        if stored.columns[position] != log.columns_of(entry):
            yield f"entry {position} is kept as something else than it is: pages show it wrongly"


def _list_problems(origin: str, entries: Iterable[Entry], listed: List) -> Iterator[str]:
    """The list of changes has to say what the last entry about each of them says."""
    last = {(entry.repository.id, entry.number): entry for entry in entries}
    for (repository_id, number), row in listed.items():
        entry = last.get((repository_id, number))
        if row.log != origin:
            continue
        if entry is None:
            yield f"#{number} is listed but the log holds nothing about it"
        elif row != Listed(origin, entry.sequence, entry.verdict.value, entry.head_sha):
            yield f"#{number} is listed as something else than entry {entry.sequence} says"
    for _, number in last.keys() - listed.keys():
        yield f"#{number} is not listed, although the log holds a decision about it"


def _evidence_problems(entries: Iterable[Entry], look_up: LookUp) -> Iterator[str]:
    for entry in entries:
        named = (entry.change_digest, entry.decision_digest, entry.policy_digest)
        held = {name: look_up(name) for name in named if name}
        yield from verify_evidence(
            entry, {name: content for name, content in held.items() if content is not None}
        )
