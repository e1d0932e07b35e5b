"""`changewarden policy diff`: stricter, weaker, equal or neither, with a change for each way."""

import json
from pathlib import Path

import pytest

from warden_hooks.commands import decide
from warden_hooks.commands.policy import main
from warden_hooks.errors import UsageError


def text(**approvals: object) -> str:
    return json.dumps(
        {"version": 1, "requirements": {"Peer": {"require": {"approvals": approvals}}}}
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yml").write_text(text(count=1), encoding="utf-8")
    (tmp_path / "two.yml").write_text(text(count=2), encoding="utf-8")
    (tmp_path / "team.yml").write_text(text(count=1, teams=["acme/pay"]), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "status", "last"),
    [
        ("one.yml", "one.yml", 0, "one.yml: equal: both allow the same changes"),
        (
            "one.yml",
            "two.yml",
            0,
            "two.yml: stricter: the new policy allows less",
        ),
        (
            "two.yml",
            "one.yml",
            1,
            "one.yml: weaker: the new policy allows more",
        ),
        ("one.yml", "team.yml", 1, "team.yml: incomparable: the new policy allows some changes"),
    ],
)
def test_how_two_policies_stand_to_each_other(
    capsys: pytest.CaptureFixture[str], old: str, new: str, status: int, last: str
) -> None:
    assert main(["diff", old, new]) == status
    assert capsys.readouterr().out.splitlines()[-1].startswith(last)


def test_a_change_that_is_newly_allowed_is_shown_and_can_be_tried(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "two.yml", "one.yml", "--witness", "w"]) == 1

    out = capsys.readouterr().out
    assert out.startswith("newly allowed:\n    ana opens a pull request from fee into main\n")
    assert "  old> this is still waiting: 0 of 1 requirements met\n" in out
    assert "  new> this is allowed: 1 of 1 requirements met\n" in out
    change = "w/01-newly-allowed.json"
    assert f"  try: changewarden decide --policy two.yml --change {change}\n" in out
    assert decide.main(["--policy", "two.yml", "--change", change]) == 1
    assert decide.main(["--policy", "one.yml", "--change", change]) == 0


def test_the_same_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "one.yml", "two.yml", "--format", "json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "changewarden.policy-diff/v1"
    assert (document["relation"], document["newly_allowed"]) == ("stricter", None)
    assert document["newly_refused"]["reviews"][0]["state"] == "approved"


def test_the_errors_of_both_files_are_told_together(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.yml").write_text("[]\n", encoding="utf-8")

    assert main(["diff", "bad.yml", "missing.yml"]) == 2

    err = capsys.readouterr().err
    assert err.startswith("bad.yml:1:1: ")
    assert err.endswith("missing.yml: cannot read: No such file or directory\n")


def test_changes_that_cannot_be_written_are_an_error(folder: Path) -> None:
    (folder / "w").write_text("a file", encoding="utf-8")

    with pytest.raises(UsageError, match="cannot write"):
        main(["diff", "two.yml", "one.yml", "--witness", "w"])
