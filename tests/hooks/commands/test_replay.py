"""`changewarden replay`: past changes under a new policy, and stored decisions made again."""

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import BOB, POLICY_SOURCE, SAMPLE, approval, ready
from tests.policies.test_replay import document, stored
from warden_hooks.commands.replay import main
from warden_policies.canonical import digest
from warden_policies.codec import encode_change
from warden_policies.json_text import MAX_BYTES
from warden_policies.model import Change

ONE = b"version: 1\nrequirements: {Review: {require: {approvals: {count: 1}}}}\n"
STRICT = ["--policy", "policy.yml"]
APPROVED_ONCE = replace(ready(number=8), reviews=(approval(BOB),))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yml").write_bytes(POLICY_SOURCE)
    (tmp_path / "one.yml").write_bytes(ONE)
    (tmp_path / "changes").mkdir()
    return tmp_path


def keep(folder: Path, *changes: Change, source: bytes = POLICY_SOURCE) -> None:
    """Store changes with what that policy said to them, one on each line."""
    lines = [stored(document(change, source)) + b"\n" for change in changes]
    (folder / "changes/all.jsonl").write_bytes(b"".join(lines))


def test_what_a_policy_would_have_said_is_told_with_reasons(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(folder, ready(), APPROVED_ONCE, ready(number=9, body=""), source=ONE)

    assert main([*STRICT, "changes"]) == 1
    assert (
        capsys.readouterr().out
        == """\
1 of 3 changes would have been blocked, although 1 of them was allowed
  acme/shop#9 at 7be01d4, 2026-11-23: Blocked: reason missing; rollback plan missing (2 of 3 done)\
 (it said allow)
1 of 3 changes would not have been allowed yet, although 1 of them was allowed
  acme/shop#8 at 7be01d4, 2026-11-23: Waiting: 1 of 2 approvals (2 of 3 done) (it said allow)
"""
    )


def test_what_would_be_allowed_now_is_told_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(folder, ready(), APPROVED_ONCE)

    assert main(["--policy", "one.yml", "changes"]) == 0
    assert (
        capsys.readouterr().out
        == """\
0 of 2 changes would have been blocked
1 of 2 changes would have been allowed, although they were not
  acme/shop#8 at 7be01d4, 2026-11-23: Change record complete (1 of 1) (it said pending)
"""
    )


def test_bare_changes_in_files_of_their_own_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "changes/deeper").mkdir()
    (folder / "changes/7.json").write_bytes(encode_change(ready()))
    (folder / "changes/deeper/8.json").write_bytes(encode_change(ready(number=8)))
    (folder / "changes/README.md").write_text("not a change", encoding="utf-8")

    assert main([*STRICT, "changes"]) == 0
    assert capsys.readouterr().out == "0 of 2 changes would have been blocked\n"


def test_lines_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = encode_change(ready()) + b"\n\n" + encode_change(SAMPLE)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    assert main([*STRICT, "-"]) == 1
    assert "1 of 2 changes would have been blocked\n" in capsys.readouterr().out


def test_a_closed_standard_input_is_no_empty_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main([*STRICT, "-"]) == 2
    assert capsys.readouterr().err == "standard input is closed\n"


def test_older_changes_are_left_out_and_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = ready(number=1, evaluated_at=SAMPLE.evaluated_at.replace(year=2025))
    keep(folder, old, ready())

    assert main([*STRICT, "--since", "2026-11-23", "changes"]) == 0
    out = capsys.readouterr().out
    assert out == "0 of 1 change would have been blocked\n1 older change left out\n"


