"""Open the embedded database: one writing connection, reading ones beside it, and its schema.

SQLite runs in WAL mode with `synchronous=FULL`: a commit that returned is on disk. Readers use an
engine of their own, since a reader on the writer's only connection would wait for itself. Errors
never repeat the values of a statement: they are what people wrote, and errors get into logs.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

FILE_NAME = "changewarden.sqlite3"
_BUSY_TIMEOUT_MS = 4_000
"""How long another program may hold the file. GitHub waits 10 seconds for an answer: within them,
the truth is a 503."""


def _url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))  # from its parts: "?" and "#" are just letters


def writing_engine(path: Path) -> Engine:
    """The engine of the one writer; every transaction takes the write lock at its start."""
    engine = create_engine(
        _url(path),
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        # The driver starts no transactions of its own: ours begin with the write lock.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _take_write_lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    """An engine that cannot write. A transaction on it sees one snapshot of the database."""
    engine = create_engine(
        _url(path),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _take_snapshot(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


class TransactionLostError(RuntimeError):
    """The database rolled the transaction back by itself; nothing of it was stored."""


def require_transaction(connection: Connection) -> None:
    """Make sure that the transaction still stands.

    SQLite gives it up as a whole when the disk is full or fails in the middle of a statement, and
    the commit that follows commits nothing, without a word. https://sqlite.org/lang_transaction.html
    section 3.1.

    Raises:
        TransactionLostError: it does not.
    """
    driver = connection.connection.driver_connection
    if driver is None or not driver.in_transaction:
        raise TransactionLostError("the database gave up the transaction; the disk may be full")


class DatabaseUnusableError(Exception):
    """There is no database of ours where one was looked for. The message names the file."""


@contextmanager
def reading(folder: Path) -> Iterator[Connection]:
    """One snapshot of a database that somebody else may be serving; nothing is ever written.

    Raises:
        DatabaseUnusableError: the file is missing, damaged or of another program.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise DatabaseUnusableError(f"there is no database at {path}")
    engine = reading_engine(path)
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise DatabaseUnusableError(f"{path} cannot be read: {error.orig}") from error
    finally:
        engine.dispose()


def open_for_writing(path: Path) -> Engine:
    """The writer's engine, on a file that has this release's schema and that only we can read.

    Raises:
        DatabaseUnusableError: it is damaged, held by another program, or of a newer release.
        OSError: it cannot be opened or made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    engine = writing_engine(path)
    try:
        migrate(engine)
    except (DatabaseError, CommandError) as error:
        engine.dispose()
        if isinstance(error, DatabaseError):
            raise DatabaseUnusableError(f"{path} cannot be used: {error.orig}") from error
        raise DatabaseUnusableError(
            f"{path} is not of this release ({error}): a newer one wrote it, use that"
        ) from error
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema up to this release, in one transaction."""
    config = Config()
    with resources.as_file(resources.files("warden_bot.store") / "migrations") as scripts:
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
