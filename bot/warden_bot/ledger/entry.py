"""One entry of the log: that a decision was made, about what, and the digests of what it rests on.

An entry never holds evidence, only digests: a person's name or a secret that got into a
description can be erased later and the log still proves itself.
"""

import json
import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Self

from warden_bot.ledger.checkpoint import ORIGIN
from warden_policies.canonical import canonical_bytes
from warden_policies.model import Repository
from warden_policies.outcome import Verdict

SCHEMA = "changewarden.entry/v1"
MAX_ENTRY = 16 * 1024
"""Bytes; a real entry has less than one thousand."""

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_FORMS = {
    "log": ORIGIN,
    "repository.full_name": re.compile(r"[\w.-]+/[\w.-]+", re.ASCII),
    "base_sha": _COMMIT,
    "head_sha": _COMMIT,
    "merge_sha": _COMMIT,
    "policy_digest": _DIGEST,
    "change_digest": _DIGEST,
    "decision_digest": _DIGEST,
    "engine": re.compile(r"[!-~]+"),
    "work": re.compile(r"[!-~]+@[1-9][0-9]*"),
}
_MAY_BE_ABSENT = {"merge_sha", "policy_digest"}


class EntryError(ValueError):
    """Bytes that are not an entry of the log in its one form."""


class EntryKind(StrEnum):
    """What an entry records."""

    DECISION = "decision"
    MERGE = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The leaf of one decision, or of the merge that followed it.

    The entry of a merge repeats what stood when it happened: the verdict on the merged head commit
    and the digests of that decision.

    Raises:
        EntryError: a value cannot stand in an entry.
    """

    log: str
    """The origin of the log, so that an entry of one cannot be shown as one of another."""
    sequence: int
    """The entry's place in the log, counted from 0 without gaps."""
    kind: EntryKind = EntryKind.DECISION
    decided_at: datetime
    repository: Repository
    number: int
    """The pull request's."""
    base_sha: str
    head_sha: str
    merge_sha: str | None = None
    """The commit that the merge made; only in an entry of a merge."""
    verdict: Verdict
    policy_digest: str | None
    """None when there was no policy file."""
    change_digest: str
    decision_digest: str
    engine: str
    """The version of Changewarden that decided."""
    work: str
    """The work that led to it: `key@generation`."""

    def __post_init__(self) -> None:
        _require_counts(self)
        _require_forms(self)
        if self.decided_at.tzinfo is None:
            raise EntryError("decided_at: has no time zone")
        if (self.merge_sha is None) is (self.kind is EntryKind.MERGE):
            raise EntryError("merge_sha: belongs to the entry of a merge, and only there")

    def to_bytes(self) -> bytes:
        """The entry's one byte string: what is stored, and what the leaf hash is made over."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return canonical_bytes({"schema": SCHEMA, **values})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read back what `to_bytes` wrote, and nothing else.

        Raises:
            EntryError: too large, not JSON, another schema, a field missing, unknown or malformed,
                or not in canonical form.
        """
        entry = cls(**_values(_parse(data)))
        if entry.to_bytes() != data:
            raise EntryError("not in canonical form")
        return entry


def _parse(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_ENTRY:
        raise EntryError(f"an entry of {len(data)} bytes is over the {MAX_ENTRY} cap")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EntryError("not JSON") from error
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise EntryError(f"not of the schema {SCHEMA}")
    _require_fields("", value, {"schema", *(field.name for field in fields(Entry))})
    return value


def _values(value: dict[str, Any]) -> dict[str, Any]:
    """The arguments for an `Entry`, with the typed ones made from their texts."""
    repository = value["repository"]
    if not isinstance(repository, dict):
        raise EntryError("repository: not an object")
    _require_fields("repository.", repository, {"id", "full_name"})
    del value["schema"]
    try:
        typed = {
            "repository": Repository(**repository),
            "decided_at": _instant(value["decided_at"]),
            "kind": EntryKind(value["kind"]),
            "verdict": Verdict(value["verdict"]),
        }
    except ValueError as error:
        raise EntryError(str(error)) from error
    return value | typed


def _instant(text: object) -> datetime:
    if not isinstance(text, str) or not text.endswith("Z"):
        raise EntryError("decided_at: not a time in UTC, written with Z")
    return datetime.fromisoformat(text)


def _require_fields(prefix: str, value: dict[str, Any], wanted: set[str]) -> None:
    for name in sorted(wanted ^ value.keys()):
        raise EntryError(f"{prefix}{name}: {'missing' if name in wanted else 'unknown'}")


def _require_counts(entry: Entry) -> None:
    counts = {
        "sequence": (entry.sequence, 0),
        "number": (entry.number, 1),
        "repository.id": (entry.repository.id, 1),
    }
    for name, (value, least) in counts.items():
        if type(value) is not int or value < least:
            raise EntryError(f"{name}: not a whole number from {least} on")


def _require_forms(entry: Entry) -> None:
    for name, form in _FORMS.items():
        value: object = attrgetter(name)(entry)
        if value is None and name in _MAY_BE_ABSENT:
            continue
        if not isinstance(value, str) or not form.fullmatch(value):
            raise EntryError(f"{name}: malformed")
