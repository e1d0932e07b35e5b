"""In every kind of repository a new secret is refused, and what replaces it passes, both ways."""

from pathlib import Path

import pytest

from tests.hooks.planted import github_token
from tests.hooks.repository import commit, stage
from tests.hooks.surroundings import BUILDERS, Builder, Place, whole_command
from warden_hooks import fast
from warden_hooks.cli import main

SECRET = f"token = '{github_token()}'\n"
LOOKED_UP = 'import os\ntoken = os.environ["TOKEN"]\n'
LEFT = {"a branch without a commit", "beside a changed submodule"}
"""Where the short way has no answer, as it may."""


def enter(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.folder)
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_a_new_secret_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Builder
) -> None:
    enter(build(tmp_path, SECRET), monkeypatch)
    assert "secrets" in fast.left(["--staged"])
    assert whole_command(monkeypatch) == 1


@pytest.mark.parametrize("name", BUILDERS)
def test_what_looks_it_up_passes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    enter(BUILDERS[name](tmp_path, LOOKED_UP), monkeypatch)
    assert ("secrets" not in fast.left(["--staged"])) is (name not in LEFT)
    assert whole_command(monkeypatch) == 0
    named = "not scanned: 1 submodule: sub\n" if "changed submodule" in name else ""
    assert capsys.readouterr().out == named


@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_on_disk_a_secret_is_found_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Builder
) -> None:
    enter(build(tmp_path, SECRET), monkeypatch)
    files = [path for path in Path().rglob("*") if path.is_file()]
    assert main(["scan"]) == any(
        SECRET.strip().encode() in path.read_bytes().replace(b"\0", b"") for path in files
    )


def test_an_old_secret_beside_a_new_line_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are told apart also where git is asked for more of them than are new."""
    place = BUILDERS["a changed mode"](tmp_path, SECRET)
    enter(place, monkeypatch)
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=9")
    commit(place.folder)
    stage(place.folder, "kept.py", f"y = 1\n{SECRET}x = 1\n")
    assert whole_command(monkeypatch) == 0


def test_names_are_found_when_pathspecs_are_literal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some editors set it for all that git starts."""
    enter(BUILDERS["a renamed and changed file"](tmp_path, LOOKED_UP), monkeypatch)
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert whole_command(monkeypatch, "kept.py", "new.py") == 0
