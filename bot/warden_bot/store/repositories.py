"""The names under which repositories are known today; their ids are what everything hangs from."""

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from warden_bot.store.tables import repository


@dataclass(frozen=True, slots=True)
class RepositoryName:
    """A repository and the installation through which it is reached."""

    id: int
    installation_id: int
    full_name: str


def remember(connection: Connection, name: RepositoryName) -> None:
    """The repository is called this now."""
    values = {"installation_id": name.installation_id, "full_name": name.full_name}
    connection.execute(
        insert(repository)
        .values(id=name.id, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )


def name_of(connection: Connection, repository_id: int) -> str | None:
    """How to ask GitHub for this repository."""
    return connection.execute(
        select(repository.c.full_name).where(repository.c.id == repository_id)
    ).scalar()
