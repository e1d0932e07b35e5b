"""Stored changes as `changewarden replay` reads them: with their policies and decisions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from warden_bot.ledger.entry import Entry, EntryError, EntryKind
from warden_bot.store import log
from warden_bot.store.tables import entry, pull_request
from warden_policies.canonical import digest
from warden_policies.floor import union
from warden_policies.language import parse_policy
from warden_policies.policy import Dialect, InvalidPolicy
from warden_policies.replay import STORED_SCHEMA


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that an entry of the log names and the database has not, or not as it was."""

    where: str
    why: str


def kept(
    connection: Connection, *, every: bool, since: datetime | None = None
) -> Iterator[bytes | Gap]:
    """One line for what stands of each pull request, or for `every` decision.

    Each is read when it is asked for. What was altered does not fit its digest and is a gap.
    """
    for where, leaf in _leaves(connection, every=every):
        try:
            found = Entry.from_bytes(leaf)
        except EntryError as error:
            yield Gap(where, f"not an entry of the log: {error}")
            continue
        if since is None or found.decided_at >= since:
            yield _line(connection, where, found)


def _leaves(connection: Connection, *, every: bool) -> Iterator[tuple[str, bytes]]:
    columns = select(entry.c.log, entry.c.sequence, entry.c.leaf)
    if every:
        wanted = columns.where(entry.c.kind == EntryKind.DECISION.value)
        wanted = wanted.order_by(entry.c.log, entry.c.sequence)
    else:
        row = pull_request.c
        wanted = columns.join_from(
            pull_request, entry, (entry.c.log == row.log) & (entry.c.sequence == row.sequence)
        ).order_by(row.repository_id, row.number)
    for name, sequence, leaf in connection.execute(wanted):
        yield f"{name} entry {sequence}", log.as_bytes(leaf)


def _line(connection: Connection, where: str, found: Entry) -> bytes | Gap:
    try:
        change = _required(connection, found.change_digest, "change")
        decision = _required(connection, found.decision_digest, "decision")
        policy, floor = _policies(connection, found.policy_digest or "")
    except _LostError as lost:
        return Gap(where, str(lost))
    members = [("change", change), ("decision", decision), ("policy", _text(policy))]
    if floor is not None:
        members.append(("floor", _text(floor)))
    if policy is not None and _is_policy_bots(policy):
        members.append(("dialect", json.dumps(Dialect.POLICY_BOT).encode()))
    parts = (f'"{name}":'.encode() + value for name, value in members)
    return b",".join((b'{"schema":"%b"' % STORED_SCHEMA.encode(), *parts)) + b"}\n"


class _LostError(Exception):
    """Some evidence is not there, or is not what it was."""


def _policies(connection: Connection, name: str) -> tuple[bytes | None, bytes | None]:
    """The policy of that digest; or, where that names two, the repository's and the floor."""
    document = _evidence(connection, name, "policy")
    try:
        both = json.loads(document or b"")
        if union(both["floor"], both["own"]) != document:
            return document, None
    except (ValueError, TypeError, KeyError, RecursionError):
        return document, None
    own = _required(connection, both["own"], "policy")
    return own, _required(connection, both["floor"], "organisation's policy")


def _is_policy_bots(policy: bytes) -> bool:
    """Whether it is in policy-bot's language: no text is a policy in both."""
    try:
        parse_policy(policy, "", Dialect.POLICY_BOT)
    except InvalidPolicy:
        return False
    return True


def _required(connection: Connection, name: str, what: str) -> bytes:
    content = _evidence(connection, name, what)
    if content is None:
        raise _LostError(f"its {what} is not stored any more")
    return content


def _evidence(connection: Connection, name: str, what: str) -> bytes | None:
    content = log.evidence_of(connection, name)
    if content is not None and digest(content) != name:
        raise _LostError(f"its {what} was altered")
    return content


def _text(policy: bytes | None) -> bytes:
    """A policy as JSON; one that is not stored, or is no text, cannot be told here."""
    try:
        return json.dumps(policy.decode()).encode() if policy is not None else b"null"
    except UnicodeDecodeError:
        return b"null"
