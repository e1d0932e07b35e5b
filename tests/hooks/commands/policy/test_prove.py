"""`changewarden policy prove`: what is found, as text, as data, and as changes to try."""

import json
import sys
from pathlib import Path

import pytest

from tests.builders import POLICY_SOURCE
from warden_hooks.commands import decide
from warden_hooks.commands.policy import main

GOLDEN = Path(__file__).parents[3] / "golden" / "policy-prove.txt"
WEAK = """\
version: 1
requirements:
  Payments owners:
    when: {paths: ["payments/**"]}
    require: {approvals: {count: 1, teams: [acme/payments]}}
  Review:
    when: {not: {labels: {any_of: [trivial]}}}
    require: {approvals: {count: 1, allow_other_contributors: true}}
  Record:
    require: {change_record: {sections: [reason]}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yml").write_bytes(POLICY_SOURCE)
    (tmp_path / "weak.yml").write_text(WEAK, encoding="utf-8")
    return tmp_path


def test_a_policy_without_weakness_is_ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "good.yml"]) == 0
    assert capsys.readouterr().out == (
        "good.yml: ok: every question is answered, and no change shows a weakness\n"
    )


def test_each_finding_is_told_with_its_place_its_story_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["prove", "weak.yml", "--witness", "w"]) == 1
    assert capsys.readouterr().out == GOLDEN.read_text(encoding="utf-8")


def test_what_is_told_is_what_decide_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["prove", "weak.yml", "--witness", "w"])
    out = capsys.readouterr().out

    written = sorted(path.relative_to(folder) for path in folder.glob("w/*.json"))
    for path in written:
        assert f"try: changewarden decide --policy weak.yml --change {path}" in out
        assert decide.main(["--policy", "weak.yml", "--change", str(path)]) == 0
    assert len(written) == out.count("error P") + out.count("warning P")


def test_without_a_folder_it_is_said_how_to_get_the_changes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["prove", "weak.yml"]) == 1
    assert capsys.readouterr().out.endswith(
        "--witness DIR writes each change to a file, to try it with `changewarden decide`\n"
    )


def test_the_same_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "weak.yml", "--format", "json"]) == 1

    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "changewarden.proof/v1"
    assert document["undecided"] == []
    first = document["findings"][0]
    assert (first["id"], first["severity"], first["line"], first["column"]) == (
        "P5",
        "warning",
        3,
        3,
    )
    assert first["requirement"] == "Payments owners"
    assert first["change"]["files"][0]["path"] == ".github/changewarden.yml"


def test_a_policy_of_policy_bot_is_known_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".policy.yml").write_text("policy: {}\n", encoding="utf-8")

    assert main(["prove", ".policy.yml"]) == 1
    assert "error P1: an author can merge a change alone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argument", "error"),
    [
        ("missing.yml", "missing.yml: cannot read: No such file or directory\n"),
        ("bad.yml", "bad.yml:1:1: a policy is a mapping: expected 'version: 1'"),
    ],
)
def test_a_file_that_is_no_policy(
    folder: Path, capsys: pytest.CaptureFixture[str], argument: str, error: str
) -> None:
    (folder / "bad.yml").write_text("[]\n", encoding="utf-8")

    assert main(["prove", argument]) == 2
    assert capsys.readouterr().err.startswith(error)


def test_without_z3_nothing_is_proved(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    assert main(["prove", "good.yml"]) == 3
    assert "pip install 'changewarden[policy]'" in capsys.readouterr().err
