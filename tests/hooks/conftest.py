"""No configuration of the machine reaches git; no test writes outside its own folder."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.reports import Report, secret
from tests.hooks.repository import committed, new_repository
from warden_hooks.cli import main
from warden_hooks.secrets.load import load


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")


@pytest.fixture(scope="session", autouse=True)
def engine_cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """One for all tests of a run: the engine is compiled once, and not in the user's home."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
        load(patient=True)
        yield


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, which is also the current folder."""
    folder = new_repository(tmp_path / "repository")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def base(repository: Path) -> str:
    """The repository's first commit, with a secret that is not news."""
    return committed(repository, "kept.py", "one\n" + secret(99) + "two\n")


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Scans and returns the report for programs, and the exit code in it."""

    def scanned(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        code = main(["scan", *arguments, "--format", "json"])
        captured = capsys.readouterr()
        document: dict[str, Any] = json.loads(captured.out)
        return document | {"code": code}

    return scanned
