"""`changewarden policy check`: every error with its place and a caret under it."""

import io
import sys
from pathlib import Path

import pytest

from tests.builders import POLICY_SOURCE
from warden_hooks.commands.policy import main
from warden_hooks.commands.terminal import say


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yml").write_bytes(POLICY_SOURCE)
    return tmp_path


def test_a_valid_policy_is_ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "good.yml"]) == 0
    assert (
        capsys.readouterr().out
        == "good.yml: ok: 3 requirements, and 'Policy change' as everywhere\n"
    )


def test_every_error_is_shown_with_its_line_and_a_caret(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = POLICY_SOURCE.decode().replace("require:", "requird:", 1)
    (folder / "bad.yml").write_text(source.replace("reason", "réason"), encoding="utf-8")

    assert main(["check", "bad.yml", "good.yml"]) == 2

    captured = capsys.readouterr()
    assert captured.out == "good.yml: ok: 3 requirements, and 'Policy change' as everywhere\n"
    assert (
        captured.err
        == """\
bad.yml:3:3: missing key 'require'
 3 |   Peer review:
   |   ^
bad.yml:4:5: unknown key 'requird', did you mean 'require'?
 4 |     requird:
   |     ^
bad.yml:8:34: unknown value 'réason', did you mean 'reason'?
 8 |       change_record: {sections: [réason, rollback_plan], min_characters: 20}
   |                                  ^
"""
    )


def test_the_caret_of_a_long_line_is_in_sight(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "long.yml").write_text(f"version: 1\n{'k' * 500}: {{a: &x 1}}\n", encoding="utf-8")

    assert main(["check", "long.yml"]) == 2

    caret = next(line for line in capsys.readouterr().err.split("\n") if line.endswith("^"))
    assert len(caret) < 120


@pytest.mark.parametrize("source", [b"", b"\xff", b"version: 1\nx: \x07", b"a: \x1b[31m"])
def test_any_file_gets_a_message_and_no_control_characters(
    folder: Path, capsys: pytest.CaptureFixture[str], source: bytes
) -> None:
    (folder / "odd.yml").write_bytes(source)

    assert main(["check", "odd.yml"]) == 2

    error = capsys.readouterr().err
    assert error.startswith("odd.yml:")
    assert error.replace("\n", "").isprintable()


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.yml"]) == 2
    assert capsys.readouterr().err == "nowhere.yml: cannot read: No such file or directory\n"


@pytest.mark.parametrize("argv", [[], ["chek", "good.yml"], ["check"]])
def test_a_wrong_usage_exits_2(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)

    assert caught.value.code == 2


def test_the_example_in_the_help_is_a_valid_policy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    help_text = capsys.readouterr().out
    example = help_text.split("in ten lines:\n")[1].split("\nexit status:")[0]
    (folder / "example.yml").write_text(example, encoding="utf-8")

    assert main(["check", "example.yml"]) == 0


def test_a_terminal_that_cannot_show_a_character_gets_an_escape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    say("réason")
    stream.seek(0)

    assert stream.read() == "r\\xe9ason\n"
