"""The record under attack: whatever an insider changes in the file, the audit names it."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.recorded import LOG, open_store, record
from tests.builders import BOB, SAMPLE, approval
from tests.fakes.clock import ManualClock
from warden_bot import data_dir
from warden_bot.audit import audit
from warden_bot.commands.ledger import main
from warden_bot.ledger.checkpoint import Checkpoint, sign
from warden_bot.store import log
from warden_bot.store.database import FILE_NAME, reading
from warden_policies.codec import decode_change
from warden_policies.decision_file import encode_decision
from warden_policies.evaluate import evaluate
from warden_policies.language import parse_policy


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with four entries about two pull requests."""
    folder, clock = tmp_path / "data", ManualClock()
    approved = replace(SAMPLE, reviews=(approval(BOB),))
    with open_store(folder, clock) as store:
        for change in (SAMPLE, approved, replace(SAMPLE, number=8), replace(approved, number=8)):
            record(store, clock, change)
    return folder


def alter(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement, values)
        connection.commit()


def test_an_untouched_record_verifies(data: Path) -> None:
    (report,) = audit(data, None)
    assert (report.ok, report.size, report.origin) == (True, 4, LOG)


def test_the_same_inputs_at_another_time_are_no_new_entry(tmp_path: Path) -> None:
    clock = ManualClock()
    with open_store(tmp_path, clock) as store:
        record(store, clock, SAMPLE)
        clock.advance(hours=1)
        record(store, clock, SAMPLE)
    (report,) = audit(tmp_path, None)
    assert report.size == 1


def test_every_recorded_decision_can_be_made_again_from_what_was_kept(data: Path) -> None:
    with reading(data) as connection:
        stored = log.read(connection, LOG)
        for leaf in stored.leaves:
            entry = json.loads(leaf)
            kept = {
                name: log.evidence_of(connection, entry[f"{name}_digest"]) or b""
                for name in ("policy", "change", "decision")
            }
            policy = parse_policy(kept["policy"], ".github/changewarden.yml")
            again = evaluate(policy, decode_change(kept["change"]))
            assert encode_decision(again) == kept["decision"]


ATTACKS: list[tuple[str, str]] = [
    (
        "UPDATE entry SET leaf = replace(leaf, '\"pending\"', '\"allow\"') WHERE sequence = 2",
        "entry 2 altered",
    ),
    ("DELETE FROM entry WHERE sequence = 3", "truncated: a checkpoint signed"),
    ("DELETE FROM entry WHERE sequence = 1", "entry 2 stands where entry 1 belongs"),
    ("UPDATE entry SET sequence = 9 WHERE sequence = 0", "stands where entry"),
    ("DELETE FROM evidence WHERE digest IN (SELECT decision_digest FROM entry)", "is missing"),
    ("UPDATE evidence SET content = content || ' '", "was altered"),
    ("UPDATE entry SET leaf_hash = zeroblob(32) WHERE sequence = 1", "entry 1 altered"),
    ("UPDATE entry SET leaf = 7 WHERE sequence = 1", "entry 1 altered"),
    (
        "UPDATE entry SET checkpoint = replace(checkpoint, char(10)||'4', char(10)||'5')",
        "is not valid",
    ),
    ("DELETE FROM log_head", "has no head"),
    ("UPDATE log_head SET frontier = 'scribble'", "its head does not fit"),
    ("UPDATE log_head SET frontier = zeroblob(8)", "its head does not fit"),
    # What people look at is found through columns beside the leaf.
    ("UPDATE entry SET number = 8 WHERE sequence = 0", "entry 0 is kept as something else"),
    ("UPDATE entry SET repository_id = 1 WHERE sequence = 0", "entry 0 is kept as something else"),
    ("UPDATE entry SET sequence = 9 WHERE sequence = 3", "entry 3 is kept as something else"),
    ("UPDATE entry SET kind = 'merge' WHERE sequence = 0", "entry 0 is kept as something else"),
    (
        "UPDATE entry SET decision_digest ="
        " (SELECT decision_digest FROM entry WHERE sequence = 1) WHERE sequence = 0",
        "entry 0 is kept as something else",
    ),
    ("UPDATE pull_request SET verdict = 'block'", "#7 is listed as something else"),
    ("UPDATE pull_request SET verdict = 7", "#7 is listed as something else"),
    ("UPDATE pull_request SET head_sha = 'f00'", "#7 is listed as something else"),
    ("UPDATE pull_request SET sequence = 0 WHERE number = 7", "#7 is listed as something else"),
    ("UPDATE pull_request SET number = 9 WHERE number = 8", "#9 is listed but"),
    ("DELETE FROM pull_request WHERE number = 8", "#8 is not listed"),
]


@pytest.mark.parametrize(("attack", "named"), ATTACKS)
def test_an_alteration_is_caught_and_named(data: Path, attack: str, named: str) -> None:
    on_github = newest_checkpoint(data)
    alter(data, attack)
    (report,) = audit(data, None, (on_github,))
    assert not report.ok
    assert any(named in problem for problem in report.problems), report.problems


