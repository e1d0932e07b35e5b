"""Of commits only the end counts; folders and standard input, git or not."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.patterns.code import BAD, GOOD, RULE
from tests.hooks.reports import Report
from tests.hooks.repository import commit, committed, git, write
from warden_hooks.cli import main


def test_what_a_range_brings_in_is_found(repository: Path, report: Report) -> None:
    base = committed(repository, "first", "1")
    committed(repository, "app.py", BAD)
    assert report("--from-ref", base, "--only=patterns")["code"] == 1


def test_what_a_later_commit_mended_does_no_harm(repository: Path, report: Report) -> None:
    base = committed(repository, "first", "1")
    committed(repository, "app.py", BAD)
    committed(repository, "app.py", GOOD)
    assert report("--from-ref", base, "--only=patterns")["code"] == 0


def test_what_the_base_has_is_not_news(repository: Path, report: Report) -> None:
    base = committed(repository, "app.py", BAD)
    committed(repository, "app.py", f"# a remark\n{BAD}")
    found = report("--from-ref", base, "--only=patterns")
    assert (found["code"], found["on_other_lines"]) == (0, 1)


def test_what_main_got_meanwhile_is_not_ours(repository: Path, report: Report) -> None:
    committed(repository, "first", "1")
    git(repository, "checkout", "--quiet", "-b", "topic")
    committed(repository, "b.py", GOOD)
    git(repository, "checkout", "--quiet", "main")
    committed(repository, "app.py", BAD)
    git(repository, "checkout", "--quiet", "topic")
    git(repository, "merge", "--quiet", "--no-edit", "main")
    assert report("--from-ref", "main", "--only=patterns")["code"] == 0


def test_from_nothing_everything_is_new(repository: Path, report: Report) -> None:
    committed(repository, "app.py", BAD)
    assert report("--from-ref", "0" * 40, "--only=patterns")["code"] == 1


def test_the_commit_just_made_is_looked_at(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "first", "1")
    committed(repository, "app.py", BAD)
    assert main(["scan", "--committed"]) == 1
    assert RULE in capsys.readouterr().err


def test_names_limit_a_range(repository: Path, report: Report) -> None:
    base = committed(repository, "first", "1")
    committed(repository, "src/app.py", BAD)
    options = ("--from-ref", base, "--only=patterns")
    assert report(*options, "src")["code"] == 1
    assert report(*options, "first")["code"] == 0


def test_a_history_is_for_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--history", "--only=patterns"]) == 2
    assert "--history is for secrets" in capsys.readouterr().err


def test_a_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    write(tmp_path, "src/app.py", BAD)
    write(tmp_path, "src/good.py", GOOD)
    monkeypatch.chdir(tmp_path)
    found = report("--only=patterns", "src")
    assert [item["path"] for item in found["findings"]] == [
        str(tmp_path / "src/app.py").removeprefix(f"{tmp_path}/")
    ]


def test_odd_things_in_a_folder_are_named_or_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    write(tmp_path, "app.py", BAD)
    (tmp_path / "loop.py").symlink_to("loop.py")
    write(tmp_path, "junk.py", bytes(range(256)) * 50)
    write(tmp_path, "large.py", "# x\n" * 2_000_000)
    monkeypatch.chdir(tmp_path)
    found = report("--only=patterns")
    assert found["code"] == 1
    reasons = {item["path"]: item["reason"] for item in found["skipped"]}
    assert reasons == {"loop.py": "symbolic-link", "junk.py": "binary", "large.py": "too-large"}


def test_standard_input_is_looked_at_under_its_name(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository)
    command_ = [sys.executable, "-m", "warden_hooks.cli", "scan", "--stdin", "--path", "app.py"]
    assert subprocess.run(command_, input=BAD.encode(), check=False).returncode == 1
    assert subprocess.run(command_, input=GOOD.encode(), check=False).returncode == 0
