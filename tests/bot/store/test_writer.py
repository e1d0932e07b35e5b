"""The writer: batches share a commit, a job that fails takes nothing with it, and nothing lies."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from warden_bot.store.database import FILE_NAME, reading_engine, writing_engine
from warden_bot.store.writer import Writer, WriterClosedError


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = writing_engine(tmp_path / FILE_NAME)
    with opened.begin() as connection:
        connection.execute(text("CREATE TABLE note (n INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE heap (content BLOB)"))
    yield opened
    opened.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    opened = Writer(engine)
    yield opened
    opened.close()


def add(number: int) -> Callable[[Connection], int]:
    def run(connection: Connection) -> int:
        connection.execute(text("INSERT INTO note VALUES (:n)"), {"n": number})
        return number

    return run


def notes(folder: Path) -> list[int]:
    reading = reading_engine(folder / FILE_NAME)
    with reading.begin() as connection:
        found = list(connection.execute(text("SELECT n FROM note ORDER BY n")).scalars())
    reading.dispose()
    return found


def test_what_was_written_can_be_read_when_write_returns(writer: Writer, tmp_path: Path) -> None:
    assert writer.write(add(7)) == 7
    assert notes(tmp_path) == [7]


def test_many_threads_write_without_losing_or_doubling(writer: Writer, tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda n: writer.write(add(n)), range(400))) == list(range(400))
    assert notes(tmp_path) == list(range(400))


def test_a_failing_job_takes_nothing_else_of_its_batch_with_it(
    writer: Writer, tmp_path: Path
) -> None:
    gate, entered = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        entered.set()
        gate.wait()

    def fail(connection: Connection) -> None:
        connection.execute(text("INSERT INTO note VALUES (2)"))
        raise ValueError("after a write of its own")

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(writer.write, hold)
        entered.wait()  # what follows gathers into one batch
        one, three = (pool.submit(writer.write, add(number)) for number in (1, 3))
        bad = pool.submit(writer.write, fail)
        gate.set()
        assert (one.result(), three.result(), first.result()) == (1, 3, None)
        with pytest.raises(ValueError, match="of its own"):
            bad.result()
    assert notes(tmp_path) == [1, 3]


def test_when_the_database_drops_the_whole_transaction_nobody_of_the_batch_hears_success(
    writer: Writer, tmp_path: Path
) -> None:
    """SQLite rolls a transaction back by itself when the disk is full in the middle of it."""
    gate, entered = threading.Event(), threading.Event()

    def fill_up(connection: Connection) -> None:
        connection.execute(text("INSERT INTO heap VALUES (zeroblob(1000000))"))

    def hold(connection: Connection) -> None:
        connection.execute(text("PRAGMA max_page_count=20"))
        entered.set()
        gate.wait()

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(writer.write, hold)
        entered.wait()  # what follows gathers into one batch
        told = []
        for job in (add(1), fill_up, add(3)):
            told.append(pool.submit(writer.write, job))
            wait_for_queue(writer, len(told))
        gate.set()
        first.result()
        assert [future.exception() is None for future in told] == [False, False, False]
    assert notes(tmp_path) == []
    assert writer.write(add(4)) == 4
    assert notes(tmp_path) == [4]


def wait_for_queue(writer: Writer, size: int) -> None:
    """Return once so many jobs wait, so that their order is known."""
    while writer._jobs.qsize() < size:
        time.sleep(0.001)


def test_an_error_does_not_repeat_the_values(writer: Writer) -> None:
    statement = text("INSERT INTO heap VALUES (:content) RETURNING nothing")
    with pytest.raises(OperationalError) as caught:
        writer.write(lambda connection: connection.execute(statement, {"content": "hush"}))
    assert "hush" not in str(caught.value)


def test_no_job_can_end_the_writer(writer: Writer) -> None:
    def leave(connection: Connection) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        writer.write(leave)
    assert writer.write(add(1)) == 1


def test_a_batch_that_cannot_be_committed_tells_every_caller(engine: Engine) -> None:
    writer = Writer(engine)
    writer.write(lambda connection: connection.execute(text("PRAGMA max_page_count=1")))
    big = text("CREATE TABLE more AS SELECT zeroblob(1000000) AS content")
    with pytest.raises(OperationalError, match="full"):
        writer.write(lambda connection: connection.execute(big))
    writer.close()


def test_a_closed_writer_refuses_and_closing_twice_is_harmless(writer: Writer) -> None:
    writer.close()
    writer.close()
    with pytest.raises(WriterClosedError):
        writer.write(add(1))


def test_a_reader_cannot_write(writer: Writer, tmp_path: Path) -> None:
    reading = reading_engine(tmp_path / FILE_NAME)
    with reading.begin() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("INSERT INTO note VALUES (1)"))
    reading.dispose()


def test_a_reader_sees_one_snapshot_and_does_not_wait_for_the_writer(
    writer: Writer, tmp_path: Path
) -> None:
    reading = reading_engine(tmp_path / FILE_NAME)
    count = text("SELECT count(*) FROM note")
    with reading.begin() as connection:
        assert connection.execute(count).scalar() == 0
        writer.write(add(1))
        assert connection.execute(count).scalar() == 0
    reading.dispose()
