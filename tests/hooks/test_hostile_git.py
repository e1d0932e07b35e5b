"""A git that fails, lies, fetches or starts programs: none of it makes a commit pass."""

import itertools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.planted import github_token
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.surroundings import LINES, begun, blob, whole_command
from warden_hooks import fast
from warden_hooks import git as our_git
from warden_hooks.cli import main
from warden_hooks.git import GitError
from warden_hooks.patch import hunks

SECRET = f"token = '{github_token()}'\n"
COULD_NOT_CHECK = (2, 3)

FAKE = """\
#!{python}
import os, subprocess, sys
arguments = sys.argv[1:]
command = next((word for word in arguments[2:] if not word.startswith(("-", "core."))), "")
if command != {command!r}:
    os.execv({git!r}, [{git!r}, *arguments])
{instead}
"""
CUT = """\
real = subprocess.Popen([{git!r}, *arguments], stdout=subprocess.PIPE)
os.write(1, os.read(real.stdout.fileno(), {kept}))
real.kill()
os.kill(os.getpid(), 9) if {status} < 0 else sys.exit({status})
"""
GARBAGE = "sys.stdout.buffer.write(bytes(range(256)) * 40)"
OTHER_OBJECT = """\
for line in sys.stdin:
    print("0" * 40, "blob", 0, flush=True)
    print(flush=True)
"""


@pytest.fixture
def staged(repository: Path) -> Path:
    """Clean changes: whatever is refused here was refused because of git."""
    begun(repository)
    stage(repository, "old.py", LINES)
    commit(repository)
    stage(repository, "old.py", f"first\n{LINES}last\n")
    stage(repository, "a.py", "x = 1\n")
    stage(repository, "z.py", "x = 2\n")
    assert main(["scan", "--staged"]) == 0
    return repository


Install = Callable[..., None]