@pytest.mark.parametrize(
    "cover",
    [
        "DELETE FROM log_head",
        "UPDATE log_head SET log = 'another'",
        "UPDATE log_head SET log = x'ff00'",
        "UPDATE log_head SET log = 'ok    ' || log || char(10)",
        "UPDATE pull_request SET log = 'another'",
    ],
)
def test_an_altered_record_cannot_be_hidden_from_the_audit(
    data: Path, capsys: pytest.CaptureFixture[str], cover: str
) -> None:
    alter(data, cover)
    alter(data, "UPDATE entry SET leaf = replace(leaf, '\"pending\"', '\"allow\"')")
    for form in ("text", "json"):
        code, out = run(capsys, "--data-dir", str(data), "--format", form)
        assert code > 0
        assert not out.startswith("ok")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LOG}\n999\n", "truncated"),
        ("github.example/app/1/installation/12\n1\n", "truncated"),
        ("", "a checkpoint is a text"),
        (LOG, "a checkpoint is a text"),
        ("whatever this is", "a checkpoint is a text"),
    ],
)
def test_a_checkpoint_that_is_handed_in_is_never_passed_over(
    data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, words: str
) -> None:
    if text.endswith("\n"):
        origin, size = text.split("\n")[:2]
        signer = data_dir.signer(data)
        text = sign(Checkpoint(origin, int(size), bytes(32)), signer)
    kept = tmp_path / "kept.txt"
    kept.write_text(text)
    code, out = run(capsys, "--data-dir", str(data), "--checkpoint", str(kept))
    assert code == 1
    assert words in out


@pytest.mark.parametrize("edit", [str.strip, lambda text: f"\n{text}\n\n".replace("\n", "\r\n")])
def test_a_checkpoint_may_be_copied_from_the_page_of_a_check_run(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[str], str]
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_bytes(edit(newest_checkpoint(data)).encode())
    assert run(capsys, "--data-dir", str(data), "--checkpoint", str(kept))[0] == 0


@pytest.mark.parametrize(
    "leaf",
    [
        '{"schema": "changewarden.entry/v1", "\\u001b[2K\\u001b[1Gok    fine": 1}',
        '{"schema": "changewarden.entry/v1", "\\ud800": 1}',
        "[" * 20_000,
    ],
)
def test_what_an_insider_wrote_cannot_draw_on_the_auditors_terminal(
    data: Path, capsys: pytest.CaptureFixture[str], leaf: str
) -> None:
    alter(data, "UPDATE entry SET leaf = ?, leaf_hash = x'00' WHERE sequence = 0", leaf)
    code, out = run(capsys, "--data-dir", str(data))
    assert code == 1
    assert "\x1b" not in out
    out.encode()


def newest_checkpoint(folder: Path) -> str:
    with reading(folder) as connection:
        return log.read(connection, LOG).checkpoints[-1]


def test_a_log_rewritten_with_its_key_shows_against_a_checkpoint_kept_elsewhere(
    data: Path, tmp_path: Path
) -> None:
    on_github = newest_checkpoint(data)
    rewritten, clock = tmp_path / "rewritten", ManualClock()
    rewritten.mkdir()
    for name in (data_dir.KEY_FILE, data_dir.PUBLIC_KEY_FILE):
        (rewritten / name).write_bytes((data / name).read_bytes())
    with open_store(rewritten, clock) as store:
        for number in (7, 8, 9, 10):
            record(store, clock, replace(SAMPLE, number=number, title="Nothing happened"))
    (alone,) = audit(rewritten, None)
    assert alone.ok, "without a witness a holder of the key can write any history"
    (report,) = audit(rewritten, None, (on_github,))
    assert not report.ok


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["verify", *arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_the_command_says_what_it_found(
    data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = ("--data-dir", str(data))
    code, out = run(capsys, *folder)
    assert code == 0
    assert f"ok    {LOG}: 4 entries" in out
    code, out = run(capsys, *folder, "--format", "json")
    assert json.loads(out)["logs"][0]["size"] == 4

    checkpoint = tmp_path / "checkpoint.txt"
    checkpoint.write_text(newest_checkpoint(data))
    assert run(capsys, *folder, "--checkpoint", str(checkpoint))[0] == 0

    alter(data, "UPDATE entry SET leaf = replace(leaf, '\"pending\"', '\"allow\"')")
    code, out = run(capsys, *folder)
    assert code == 1
    assert "FAIL" in out
    assert "altered" in out


def broken(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"this is not a database, however long it is" * 100)


def without_key(folder: Path) -> None:
    (folder / data_dir.PUBLIC_KEY_FILE).unlink()


def without_database(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (broken, "cannot be read"),
        (without_key, "public key cannot be read"),
        (without_database, "there is no database"),
    ],
)
def test_what_cannot_be_read_is_exit_2_and_never_ok(
    data: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], None],
    words: str,
) -> None:
    for path in data.glob(f"{FILE_NAME}-*"):
        path.unlink()
    damage(data)
    code, out = run(capsys, "--data-dir", str(data))
    assert code == 2
    assert words in out