def test_what_cannot_be_read_is_named_and_the_rest_is_decided(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = encode_change(SAMPLE).replace(b'"draft":false', b'"draft":"no"')
    lines = [encode_change(ready()), b"{", broken, b" " * MAX_BYTES + b"{}"]
    (folder / "changes/all.jsonl").write_bytes(b"\n".join(lines))
    (folder / "changes/x.json").write_bytes(b"\xff")

    assert main([*STRICT, "changes"]) == 2
    captured = capsys.readouterr()
    assert (
        captured.out
        == """\
0 of 1 change would have been blocked
4 documents could not be read: see above
"""
    )
    first, second, third, fourth = captured.err.splitlines()
    assert first.startswith("changes/all.jsonl:2:1:2: not JSON:")
    assert second.startswith("changes/all.jsonl:3:1:")
    assert second.endswith("change.draft: expected true or false, got the text 'no'")
    assert third.startswith(f"changes/all.jsonl:4:1:1: {MAX_BYTES + 2} bytes, more than")
    assert fourth == "changes/x.json:1:1: not UTF-8"


def test_an_error_is_never_a_pass(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = b"version: 1\nrequirements: {Labels: {require: {labels: {any_of: [a]}}}}\n"
    (folder / "labels.yml").write_bytes(labels)
    keep(folder, ready(labels=None), source=ONE)

    assert main(["--policy", "labels.yml", "changes"]) == 3
    assert "1 of 1 change could not have been decided, although 1 of them was allowed\n" in (
        capsys.readouterr().out
    )


def test_json_tells_every_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(folder, ready(), APPROVED_ONCE)
    (folder / "changes/x.json").write_bytes(b"{")

    assert main([*STRICT, "--format", "json", "changes"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "changewarden.replay/v1"
    assert report["policy_digest"] == digest(POLICY_SOURCE)
    assert (report["changes"], report["older"]) == (2, 0)
    (row,) = report["told"]
    assert (row["number"], row["verdict"], row["was"]) == (8, "pending", "pending")
    assert [each["place"] for each in report["unreadable"]] == ["changes/x.json"]


def test_stored_decisions_are_derived_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(folder, ready(), APPROVED_ONCE)

    assert main(["changes"]) == 0
    assert capsys.readouterr().out == "2 of 2 decisions derived again, each to the byte\n"


def test_a_decision_that_was_altered_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = document(APPROVED_ONCE)
    data["decision"]["verdict"] = "allow"
    (folder / "changes/all.jsonl").write_bytes(stored(data))

    assert main(["changes"]) == 1
    assert (
        capsys.readouterr().out
        == """\
0 of 1 decision derived again, each to the byte
1 came out differently
  acme/shop#8 at 7be01d4, 2026-11-23: Waiting: 1 of 2 approvals (2 of 3 done) (it said allow)
"""
    )


def test_a_decision_without_its_policy_is_no_proof(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "changes/bare.json").write_bytes(encode_change(ready()))

    assert main(["changes"]) == 3
    assert "1 could not be derived again\n" in capsys.readouterr().out


def test_several_processes_say_what_one_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "x" * 3000
    lines = [encode_change(ready(number=number, body=body)) for number in range(1, 400)]
    lines.insert(200, b"{")
    (folder / "changes/all.jsonl").write_bytes(b"\n".join(lines))

    assert main([*STRICT, "--jobs", "1", "changes"]) == 2
    alone = capsys.readouterr()
    assert main([*STRICT, "--jobs", "2", "changes"]) == 2
    assert capsys.readouterr() == alone
    assert "399 of 399 changes would have been blocked" in alone.out
    assert "and 349 more" in alone.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--policy", "gone.yml", "changes"], "gone.yml: cannot read: No such file or directory"),
        (["--policy", "bad.yml", "changes"], "bad.yml:1:1: missing key 'requirements'\n 1 |"),
        ([*STRICT, "empty"], "empty: no .json or .jsonl file in this folder"),
        ([*STRICT, "gone.jsonl"], "gone.jsonl: cannot read: No such file or directory"),
        ([*STRICT, "gone.json"], "gone.json: cannot read: No such file or directory"),
        ([*STRICT, "nothing.jsonl"], "there is no change to decide"),
    ],
)
def test_a_file_that_cannot_be_used_exits_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    (folder / "bad.yml").write_text("version: 1", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "nothing.jsonl").write_text("\n\n", encoding="utf-8")

    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize(
    "arguments",
    [[], ["--since", "yesterday", "x"], ["--jobs", "0", "x"], ["--dialect", "latin", "x"]],
)
def test_a_wrong_usage_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
