"""Wherever the output goes, the exit code is right and no report is lost in silence."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.planted import github_token
from tests.hooks.repository import git, stage, write
from tests.hooks.surroundings import begun
from tests.hooks.systems import linux, unix
from warden_hooks.cli import INTERRUPTED, main
from warden_hooks.commands import rules

PROGRAM = [sys.executable, "-m", "warden_hooks.cli"]
SECRET = f"token = '{github_token()}'\n"
NO_ROOM = (
    "changewarden: standard output cannot be written: No space left on device\n"
    "  fix: make room there, or send it to another place\n"
)


def run(redirection: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'"$@" {redirection}', "sh", *PROGRAM, *arguments]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def dirty(repository: Path) -> Path:
    begun(repository)
    stage(repository, "a.py", SECRET)
    return repository


@pytest.fixture
def clean(repository: Path) -> Path:
    begun(repository)
    stage(repository, "a.py", "x = 1\n")
    return repository


pytestmark = unix
CLOSED = [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"]
FULL = [pytest.param(one, marks=linux) for one in (">/dev/full", "2>/dev/full")]


@pytest.mark.parametrize("redirection", [*CLOSED, FULL[1]])
@pytest.mark.parametrize("arguments", [("scan", "--staged"), ("scan",), ("scan", "--format=json")])
def test_without_an_output_a_secret_still_stops(
    dirty: Path, redirection: str, arguments: tuple[str, ...]
) -> None:
    done = run(redirection, *arguments)
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.mark.parametrize(
    "redirection",
    [*CLOSED, *(pytest.param(one, marks=linux) for one in (">/dev/full", "2>/dev/full"))],
)
def test_without_an_output_a_clean_commit_passes(clean: Path, redirection: str) -> None:
    assert run(redirection, "scan", "--staged").returncode == 0
    assert run(redirection, "scan").returncode == 0


@linux
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("scan", "--staged"), id="a commit"),
        pytest.param(("scan",), id="files"),
        pytest.param(("scan", "--format=json", ".git"), id="a clean report for programs"),
        pytest.param(("rules",), id="a long list"),
        pytest.param(("explain", "github-token"), id="a page"),
        pytest.param(("--help",), id="help"),
        pytest.param(("--version",), id="the version"),
    ],
)
def test_a_report_that_finds_no_room_is_no_pass(dirty: Path, arguments: tuple[str, ...]) -> None:
    done = run(">/dev/full", *arguments)
    assert done.returncode == 2
    assert done.stderr == NO_ROOM
    assert run(">/dev/full 2>/dev/full", *arguments).returncode == 2


@pytest.mark.parametrize("arguments", [("rules",), ("rules", "--format=json"), ("--help",)])
def test_a_reader_that_left_is_no_fault(arguments: tuple[str, ...]) -> None:
    done = run("| true", *arguments)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_went_wrong_is_not_said_on_the_output_for_programs(repository: Path) -> None:
    done = run("2>&-", "scan", "--staged", "--format=json", "missing.py")
    assert done.returncode == 2
    assert "could be checked" not in done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "xx_YY.unknown"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "utf-16"},
        {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
    ],
    ids=lambda environment: ",".join(f"{name}={value}" for name, value in environment.items()),
)
def test_no_language_and_no_mode_hides_a_secret(
    repository: Path, environment: dict[str, str]
) -> None:
    stage(repository, "日本é.py", f"# ü\n{SECRET}")
    write(repository, os.fsdecode(b"caf\xe9.py"), SECRET)
    git(repository, "add", "--all")
    done = subprocess.run(
        [*PROGRAM, "scan", "--staged"],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    report = (done.stdout + done.stderr).replace(b"\0", b"")
    assert done.returncode == 1, report
    assert b"commit stopped, 2 secrets in 2 files" in report
    assert SECRET[9:].encode() not in report


def test_an_interrupt_gives_130_and_no_half_report(repository: Path) -> None:
    write(repository, "a.py", SECRET)
    write(repository, "b.py", SECRET)
    code = "import time; from warden_hooks import worktree; from warden_hooks.cli import main\n"
    code += "real = worktree.content_of\n"
    code += "def slow(found, *rest):\n"
    code += "  if found.shown == 'b.py': print('begun', flush=True); time.sleep(60)\n"
    code += "  return real(found, *rest)\n"
    code += "worktree.content_of = slow\n"
    code += "raise SystemExit(main(['scan']))\n"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate()
    assert (process.returncode, output, errors) == (INTERRUPTED, "", "")


def test_an_interrupt_while_python_makes_a_class_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr(rules, "main", interrupted)
    assert main(["rules"]) == INTERRUPTED
