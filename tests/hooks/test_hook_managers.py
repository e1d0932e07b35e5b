"""Real commits through the programs that start hooks: each refuses a secret, and then lets go.

pre-commit, which builds an environment first, has a file of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.planted import github_token
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.surroundings import LOCAL, begun

BIN = Path(sys.executable).parent
SECRET = f"token = '{github_token()}'\n"
LOOKED_UP = 'import os\ntoken = os.environ["TOKEN"]\n'
HOOK = "#!/bin/sh\nexec changewarden scan --staged\n"
PREK = """\
repos:
  - repo: local
    hooks:
      - id: changewarden
        name: changewarden
        entry: changewarden scan --staged
        language: system
        require_serial: true
"""
LEFTHOOK = "pre-commit: { commands: { changewarden: { run: changewarden scan --staged } } }\n"
NAMING = "pre-commit: { jobs: [{ run: 'changewarden scan --staged {staged_files}' }] }\n"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs are found, keep to the test's folder, and reach nobody."""
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "prek"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("SKIP", "LEFTHOOK", "PREK_SKIP"):
        monkeypatch.delenv(name, raising=False)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def installed(folder: Path, *command: str) -> None:
    done = run(folder, *command)
    assert done.returncode == 0, done.stdout + done.stderr


def by_hand(folder: Path) -> None:
    hooks = git(folder, "rev-parse", "--git-path", "hooks").strip()
    write(folder, f"{hooks}/pre-commit", HOOK).chmod(0o755)


def by_hooks_path(folder: Path) -> None:
    """As husky does."""
    write(folder, ".husky/pre-commit", HOOK).chmod(0o755)
    git(folder, "add", ".husky/pre-commit")
    git(folder, "config", "core.hooksPath", ".husky")


def by_prek(folder: Path) -> None:
    stage(folder, ".pre-commit-config.yaml", PREK)
    installed(folder, "prek", "install")


def by_lefthook(folder: Path) -> None:
    stage(folder, "lefthook.yml", LEFTHOOK)
    installed(folder, "lefthook", "install")


def by_lefthook_with_names(folder: Path) -> None:
    stage(folder, "lefthook.yml", NAMING)
    installed(folder, "lefthook", "install")


Install = Callable[[Path], None]
MANAGERS: list[Install] = [
    by_hand, by_hooks_path, by_prek, by_lefthook, by_lefthook_with_names,
]  # fmt: skip


def commits(folder: Path, *arguments: str) -> bool:
    """Whether git makes the commit; that it is refused has to be the hook's doing."""
    done = run(folder, "git", "commit", "-m", "A change", *arguments)
    said = done.stdout + done.stderr
    assert done.returncode == 0 or "changewarden: commit stopped, 1 secret in 1 file" in said, said
    assert SECRET[9:-2] not in said
    return done.returncode == 0


def assert_refuses_until_looked_up(folder: Path) -> None:
    """In a repository whose hook is installed and that has a first commit."""
    stage(folder, "sub/a.py", SECRET)
    assert not commits(folder / "sub")
    write(folder, "sub/a.py", LOOKED_UP)  # in the editor only
    assert not commits(folder)
    git(folder, "add", "sub/a.py")
    assert commits(folder)


def assert_refuses_all_ways_to_commit(folder: Path) -> None:
    """After that; some of them commit through an index of their own."""
    for arguments in (("--all",), ("sub/a.py",), ("--include", "sub/a.py")):
        write(folder, "sub/a.py", LOOKED_UP + SECRET)
        assert not commits(folder, *arguments)
        write(folder, "sub/a.py", f"{LOOKED_UP}# {arguments[0]}\n")
        assert commits(folder, *arguments)
    stage(folder, "sub/a.py", LOOKED_UP + SECRET)
    assert not commits(folder, "--amend")
    git(folder, "mv", "-f", "sub/a.py", "sub/b c.py")
    assert not commits(folder)
    stage(folder, "sub/b c.py", LOOKED_UP)
    assert commits(folder)


@pytest.mark.parametrize("install", MANAGERS, ids=lambda install: install.__name__)
def test_a_secret_is_refused_and_what_looks_it_up_passes(
    repository: Path, tmp_path: Path, install: Install
) -> None:
    begun(repository)
    install(repository)
    commit(repository)
    assert_refuses_until_looked_up(repository)
    git(repository, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"), "HEAD~1")
    assert_refuses_until_looked_up(tmp_path / "linked")


@pytest.mark.parametrize("install", [by_hand, by_prek], ids=lambda install: install.__name__)
def test_so_it_is_in_all_ways_to_commit(repository: Path, install: Install) -> None:
    begun(repository)
    install(repository)
    stage(repository, "sub/a.py", LOOKED_UP)
    commit(repository)
    assert_refuses_all_ways_to_commit(repository)


def test_in_a_submodule_as_well(repository: Path, tmp_path: Path) -> None:
    begun(repository)
    inner = begun(tmp_path / "inner")
    git(repository, *LOCAL, "submodule", "add", "--quiet", str(inner), "sub")
    by_hand(repository / "sub")
    assert_refuses_until_looked_up(repository / "sub")
    by_hand(repository)
    git(repository, "add", "sub")
    assert commits(repository), "a changed submodule is named, and passes"


def test_when_a_merge_is_concluded_as_well(repository: Path) -> None:
    begun(repository)
    by_hand(repository)
    git(repository, "checkout", "--quiet", "-b", "other")
    stage(repository, "kept.py", "theirs\n")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    stage(repository, "kept.py", "ours\n")
    commit(repository)
    assert run(repository, "git", "merge", "other").returncode == 1
    stage(repository, "kept.py", SECRET)
    assert not commits(repository)
    stage(repository, "kept.py", LOOKED_UP)
    assert commits(repository)
