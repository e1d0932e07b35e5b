"""What was decided about each pull request: recorded once, in the log, with its evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, select, update
from sqlalchemy.dialects.sqlite import insert

from warden_bot.ledger.entry import Entry
from warden_bot.ledger.keys import Signer
from warden_bot.store import log, repositories
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.tables import entry, evidence, pull_request, repository


@dataclass(frozen=True, slots=True)
class Decided:
    """One evaluation, ready to be recorded."""

    repository: RepositoryName
    number: int
    title: str
    opener: str
    state: str
    head_sha: str
    verdict: str
    sameness: str
    """A digest over inputs and result without the clock: when it is equal there is no news."""
    evidence: tuple[bytes, ...]
    log: str
    make_entry: Callable[[int], Entry]
    to_publish: bool
    """Whether GitHub shall show it; a merge changes nothing of what was shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest recorded decision on one pull request."""

    number: int
    state: str
    entry: bytes
    checkpoint: str
    decision: bytes
    trouble: str | None
    """Why the latest attempt to decide failed, if it did: the decision may be out of date."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a pull request's row in the list says that its decision stands."""

    log: str
    sequence: int
    verdict: str
    head_sha: str


def record(connection: Connection, decided: Decided, signer: Signer, now: int) -> bool:
    """Record a decision; False when it says nothing that the last entry did not say."""
    repositories.remember(connection, decided.repository)
    this = _is(decided.repository.id, decided.number)
    last = connection.execute(select(pull_request.c.sameness).where(this)).scalar()
    if last == decided.sameness:
        connection.execute(
            update(pull_request).where(this).values(state=decided.state, trouble=None)
        )
        return False
    log.keep_evidence(connection, decided.evidence)
    added = log.append(connection, decided.log, decided.make_entry, signer, now)
    _remember_pull_request(connection, decided, added, now)
    return True


def trouble_on(connection: Connection, repository_id: int, number: int, trouble: str) -> str | None:
    """Note that the pull request could not be decided again; returns its last known head, if any.

    What GitHub shows on that head may be out of date now, so it must not stay green.
    """
    return connection.execute(
        update(pull_request)
        .where(_is(repository_id, number))
        .values(trouble=trouble)
        .returning(pull_request.c.head_sha)
    ).scalar()


def standings_on(connection: Connection, repository_id: int, head_sha: str) -> tuple[Standing, ...]:
    """The latest decision of every pull request whose head is this commit."""
    rows = connection.execute(
        _select_standings()
        .where(pull_request.c.repository_id == repository_id, pull_request.c.head_sha == head_sha)
        .order_by(pull_request.c.number)
    )
    return tuple(Standing(*row) for row in rows)


def still_open(
    connection: Connection, installation_id: int, repository_id: int | None
) -> tuple[tuple[int, int], ...]:
    """Repository and number of the open pull requests in one repository, or in all of them."""
    wanted = [repository.c.installation_id == installation_id, pull_request.c.state == "open"]
    if repository_id is not None:
        wanted.append(pull_request.c.repository_id == repository_id)
    rows = connection.execute(
        select(pull_request.c.repository_id, pull_request.c.number)
        .join_from(pull_request, repository, repository.c.id == pull_request.c.repository_id)
        .where(*wanted)
        .order_by(pull_request.c.repository_id, pull_request.c.number)
    )
    return tuple((each, number) for each, number in rows)


def standing_of(connection: Connection, repository_id: int, number: int) -> Standing | None:
    """The latest decision of one pull request."""
    row = connection.execute(_select_standings().where(_is(repository_id, number))).first()
    return Standing(*row) if row else None


def listed(connection: Connection) -> dict[tuple[int, int], Listed]:
    """The whole list, by repository and number."""
    row = pull_request.c
    rows = connection.execute(
        select(row.repository_id, row.number, row.log, row.sequence, row.verdict, row.head_sha)
    )
    return {(repository_id, number): Listed(*rest) for repository_id, number, *rest in rows}


def _select_standings() -> Select[int, str, bytes, str, bytes, str | None]:
    return (
        select(
            pull_request.c.number,
            pull_request.c.state,
            entry.c.leaf,
            entry.c.checkpoint,
            evidence.c.content,
            pull_request.c.trouble,
        )
        .join_from(
            pull_request,
            entry,
            (entry.c.log == pull_request.c.log) & (entry.c.sequence == pull_request.c.sequence),
        )
        .join(evidence, evidence.c.digest == entry.c.decision_digest)
    )


def _is(repository_id: int, number: int) -> ColumnElement[bool]:
    return (pull_request.c.repository_id == repository_id) & (pull_request.c.number == number)


def _remember_pull_request(
    connection: Connection, decided: Decided, added: Entry, now: int
) -> None:
    values = {
        "title": decided.title,
        "opener": decided.opener,
        "state": decided.state,
        "head_sha": decided.head_sha,
        "log": decided.log,
        "sequence": added.sequence,
        "verdict": decided.verdict,
        "sameness": decided.sameness,
        "trouble": None,
        "updated_at": now,
    }
    connection.execute(
        insert(pull_request)
        .values(repository_id=decided.repository.id, number=decided.number, **values)
        .on_conflict_do_update(index_elements=["repository_id", "number"], set_=values)
    )
