"""`changewarden decide`: a decision from two files, and an exit status for each kind of answer."""

import json
from pathlib import Path

import pytest

from tests.builders import BOB, POLICY_SOURCE, approval, ready
from warden_hooks.commands.decide import main
from warden_policies.canonical import digest
from warden_policies.codec import encode_change
from warden_policies.model import Change


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yml").write_bytes(POLICY_SOURCE)
    (tmp_path / "change.json").write_bytes(encode_change(ready()))
    return tmp_path


FILES = ["--policy", "policy.yml", "--change", "change.json"]


def test_an_allowed_change_exits_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FILES) == 0
    assert capsys.readouterr().out.startswith("Change record complete (3 of 3)\n")


@pytest.mark.parametrize(
    ("change", "first_line"),
    [
        (ready(body=""), "Blocked: reason missing; rollback plan missing (2 of 3 done)"),
        (ready(reviews=(approval(BOB),)), "Waiting: 1 of 2 approvals (2 of 3 done)"),
    ],
)
def test_a_change_that_is_not_allowed_yet_exits_1(
    folder: Path, capsys: pytest.CaptureFixture[str], change: Change, first_line: str
) -> None:
    (folder / "change.json").write_bytes(encode_change(change))

    assert main(FILES) == 1
    assert capsys.readouterr().out.split("\n")[0] == first_line


def test_json_is_the_whole_tree_with_the_digests_of_both_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*FILES, "--format", "json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["schema", "verdict", "result", "policy_digest", "change_digest"]
    assert document["schema"] == "changewarden.decision/v1"
    assert document["verdict"] == "allow"
    assert document["result"]["outcome"] == "pass"
    names = [child["name"] for child in document["result"]["children"]]
    assert names == ["Peer review", "Change record", "Checks", "Policy change"]
    assert document["result"]["children"][0]["children"][0]["reason"] == "2 of 2 approvals"
    assert document["policy_digest"] == digest((folder / "policy.yml").read_bytes())
    assert document["change_digest"] == digest((folder / "change.json").read_bytes())


def test_bad_input_exits_2_with_every_error_of_both_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policy.yml").write_bytes(POLICY_SOURCE.replace(b"require:", b"requird:", 1))
    broken = encode_change(ready()).replace(b'"approved"', b'"aproved"')
    (folder / "change.json").write_bytes(broken)

    assert main(FILES) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.split("\n")[:2] == [
        "policy.yml:3:3: missing key 'require'",
        "policy.yml:4:5: unknown key 'requird', did you mean 'require'?",
    ]
    assert captured.err.count("unknown value 'aproved', did you mean 'approved'?") == 2
    assert "change.json:1:" in captured.err


@pytest.mark.parametrize("missing", ["policy.yml", "change.json"])
def test_a_file_that_cannot_be_read_exits_2(
    folder: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (folder / missing).unlink()

    assert main(FILES) == 2
    assert capsys.readouterr().err == f"{missing}: cannot read: No such file or directory\n"


def test_a_folder_in_place_of_a_file_exits_2(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--policy", ".", "--change", "change.json"]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])

    assert caught.value.code == 0
    help_text = capsys.readouterr().out
    assert "changewarden decide --policy" in help_text
    assert "exit status:" in help_text


def test_a_wrong_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--polcy", "x"])

    assert caught.value.code == 2
    assert "--policy" in capsys.readouterr().err


FLOOR = b"version: 1\nrequirements: {Two: {require: {approvals: {count: 3}}}}\n"


def test_the_organisations_policy_holds_as_well(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "floor.yml").write_bytes(FLOOR)

    assert main([*FILES, "--floor", "floor.yml"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Waiting: 2 of 3 approvals (3 of 4 done)\n")
    assert "  wait   Organisation: Two" in out


@pytest.mark.parametrize(
    ("floor", "message"),
    [
        ("gone.yml", "gone.yml: cannot read: No such file or directory\n"),
        ("change.json", "change.json:1:"),
        (".policy.yml", "--floor is for native policies: a .policy.yml has none\n"),
    ],
)
def test_a_floor_that_is_no_native_policy_exits_2(
    folder: Path, capsys: pytest.CaptureFixture[str], floor: str, message: str
) -> None:
    (folder / ".policy.yml").write_text("policy: {}\n", encoding="utf-8")

    assert main([*FILES, "--floor", floor]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(message)
    assert captured.out == ""
