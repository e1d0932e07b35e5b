"""What people look at: the list of changes, and the history of one."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, String, cast, or_, select

from warden_bot.store.tables import entry, evidence, pull_request, repository

_MAX_WORDS = 10
"""Each word of a search costs a look at every change."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the list. `updated_at` is in milliseconds since 1970 UTC."""

    full_name: str
    number: int
    title: str
    opener: str
    state: str
    head_sha: str
    verdict: str
    decision: bytes
    trouble: str | None
    updated_at: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the log about one change, with the decision it points to."""

    entry: bytes
    leaf_hash: bytes
    checkpoint: str
    decision: bytes
    appended_at: int


def latest(connection: Connection, limit: int = 100, text: str = "") -> tuple[ChangeRow, ...]:
    """The changes decided last, the newest first; only those that every word of `text` is in."""
    order = (pull_request.c.updated_at.desc(), pull_request.c.repository_id, pull_request.c.number)
    wanted = map(_mentions, text.split()[:_MAX_WORDS])
    rows = connection.execute(_select_changes().where(*wanted).order_by(*order).limit(limit))
    return tuple(ChangeRow(*row) for row in rows)


def find(connection: Connection, full_name: str, number: int) -> ChangeRow | None:
    """One change by the name people know it by, whatever its case."""
    row = connection.execute(
        _select_changes().where(
            repository.c.full_name.ilike(_literal(full_name), escape="\\"),
            pull_request.c.number == number,
        )
    ).first()
    return ChangeRow(*row) if row else None


def history(
    connection: Connection, full_name: str, number: int, limit: int | None = None
) -> tuple[HistoryRow, ...]:
    """What the log holds about one change, the newest first; everything without a `limit`."""
    rows = connection.execute(
        select(
            entry.c.leaf,
            entry.c.leaf_hash,
            entry.c.checkpoint,
            evidence.c.content,
            entry.c.appended_at,
        )
        .join_from(entry, repository, repository.c.id == entry.c.repository_id)
        .join(evidence, evidence.c.digest == entry.c.decision_digest)
        .where(
            repository.c.full_name.ilike(_literal(full_name), escape="\\"),
            entry.c.number == number,
        )
        .order_by(entry.c.appended_at.desc(), entry.c.sequence.desc())
        .limit(limit)
    )
    return tuple(HistoryRow(*row) for row in rows)


def _select_changes() -> Select[str, int, str, str, str, str, str, bytes, str | None, int]:
    return (
        select(
            repository.c.full_name,
            pull_request.c.number,
            pull_request.c.title,
            pull_request.c.opener,
            pull_request.c.state,
            pull_request.c.head_sha,
            pull_request.c.verdict,
            evidence.c.content,
            pull_request.c.trouble,
            pull_request.c.updated_at,
        )
        .join_from(pull_request, repository, repository.c.id == pull_request.c.repository_id)
        .join(
            entry,
            (entry.c.log == pull_request.c.log) & (entry.c.sequence == pull_request.c.sequence),
        )
        .join(evidence, evidence.c.digest == entry.c.decision_digest)
    )


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether a change's title, opener or `owner/name#number` has `word` in it; `#7` is only 7."""
    if word.startswith("#"):
        return cast(pull_request.c.number, String) == word[1:]
    pattern = f"%{_literal(word)}%"
    name = repository.c.full_name + "#" + cast(pull_request.c.number, String)
    places = (pull_request.c.title, pull_request.c.opener, name)
    return or_(*(place.ilike(pattern, escape="\\") for place in places))


def _literal(text: str) -> str:
    """`text` as a pattern that matches only itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
