"""Small logs for the tests: entries, the notes that cover them, and one fixed key."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from warden_bot.ledger.checkpoint import Checkpoint, sign
from warden_bot.ledger.entry import Entry
from warden_bot.ledger.keys import Signer
from warden_bot.ledger.tree import Frontier, leaf_hash
from warden_policies.canonical import digest
from warden_policies.model import Repository
from warden_policies.outcome import Verdict

ORIGIN = "warden.example/log/42"
SIGNER = Signer.from_seed(bytes(range(32)))
PUBLIC_KEY = SIGNER.public_key()


def entry(sequence: int, /, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "log": ORIGIN,
        "sequence": sequence,
        "decided_at": datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=sequence),
        "repository": Repository(id=7, full_name="octo/shop"),
        "number": 12,
        "base_sha": "a" * 40,
        "head_sha": f"{sequence:040x}",
        "verdict": Verdict.BLOCK,
        "policy_digest": digest(b"policy"),
        "change_digest": digest(b"change %d" % sequence),
        "decision_digest": digest(b"decision %d" % sequence),
        "engine": "0.1.0",
        "work": f"7#12@{sequence + 1}",
    }
    return Entry(**values | changes)


@dataclass(frozen=True)
class Log:
    """What a store holds: the leaves, their hashes, and a note for every size from 1 on."""

    leaves: list[bytes]
    hashes: list[bytes]
    notes: list[str]


def log_of(size: int) -> Log:
    leaves = [entry(sequence).to_bytes() for sequence in range(size)]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    frontier, notes = Frontier(), []
    for item in hashes:
        frontier = frontier.append(item)
        notes.append(sign(Checkpoint(ORIGIN, frontier.size, frontier.root()), SIGNER))
    return Log(leaves, hashes, notes)
