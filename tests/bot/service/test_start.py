"""`changewarden serve` that cannot start says why, in a line, and leaves nothing behind."""

import os
import signal
import socket
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from tests.bot.recorded import open_store, record
from tests.builders import SAMPLE
from tests.fakes.clock import ManualClock
from warden_bot import data_dir
from warden_bot.commands import serve
from warden_bot.sandbox.keys import app_key_pem
from warden_bot.store import database
from warden_bot.store.database import FILE_NAME


def fill(folder: Path) -> None:
    """Record one decision in a data folder."""
    clock = ManualClock()
    with open_store(folder, clock) as store:
        record(store, clock, SAMPLE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a service that is set up well and has decided something."""
    data = tmp_path / "data"
    settings = {
        "APP_ID": "42",
        "PRIVATE_KEY": app_key_pem(),
        "WEBHOOK_SECRET": "a secret",
        "DATA_DIR": str(data),
        "PORT": "0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"CHANGEWARDEN_{name}", value)
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_MS", 50)
    fill(data)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield data
    for number, handler in handlers.items():
        signal.signal(number, handler)
    structlog.reset_defaults()


def scribble(path: Path) -> None:
    path.write_bytes(b"whatever this is, it is no database " * 200)


def from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE delivery (pizza TEXT)")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def without_its_key(path: Path) -> None:
    (path.parent / data_dir.KEY_FILE).unlink()


def with_a_damaged_key(path: Path) -> None:
    (path.parent / data_dir.KEY_FILE).write_bytes(b"scribble")


def with_a_folder_for_a_key(path: Path) -> None:
    without_its_key(path)
    (path.parent / data_dir.KEY_FILE).mkdir()


OBSTACLES = [
    (scribble, "not a database"),
    (from_the_future, "a newer one wrote it"),
    (of_another_program, "already exists"),
    (a_folder, "Is a directory"),
    (without_its_key, "Put the key back"),
    (with_a_damaged_key, "not a private key"),
    (with_a_folder_for_a_key, "Is a directory"),
]


@pytest.mark.parametrize(("spoil", "words"), OBSTACLES)
def test_what_cannot_be_worked_on_is_named_and_left_alone(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    spoil(folder / FILE_NAME)
    assert serve.main([]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert str(folder) in said or "key" in said
    with data_dir.owned(folder):
        pass  # nobody holds it any more


def test_a_database_that_somebody_else_holds_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        assert serve.main([]) == 2
    said = capsys.readouterr().err
    assert f"{folder / FILE_NAME} cannot be used: database is locked" in said


def test_an_address_that_is_taken_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("CHANGEWARDEN_PORT", str(port))
        assert serve.main([]) == 2
    assert str(port) in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANGEWARDEN_DATA_DIR", str(folder / FILE_NAME))
    assert serve.main([]) == 2
    assert str(folder / FILE_NAME) in capsys.readouterr().err


def test_nobody_else_can_read_what_is_kept_even_in_a_folder_that_everybody_can_open(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    fill(tmp_path)
    with open_store(tmp_path, ManualClock()):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes.pop(data_dir.PUBLIC_KEY_FILE) == 0o644
    assert set(modes.values()) == {0o600}, modes


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "what?is#this %41"
    fill(folder)
    assert (folder / FILE_NAME).stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_it_starts_is_an_orderly_stop(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_MS", 20_000)
    with closing(sqlite3.connect(folder / FILE_NAME, check_same_thread=False)) as rival:
        rival.execute("BEGIN IMMEDIATE")

        def interrupt() -> None:
            while signal.getsignal(number) is before:
                pass
            os.kill(os.getpid(), number)
            rival.rollback()

        before = signal.getsignal(number)
        hand = threading.Thread(target=interrupt)
        hand.start()
        assert serve.main([]) == 0
        hand.join()
    assert "listening" in capsys.readouterr().out
