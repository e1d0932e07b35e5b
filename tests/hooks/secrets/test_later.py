"""No commit waits for the database."""

import os
import time
from pathlib import Path

import pytest

from warden_hooks.secrets import cache, compiled, later
from warden_hooks.secrets import load as loading
from warden_hooks.secrets.load import load
from warden_policies.rules import secret_rules

_LONGEST_WAIT = 90
"""Seconds; a busy machine may need many."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "changewarden"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often the work was to be started."""
    calls: list[bool] = []
    monkeypatch.setattr(later, "make", lambda: calls.append(True))
    few = {"github-token": secret_rules()["github-token"]}
    monkeypatch.setattr(compiled, "secret_rules", lambda: few)
    return calls


def test_the_first_run_does_without_and_has_it_made(home: Path, started: list[bool]) -> None:
    assert not load(patient=False).database
    assert len(started) == 1


def test_the_next_runs_do_without_until_it_is_there(home: Path, started: list[bool]) -> None:
    assert load(patient=False) == load(patient=False)
    assert load(patient=True).database
    assert load(patient=False).database
    assert len(started) == 2


def test_what_cannot_be_kept_is_not_made(
    home: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "keep", lambda *_: False)
    assert not load(patient=False).database
    assert not started


def test_without_hyperscan_there_is_nothing_to_make(
    home: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "has_hyperscan", lambda: False)
    load(patient=False)
    load(patient=False)
    assert not started


def test_it_is_made_once_in_a_process_of_its_own(home: Path) -> None:
    assert cache.path(create=True)
    assert later.make()
    assert not later.make(), "one is at work already"
    until = time.monotonic() + _LONGEST_WAIT
    while [*home.glob("*.making")] and time.monotonic() < until:
        time.sleep(0.1)
    kept = cache.load()
    assert kept is not None
    assert kept.database


def test_work_that_was_given_up_is_claimed_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = f"{cache.path(create=True)}.making"
    Path(lock).touch()
    assert not later._claimed(lock)
    os.utime(lock, (1, 1))
    assert later._claimed(lock)


def test_nowhere_to_keep_it_is_nowhere_to_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.delenv("HOME")
    assert not later.make()
