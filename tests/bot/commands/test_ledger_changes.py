"""`changewarden ledger changes`: what was stored, as `changewarden replay` reads it."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.bot.recorded import POLICY, open_store, record
from tests.builders import BOB, SAMPLE, approval
from tests.fakes.clock import ManualClock
from warden_bot.commands.ledger import main
from warden_bot.store.database import FILE_NAME
from warden_hooks.commands.replay import main as replay

APPROVED = replace(SAMPLE, reviews=(approval(BOB),))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two pull requests, one of them decided twice, and one without a policy."""
    folder, clock = tmp_path / "data", ManualClock()
    with open_store(folder, clock) as store:
        record(store, clock, SAMPLE)
        record(store, clock, APPROVED)
        record(store, clock, replace(SAMPLE, number=8))
        record(store, clock, replace(SAMPLE, number=9), b"version: 2")
    return folder


def lines(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0
) -> list[bytes]:
    assert main(["changes", "--data-dir", str(data), *arguments]) == code
    return capfdbinary.readouterr().out.splitlines(keepends=True)


def test_what_stands_of_every_pull_request_is_a_line(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    documents: list[Any] = [json.loads(line) for line in lines(data, capfdbinary)]

    assert [each["change"]["change"]["number"] for each in documents] == [7, 8, 9]
    assert [each["decision"]["verdict"] for each in documents] == ["allow", "pending", "error"]
    assert [each["policy"] for each in documents] == [POLICY.decode()] * 2 + ["version: 2"]
    assert {each["schema"] for each in documents} == {"changewarden.stored/v1"}


def test_every_decision_is_derived_again(
    data: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    stored = lines(data, capfdbinary, "--every")
    (tmp_path / "all.jsonl").write_bytes(b"".join(stored))

    assert len(stored) == 4
    assert replay([str(tmp_path / "all.jsonl")]) == 0
    assert capfdbinary.readouterr().out == b"4 of 4 decisions derived again, each to the byte\n"


def test_a_day_leaves_out_what_was_decided_before_it(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    first = json.loads(lines(data, capfdbinary, "--every")[0])["change"]["change"]["evaluated_at"]
    later = datetime.fromisoformat(first).astimezone(UTC).replace(microsecond=1).isoformat()

    assert len(lines(data, capfdbinary, "--every", "--since", later)) == 3
    assert lines(data, capfdbinary, "--since", "2999-01-01") == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM evidence WHERE CAST(content AS TEXT) LIKE '%snapshot/v1%'",
         "its change is not stored any more"),
        ("UPDATE evidence SET content = x'7b7d' WHERE CAST(content AS TEXT) LIKE '%decision/v1%'",
         "its decision was altered"),
        ("UPDATE entry SET leaf = x'7b7d'", "not an entry of the log"),
    ],
)  # fmt: skip
def test_what_is_missing_or_altered_is_named_and_never_printed(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], statement: str, why: str
) -> None:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
        connection.commit()

    assert main(["changes", "--data-dir", str(data)]) == 1
    captured = capfdbinary.readouterr()
    assert captured.out == b""
    assert captured.err.decode().count(why) == 3


def test_a_policy_that_is_not_stored_any_more_does_not_hide_the_change(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        connection.execute("DELETE FROM evidence WHERE CAST(content AS TEXT) LIKE 'version: 1%'")
        connection.commit()

    stored = lines(data, capfdbinary)
    assert [json.loads(line)["policy"] for line in stored] == [None, None, "version: 2"]


def test_a_folder_without_a_database_exits_2(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["changes", "--data-dir", str(tmp_path)]) == 2
    assert b"there is no database at" in capfdbinary.readouterr().err
