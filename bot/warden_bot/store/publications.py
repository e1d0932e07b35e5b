"""What GitHub has been told: one check run for each head commit."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from warden_bot.store.tables import publication, repository


@dataclass(frozen=True, slots=True)
class Publication:
    """What GitHub shows on one commit, as far as we know."""

    full_name: str
    check_run_id: int | None
    digest: str | None


def publication_on(connection: Connection, repository_id: int, head_sha: str) -> Publication | None:
    """What was published on a commit; None for a repository that was never decided in."""
    row = connection.execute(
        select(repository.c.full_name, publication.c.check_run_id, publication.c.digest)
        .join_from(
            repository,
            publication,
            (publication.c.repository_id == repository.c.id) & (publication.c.head_sha == head_sha),
            isouter=True,
        )
        .where(repository.c.id == repository_id)
    ).first()
    return Publication(*row) if row else None


def remember(
    connection: Connection,
    repository_id: int,
    head_sha: str,
    check_run_id: int,
    digest: str | None,
) -> None:
    """GitHub shows the content with this digest, in this check run; None when that is unsure."""
    values = {"check_run_id": check_run_id, "digest": digest}
    connection.execute(
        insert(publication)
        .values(repository_id=repository_id, head_sha=head_sha, **values)
        .on_conflict_do_update(index_elements=["repository_id", "head_sha"], set_=values)
    )


def forget(connection: Connection, repository_id: int, head_sha: str) -> None:
    """Somebody asked for the check to be run again: publish even if nothing changed."""
    connection.execute(
        update(publication)
        .where(publication.c.repository_id == repository_id, publication.c.head_sha == head_sha)
        .values(digest=None)
    )
