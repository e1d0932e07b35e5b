"""Files made to be too much: time grows as they do, memory hardly, what is left out is named."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.growth import QUADRATIC, growth
from tests.hooks.planted import github_token, password
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.surroundings import whole_command
from warden_hooks.cli import main

MEGABYTE = 1_000_000
SECRETS = "--only=secrets"
ALL = "--max-bytes=1000000000"
PEAK = """\
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "warden_hooks.cli", "scan", *sys.argv[1:]],
                      capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([done.returncode, done.stdout, peak]))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def token(number: int) -> str:
    return f"token = '{github_token(number)}'\n"


def assigned(number: int) -> str:
    return f"password = '{password(number)}';"


Text = Callable[[int], str]
TEXTS: dict[str, tuple[int, Text]] = {
    "one line": (40 * MEGABYTE, lambda size: "x" * size),
    "one line of names": (2 * MEGABYTE, lambda size: "password=;" * (size // 10)),
    "short lines": (8 * MEGABYTE, lambda size: "x\n" * (size // 2)),
    "short lines with a name": (2 * MEGABYTE, lambda size: "password\n" * (size // 9)),
    "brackets": (8 * MEGABYTE, lambda size: "[" * size),
    "nested objects": (8 * MEGABYTE, lambda size: '{"key":' * (size // 7)),
    "assignments without an end": (MEGABYTE, lambda size: 'secret = "' + "\\'" * size),
    "headers of keys": (2_000, lambda size: "-----BEGIN PRIVATE KEY-----\n" * size),
    "secrets in lines": (400, lambda size: "".join(map(token, range(size)))),
    "secrets in one line": (400, lambda size: "".join(map(assigned, range(size)))),
}


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_as_the_file_does(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    largest, text = TEXTS[name]
    for size in (largest, largest // 4):
        write(folder, f"{size}.py", text(size))
    assert growth(lambda size: main(["scan", SECRETS, ALL, f"{size}.py"]), largest) < QUADRATIC


def changed(lines: int, every: int, more: str = "") -> str:
    return (
        "".join(
            f"{'new' if every and not number % every else 'old'} {number}\n"
            for number in range(lines)
        )
        + more
    )


@pytest.mark.parametrize("secrets", [0, 300])
def test_time_grows_with_the_changed_places(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], secrets: int
) -> None:
    largest = 100_000
    for size in (largest, largest // 4):
        git(folder, "init", "--quiet", str(size))
        stage(folder / str(size), "a.txt", changed(size, 0))
        commit(folder / str(size))
        more = "".join(map(token, range(secrets * size // largest)))
        stage(folder / str(size), "a.txt", changed(size, 2, more))

    def scan(size: int) -> None:
        monkeypatch.chdir(folder / str(size))
        assert whole_command(monkeypatch, "--format=json", ALL) == bool(secrets)

    assert growth(scan, largest) < QUADRATIC


def peak(*arguments: str) -> tuple[int, str, int]:
    """Exit code, report, and the most memory that any of the processes had, in KiB on Linux."""
    command = [sys.executable, "-c", PEAK, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, report, kibibytes = json.loads(done.stdout)
    return code, report, kibibytes


def test_a_file_of_a_hundred_megabytes_is_named_and_not_read(folder: Path) -> None:
    write(folder, "small.py", "x = 1\n")
    write(folder, "huge.py", "x = 1\n" * (100 * MEGABYTE // 6))
    _, _, usual = peak("small.py")
    code, report, kibibytes = peak("huge.py")
    assert (code, report.strip()) == (
        0,
        "not scanned: 1 file over 5 MB (raise with --max-bytes): huge.py",
    )
    assert kibibytes < 1.3 * usual


def test_a_file_without_an_end_is_named(folder: Path) -> None:
    """Of a sparse file nothing but its size is there."""
    with Path("endless.bin").open("wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    with Path("endless.txt").open("wb") as file:
        file.write(b"x" * 10_000)
        os.truncate(file.fileno(), 1 << 40)
    assert peak(".")[1].splitlines() == [
        "not scanned: 1 binary file: endless.bin",
        "not scanned: 1 file over 5 MB (raise with --max-bytes): endless.txt",
    ]


def test_git_compares_no_file_that_is_too_large(repository: Path) -> None:
    """It would take fifteen times the file's size to find lines that nobody will look at."""
    git(repository, "config", "core.compression", "0")
    for name, size in (("small.py", 1_000), ("huge.py", 40 * MEGABYTE)):
        stage(repository, name, "x = 1\n" * (size // 6))
    commit(repository)
    stage(repository, "small.py", "x = 1\n" * 1_000 + token(1))
    _, _, usual = peak("--staged")
    stage(repository, "huge.py", "x = 1\n" * (40 * MEGABYTE // 6) + "y\n")
    code, report, kibibytes = peak("--staged")
    assert code == 2
    assert "not scanned: 1 file over 5 MB (raise with --max-bytes): huge.py\n" in report
    assert kibibytes < 1.3 * usual