@pytest.fixture
def fake_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a program before the real git that does something else for one command of it."""
    real = shutil.which("git")

    def install(command: str, instead: str, **values: object) -> None:
        body = instead.format(git=real, **values) if values else instead
        text = FAKE.format(python=sys.executable, git=real, command=command, instead=body)
        write(tmp_path, "fake/git", text).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path / 'fake'}{os.pathsep}{os.environ['PATH']}")

    return install


DEATHS = [
    *itertools.product(["diff-index", "cat-file", "rev-parse"], [0, 60], [1, -9]),
    *itertools.product(["cat-file"], [20, 55, 60], [0]),
    *itertools.product(["rev-parse"], [0, 3], [0]),
    *itertools.product(["diff-index"], [1, 150], [0]),
]
"""The command, how many bytes of its answer come, and how it ends."""


@pytest.mark.parametrize("death", DEATHS, ids=lambda death: "-".join(map(str, death)))
def test_a_git_that_dies_is_no_pass(
    staged: Path,
    fake_git: Install,
    monkeypatch: pytest.MonkeyPatch,
    death: tuple[str, int, int],
) -> None:
    command, kept, status = death
    fake_git(command, CUT, kept=kept, status=status)
    assert command == "rev-parse" or "secrets" in fast.left(["--staged"])
    assert whole_command(monkeypatch) in COULD_NOT_CHECK


@pytest.mark.parametrize("command", ["diff-index", "cat-file", "rev-parse"])
def test_a_git_that_talks_nonsense_is_no_pass(
    staged: Path,
    fake_git: Install,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    fake_git(command, GARBAGE)
    assert command == "rev-parse" or "secrets" in fast.left(["--staged"])
    assert whole_command(monkeypatch) in COULD_NOT_CHECK
    assert "our fault" not in capsys.readouterr().err


def test_a_git_that_says_nothing_is_no_pass(
    staged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "fake/git", "#!/bin/sh\nexit 0\n").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "fake"))
    assert "secrets" in fast.left(["--staged"])
    assert whole_command(monkeypatch) in COULD_NOT_CHECK


@pytest.mark.parametrize("kept", [0, 30, 41, 60, 150])
def test_a_range_of_commits_that_git_tells_by_half_is_no_pass(
    staged: Path, fake_git: Install, kept: int
) -> None:
    commit(staged)
    assert main(["scan", "--from-ref", "0" * 40]) == 0
    fake_git("diff-tree", CUT, kept=kept, status=0)
    assert main(["scan", "--from-ref", "0" * 40]) == 3


def test_another_object_than_was_asked_for_is_no_pass(staged: Path, fake_git: Install) -> None:
    fake_git("cat-file", OTHER_OBJECT)
    assert "secrets" in fast.left(["--staged"])
    assert main(["scan", "--staged"]) == 3


def test_an_old_git_is_no_pass(
    staged: Path,
    fake_git: Install,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake_git("rev-parse", "sys.exit('error: unknown option')")
    assert whole_command(monkeypatch) == 2
    assert "unknown option" in capsys.readouterr().err


def test_a_git_that_is_no_program_is_said(
    staged: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, "fake/git", "no program\n").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "fake"))
    assert main(["scan", "--staged"]) == 2
    assert "git could not be started: Exec format error" in capsys.readouterr().err


def raw_difference() -> bytes:
    return our_git._raw_difference(our_git._of_index())


def test_a_list_of_changes_is_cut_nowhere_without_being_noticed(staged: Path) -> None:
    raw = raw_difference()
    assert [entry.path for entry, _, _ in our_git._changes(raw)] == ["a.py", "old.py", "z.py"]
    assert [path for path, _ in fast._changed(raw)] == [b"a.py", b"old.py", b"z.py"]
    ends = [raw.index(name) + len(name) + 1 for name in (b"a.py", b"old.py")]
    for kept in {*range(1, len(raw))} - {*ends}:
        with pytest.raises(GitError, match="makes no sense, or was cut off"):
            list(our_git._changes(raw[:kept]))
        with pytest.raises((fast._LeaveIt, ValueError, StopIteration, RuntimeError)):
            list(fast._changed(raw[:kept]))


def test_a_patch_that_is_cut_within_its_last_change_counts_every_line(staged: Path) -> None:
    patch = (
        git(staged, "diff", "--cached", "-U0", "--full-index").encode().splitlines(keepends=True)
    )
    assert len(dict(hunks(iter(patch)))) == 3
    for kept in range(len(patch)):
        if patch[kept][:1] in (b"+", b"-") and patch[kept][:3] not in (b"+++", b"---"):
            with pytest.raises(ValueError, match="cut"):
                list(hunks(iter(patch[:kept])))


def test_without_the_old_content_every_line_counts(staged: Path, fake_git: Install) -> None:
    """Rather a secret too many than one too few."""
    stage(staged, "old.py", LINES + SECRET)
    commit(staged)
    stage(staged, "old.py", LINES + SECRET + "x = 1\n")
    assert main(["scan", "--staged"]) == 0
    old = git(staged, "rev-parse", "HEAD:old.py").strip()
    (staged / ".git" / "objects" / old[:2] / old[2:]).unlink()
    assert main(["scan", "--staged"]) == 1


@pytest.fixture
def partial(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone that lacks every file's content and may fetch it, by its configuration."""
    stage(repository, "f.py", "a\n")
    stage(repository, "g.py", LINES)
    commit(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    options = ("--quiet", "--no-checkout", "--filter=blob:none")
    git(tmp_path, "clone", *options, repository.as_uri(), "partial")
    clone = tmp_path / "partial"
    git(clone, "read-tree", "HEAD")
    git(clone, "config", "protocol.file.allow", "always")
    monkeypatch.chdir(clone)
    return clone


def missing(folder: Path) -> int:
    listed = git(folder, "rev-list", "--objects", "--missing=print", "HEAD")
    return sum(line.startswith("?") for line in listed.splitlines())


def test_what_a_partial_clone_lacks_is_named_and_not_fetched(
    partial: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert missing(partial) == 2
    assert main(["scan", "--staged", "f.py"]) == 3
    lacked = git(partial, "rev-parse", "HEAD:f.py").strip()
    error = capsys.readouterr().err
    assert f"object {lacked} is missing or damaged" in error
    assert f"fetches it: git cat-file -e {lacked}): f.py" in error
    assert missing(partial) == 2


def test_what_a_partial_clone_has_is_scanned(partial: Path) -> None:
    for text, code in (("x = 1\n", 0), (SECRET, 1)):
        git(partial, "rm", "--quiet", "--cached", "--ignore-unmatch", "g.py")
        for name in ("f.py", "renamed.py"):
            entry = f"100644,{blob(partial, text)},{name}"
            git(partial, "update-index", "--add", "--cacheinfo", entry)
        assert main(["scan", "--staged"]) == code
        assert main(["scan", "--staged", "f.py", "renamed.py"]) == code
    assert missing(partial) == 2


PROGRAMS = (
    *("diff.external", "diff.x.command", "diff.x.textconv", "core.fsmonitor", "core.pager"),
    *("filter.x.clean", "filter.x.smudge", "filter.x.process", "pager.diff-index", "core.editor"),
    *("core.sshCommand", "core.askPass", "core.alternateRefsCommand", "merge.x.driver"),
)
VARIABLES = ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR")


def test_no_program_that_configuration_names_is_started(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(repository)
    stage(repository, ".gitattributes", "*.py diff=x filter=x merge=x\n")
    commit(repository)
    stage(repository, "kept.py", f"y = 1\n{SECRET}")
    program = write(tmp_path, "program", f"#!/bin/sh\necho $0 $* >> {tmp_path}/ran\n")
    program.chmod(0o755)
    for setting in PROGRAMS:
        git(repository, "config", setting, str(program))
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(program))
    assert "secrets" in fast.left(["--staged"])
    assert main(["scan", "--staged"]) == 1
    assert main(["scan", "--staged", ".gitattributes", "kept.py"]) == 1
    assert not (tmp_path / "ran").exists()


UNKIND = {
    "alias.diff-index": "!false",
    "color.ui": "always",
    "core.abbrev": "4",
    "core.bigFileThreshold": "1",
    "core.hooksPath": "/nowhere",
    "core.quotePath": "true",
    "core.splitIndex": "true",
    "diff.algorithm": "histogram",
    "diff.colorMoved": "zebra",
    "diff.context": "9",
    "diff.ignoreSubmodules": "all",
    "diff.interHunkContext": "9",
    "diff.mnemonicPrefix": "true",
    "diff.noprefix": "true",
    "diff.orderFile": "/nowhere",
    "diff.relative": "true",
    "diff.renames": "copies",
    "diff.srcPrefix": "@@ -1 +1 @@",
    "diff.submodule": "log",
    "diff.suppressBlankEmpty": "true",
    "diff.wsErrorHighlight": "all",
    "index.version": "4",
}
TRACES = ("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE_PACKET", "GIT_TRACE_SETUP")


def test_no_setting_hides_a_new_line_or_makes_an_old_one_new(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting, value in UNKIND.items():
        git(repository, "config", setting, value)
    for variable in TRACES:
        monkeypatch.setenv(variable, "1")
    old = f"{SECRET}\n b\n\n"
    stage(repository, "sub/é.py", old)
    stage(repository, "f.py", "x = 1\n")
    commit(repository)
    monkeypatch.chdir(repository / "sub")
    stage(repository, "f.py", "x = 2\n")
    assert "secrets" not in fast.left(["--staged"])
    stage(repository, "sub/é.py", f"{old}x = 1\n")
    assert whole_command(monkeypatch) == 0
    stage(repository, "f.py", SECRET)
    assert "secrets" in fast.left(["--staged"])
    assert whole_command(monkeypatch) == 1


def test_a_folder_that_git_does_not_trust_is_no_pass(
    staged: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "secrets" in fast.left(["--staged"])
    assert main(["scan", "--staged"]) == 2
    error = capsys.readouterr().err
    assert "git refuses to read it (git rev-parse: fatal: detected dubious ownership" in error
    assert f"git config --global --add safe.directory '{staged}'\n" in error


def test_git_is_asked_the_same_way_by_both() -> None:
    assert fast._environment() == our_git._environment()
