"""Many files: whatever the number of processes, the answer is that of one."""

import json
import os
from pathlib import Path

import pytest

from tests.hooks.planted import github_token, password
from tests.hooks.repository import write
from warden_hooks import tree
from warden_hooks.cli import main
from warden_hooks.scan import ScanResult


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty files, of which some hold a secret and some cannot be read as text."""
    monkeypatch.setattr(tree, "_ALONE", 5)
    monkeypatch.setattr(tree, "_CHUNK", 4)
    monkeypatch.chdir(tmp_path)
    for number in range(10):
        write(tmp_path, f"a/{number}.py", f"password = '{password(number)}'\n")
        write(tmp_path, f"b/{number}.py", f"x = {number}\n")
        write(tmp_path, f"c/{number}.png", b"\x89PNG\0")
    write(
        tmp_path,
        "d.py",
        f"# changewarden: ignore-next-line[github-token] x\nk='{github_token()}'\n",
    )
    (tmp_path / "link").symlink_to("d.py")
    return tmp_path


def scanned(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["scan", "--format", "json", *arguments]) == 1
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_answer(
    many: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
) -> None:
    found = scanned(capsys, "--jobs", str(jobs))
    monkeypatch.setattr(tree, "_ALONE", 1000)
    assert found == scanned(capsys)
    assert found["scanned"] == {"files": 21, "bytes": found["scanned"]["bytes"]}  # type: ignore[index]


def test_a_comment_is_counted_wherever_it_was_read(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--jobs", "2"]) == 1
    output = capsys.readouterr().out
    assert "1 finding allowed by comments in the code" in output
    assert "not scanned: 10 binary files" in output


def test_broken_allowances_are_an_error_wherever_they_are_read(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(many, ".changewarden/allowances.toml", "broken")
    assert main(["scan", "--jobs", "2"]) == 2
    assert "allowances.toml:1" in capsys.readouterr().err


def test_a_process_that_dies_is_our_fault_and_no_pass(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> ScanResult:
        os._exit(9)

    monkeypatch.setattr(tree, "_scanned", die)
    assert main(["scan", "--jobs", "2"]) == 3
    assert "changewarden could not check" in capsys.readouterr().err


def test_an_error_in_a_process_is_our_fault_and_shows_no_content(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> ScanResult:
        raise ValueError(password())

    monkeypatch.setattr(tree, "_scanned", fail)
    assert main(["scan", "--jobs", "2"]) == 3
    captured = capsys.readouterr()
    assert password() not in captured.out + captured.err


def test_few_files_need_no_further_process(
    many: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*_: object) -> ScanResult:
        raise AssertionError

    monkeypatch.setattr(tree, "_in_processes", never)
    assert main(["scan", "b"]) == 3
    assert main(["scan", "b/0.py", "b/1.py"]) == 0
