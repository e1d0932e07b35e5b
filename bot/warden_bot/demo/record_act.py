"""Act three: what was recorded verifies, and a copy that somebody altered does not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from warden_bot.audit import audit
from warden_bot.data_dir import PUBLIC_KEY_FILE
from warden_bot.demo.stage import expect, say, step, wait_for
from warden_bot.ledger.entry import Entry, EntryKind
from warden_bot.service import Service
from warden_bot.store import changes
from warden_bot.store.changes import HistoryRow
from warden_bot.store.database import FILE_NAME


def play(service: Service, data: Path, full_name: str, number: int) -> None:
    """Run the act: wait for the merge to be recorded, verify, tamper with a copy, verify again.

    Raises:
        WrongTurnError: the record does not verify, or the altered copy does.
    """
    say("[3/3] The record: every decision is an entry of a log that proves itself")
    history = _history_with_merge(service, full_name, number)
    (report,) = audit(data, None)
    expect(report.ok, "the record to verify", report.problems)
    step("ledger verify", "ok", f"{report.size} entries, root {report.root[:16]}…")

    altered = _earliest_block(history)
    copy = _altered_copy(data, altered)
    (report,) = audit(copy, data / PUBLIC_KEY_FILE)
    expect(not report.ok, "the altered copy to be caught", report)
    expect(
        f"entry {altered.sequence} altered" in report.problems[0], "the entry to be named", report
    )
    step(f"entry {altered.sequence} of a copy", "altered", '"block" turned into "allow"')
    step("ledger verify", "caught", report.problems[0])
    say()


def _history_with_merge(service: Service, full_name: str, number: int) -> tuple[HistoryRow, ...]:
    def look() -> tuple[HistoryRow, ...] | None:
        rows = _history(service, full_name, number)
        newest = Entry.from_bytes(rows[0].entry) if rows else None
        return rows if newest and newest.kind is EntryKind.MERGE else None

    return wait_for(
        look,
        "the merge to be recorded",
        lambda: f"{len(_history(service, full_name, number))} entries without it",
    )


def _history(service: Service, full_name: str, number: int) -> tuple[HistoryRow, ...]:
    with service.store.reading() as connection:
        return changes.history(connection, full_name, number)


def _earliest_block(history: tuple[HistoryRow, ...]) -> Entry:
    return Entry.from_bytes(history[-1].entry)


def _altered_copy(data: Path, entry: Entry) -> Path:
    """Do what an insider with the database would: turn a "block" into an "allow"."""
    copy = data.with_name("altered-copy")
    copy.mkdir()
    with (
        closing(sqlite3.connect(data / FILE_NAME)) as source,
        closing(sqlite3.connect(copy / FILE_NAME)) as target,
    ):
        source.backup(target)
        forged = entry.to_bytes().replace(b'"verdict":"block"', b'"verdict":"allow"')
        target.execute("UPDATE entry SET leaf = ? WHERE sequence = ?", (forged, entry.sequence))
        target.commit()
    return copy
