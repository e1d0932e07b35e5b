"""`scan --committed` as git's post-commit hook: a commit made without its hooks is seen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.reports import Report, places, secret
from tests.hooks.repository import commit, committed, git, head, stage, write
from warden_hooks import fast
from warden_hooks.allowances.file import PATH
from warden_hooks.cli import main

HOOKS = {
    "pre-commit": "#!/bin/sh\nexec changewarden scan --staged\n",
    "post-commit": "#!/bin/sh\nexec changewarden scan --committed\n",
}


@pytest.fixture
def armed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a first commit and both hooks."""
    committed(repository, "kept.py", "one\n" + secret(99))
    for name, text in HOOKS.items():
        write(repository, f".git/hooks/{name}", text).chmod(0o755)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    return repository


def git_commit(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["git", "commit", "--quiet", "-m", "A change", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_commit_that_skipped_its_hooks_is_named_with_the_way_back(armed: Path) -> None:
    before = head(armed)
    stage(armed, "a.py", "x = 1\n" + secret())
    assert git_commit().returncode == 1
    done = git_commit("--no-verify")
    assert done.returncode == 0
    made = head(armed)
    first, _, rest = done.stderr.partition("\n")
    assert first == (
        f"changewarden: hooks were skipped for {made[:7]}; the pull request will be scanned anyway"
    )
    assert "a.py:2:10" in rest
    assert secret()[13:40] not in rest
    way_back = "git reset --soft HEAD~1"
    assert f"take the commit back before you push it: {way_back} (" in rest
    git(armed, *way_back.split()[1:])
    assert head(armed) == before
    assert git_commit().returncode == 1


def test_a_clean_commit_says_nothing(armed: Path) -> None:
    stage(armed, "a.py", "x = 1\n")
    done = git_commit()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_old_lines_of_an_edited_file_are_no_news(armed: Path) -> None:
    stage(armed, "kept.py", "one\nnew\n" + secret(99))
    done = git_commit("--no-verify")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_first_commit_is_taken_back_in_another_way(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    assert main(["scan", "--committed"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    way_back = "git update-ref -d HEAD"
    assert way_back in captured.err
    git(repository, *way_back.split()[1:])
    assert git(repository, "status", "--short") == "A  a.py\n"


def test_a_merge_is_compared_with_all_its_parents(repository: Path, report: Report) -> None:
    committed(repository, "kept.py", "one\n")
    git(repository, "checkout", "--quiet", "-b", "other")
    committed(repository, "a.py", secret(1))
    git(repository, "checkout", "--quiet", "main")
    committed(repository, "b.py", secret(2))
    git(repository, "merge", "--quiet", "--no-edit", "other")
    assert places(report("--committed")) == []
    stage(repository, "a.py", secret(1) + secret(3))
    git(repository, "commit", "--quiet", "--amend", "--no-edit")
    assert places(report("--committed")) == [("a.py", 2, head(repository))]


def test_what_the_commits_own_allowances_allow_is_no_news(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "a.py", secret())
    main(["scan", "--staged"])
    name = capsys.readouterr().out.partition("changewarden allow ")[2].split()[0]
    reason = "a token of the sandbox, worthless"
    assert main(["allow", name, "--reason", reason, "--owner", "ana"]) == 0
    commit(repository)
    assert main(["scan", "--committed"]) == 1
    git(repository, "add", PATH)
    git(repository, "commit", "--quiet", "--amend", "--no-edit")
    capsys.readouterr()
    assert main(["scan", "--committed"]) == 0
    assert capsys.readouterr().err == ""


def test_programs_get_their_report_on_standard_output(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    assert main(["scan", "--committed", "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["findings"][0]["commit"] == head(repository)
    assert captured.err == ""


def test_nothing_is_written(armed: Path) -> None:
    def files() -> dict[str, int]:
        found = (path for path in armed.rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in found}

    stage(armed, "a.py", secret())
    git(armed, "commit", "--quiet", "--no-verify", "-m", "A change")
    before = files()
    assert main(["scan", "--committed"]) == 1
    assert files() == before


def test_a_file_that_is_too_large_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "data.csv", "x" * 200)
    assert main(["scan", "--committed", "--max-bytes", "100"]) == 2
    assert "not everything could be checked" in capsys.readouterr().err


def test_before_the_first_commit_it_is_wrong_usage(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--committed"]) == 2
    assert "there is no commit 'HEAD' here" in capsys.readouterr().err


def clean(folder: Path, name: str, text: str | bytes) -> bool:
    """Whether the short way sees a commit of this file to be clean."""
    committed(folder, name, text)
    return "secrets" not in fast.left(["--committed"])


def test_a_clean_commit_is_seen_to_be_clean_in_the_short_way(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clean(repository, "a.py", "x = 1\n")
    assert clean(repository, "sub/é.py", "x = 1\n")
    monkeypatch.setattr(fast, "left", lambda _: fast.FAMILIES)
    assert main(["scan", "--committed"]) == 0
    assert capsys.readouterr() == ("", "")


def test_anything_else_is_left_to_the_whole_command(repository: Path) -> None:
    assert "secrets" in fast.left(["--committed"])
    assert not clean(repository, "a.py", secret())
    assert not clean(repository, "a.py", secret() + "x = 1\n")
    assert not clean(repository, "a.png", b"\0")
    assert clean(repository, "a.py", "x = 2\n")
    assert "secrets" in fast.left(["--committed", "a.py"])
    assert "secrets" in fast.left(["--committed", "--staged"])
    git(repository, "checkout", "--quiet", "-b", "other", "HEAD~1")
    assert clean(repository, "b.py", "x = 1\n")
    git(repository, "merge", "--quiet", "--no-edit", "main")
    assert "secrets" in fast.left(["--committed"])
    commit(repository)
    assert "secrets" in fast.left(["--committed"])


def test_a_clean_commit_imports_nothing_heavy(repository: Path) -> None:
    committed(repository, "a.py", "x = 1\n")
    code = "import sys; from warden_hooks.cli import main\n"
    code += "code = main(['scan', '--committed', '--only=secrets'])\n"
    code += "print(code, 'argparse' in sys.modules, 'warden_hooks.fast' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False", "True"]
