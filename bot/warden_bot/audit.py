"""Verifying a data folder as an auditor would: from its database file and a public key alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warden_bot.data_dir import PUBLIC_KEY_FILE
from warden_bot.ledger.entry import Entry, EntryError
from warden_bot.ledger.keys import KeyFormatError, load_public_pem
from warden_bot.ledger.verify import verify_evidence, verify_log
from warden_bot.store import log
from warden_bot.store.database import DatabaseUnusableError, reading
from warden_bot.store.log import StoredLog

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
            return tuple(
                _report(
                    log.read(connection, origin),
                    lambda name: log.evidence_of(connection, name),
                    key,
                    outside,
                )
                for origin in log.origins(connection)
            )
    except DatabaseUnusableError as error:
        raise AuditError(str(error)) from error


def _load_key(path: Path) -> Ed25519PublicKey:
    try:
        return load_public_pem(path.read_bytes())
    except (OSError, KeyFormatError) as error:
        raise AuditError(f"the log's public key cannot be read from {path}: {error}") from error


def _report(
    stored: StoredLog,
    evidence_of: Callable[[str], bytes | None],
    key: Ed25519PublicKey,
    outside: Sequence[str],
) -> LogReport:
    concerning = tuple(text for text in outside if text.startswith(f"{stored.origin}\n"))
    found = verify_log(
        stored.leaves,
        stored.checkpoints + concerning,
        key,
        stored.origin,
        stored_leaf_hashes=stored.leaf_hashes,
    )
    problems = ((found.problem,) if found.problem else ()) + _evidence_problems(stored, evidence_of)
    return LogReport(stored.origin, found.size, found.root.hex(), problems[:_MOST_PROBLEMS])


def _evidence_problems(
    stored: StoredLog, evidence_of: Callable[[str], bytes | None]
) -> tuple[str, ...]:
    problems: list[str] = []
    for leaf in stored.leaves:
        try:
            entry = Entry.from_bytes(leaf)
        except EntryError:
            continue  # named by the verification of the log itself
        named = (entry.change_digest, entry.decision_digest, entry.policy_digest)
        held = {name: evidence_of(name) for name in named if name}
        present = {name: content for name, content in held.items() if content is not None}
        problems += verify_evidence(entry, present)
    return tuple(problems)
