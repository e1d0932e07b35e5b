"""The migrations make exactly the tables the statements are written against."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from warden_bot.store.database import FILE_NAME, migrate, writing_engine
from warden_bot.store.tables import metadata


def test_a_migrated_database_has_the_declared_schema(tmp_path: Path) -> None:
    engine = writing_engine(tmp_path / FILE_NAME)
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing_and_keeps_the_rows(tmp_path: Path) -> None:
    engine = writing_engine(tmp_path / FILE_NAME)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO evidence VALUES ('sha256:00', x'00')"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM evidence")).scalar() == 1
    engine.dispose()


def test_commits_are_durable(tmp_path: Path) -> None:
    engine = writing_engine(tmp_path / FILE_NAME)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()
