"""Without a home, without room, without wheels: the same is found, and seconds are not wasted."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.planted import aws_key, github_token
from tests.hooks.repository import stage
from tests.hooks.surroundings import begun
from tests.hooks.systems import unix

pytestmark = unix

SECRETS = f"token = '{github_token()}'\nkey = '{aws_key()}'\n"
PROGRAM = [sys.executable, "-m", "warden_hooks.cli"]
TELL = """\
import sys
{before}
from warden_hooks.secrets import later
later._MAKER = "pass"  # what is started in the background ends, and leaves that it was started
from warden_hooks.cli import main
raise SystemExit(main(["scan", "--staged"]))
"""


@pytest.fixture
def dirty(repository: Path) -> Path:
    begun(repository)
    stage(repository, "a.py", SECRETS)
    return repository


def told(
    before: str = "", limit: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What the hook says, with another environment."""
    known = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"}
    return subprocess.run(
        [sys.executable, "-c", TELL.format(before=before)],
        env=known | environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def assert_both_found(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stderr
    assert "commit stopped, 2 secrets in 1 file" in done.stdout
    assert done.stderr == ""


def is_made_in_the_background(home: Path) -> bool:
    return bool([*(home / ".cache" / "changewarden").glob("*.making")])


def test_a_database_is_made_where_it_can_be_kept(dirty: Path, tmp_path: Path) -> None:
    assert_both_found(told(HOME=str(tmp_path)))
    assert is_made_in_the_background(tmp_path)


@pytest.mark.parametrize("home", ["", "/proc", "/dev/null"])
def test_without_a_home_to_write_to_the_same_is_found(dirty: Path, home: str) -> None:
    assert_both_found(told(HOME=home))


@pytest.mark.parametrize("size", [0, 1_000_000])
def test_on_a_full_disk_nothing_is_compiled_in_vain(dirty: Path, tmp_path: Path, size: int) -> None:
    """Not in the background either, at one commit after the other."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    for _ in range(2):
        assert_both_found(told(limit=limit, HOME=str(tmp_path)))
        assert not is_made_in_the_background(tmp_path)


HIDE = "sys.modules[{name!r}] = None"
HYPERSCAN, AHOCORASICK = (HIDE.format(name=name) for name in ("hyperscan", "ahocorasick"))


@pytest.mark.parametrize("before", [HYPERSCAN, f"{HYPERSCAN}\n{AHOCORASICK}"])
def test_without_the_wheels_the_same_is_found(dirty: Path, tmp_path: Path, before: str) -> None:
    for _ in range(2):  # the second time from what was kept
        assert_both_found(told(before, HOME=str(tmp_path)))
    stage(dirty, "a.py", "x = 1\n")
    done = told(before, HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("files", range(5, 12))
def test_too_few_open_files_are_no_pass(dirty: Path, files: int) -> None:
    """Whatever cannot be opened any more: git's pipes, our own modules."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    command = [*PROGRAM, "scan", "--staged"]
    assert subprocess.run(command, preexec_fn=limit, capture_output=True, check=False).returncode
