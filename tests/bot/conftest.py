"""A GitHub for every test of the bot: all of its traffic is held against GitHub's description."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.fakes.clock import ManualClock
from tests.fakes.openapi import SchemaObserver
from tests.fakes.receiver import Receiver
from warden_bot.sandbox import Sandbox

StartGithub: TypeAlias = Callable[..., Sandbox]


@pytest.fixture
def start_github(tmp_path: Path) -> Iterator[StartGithub]:
    """Starts a sandbox with other settings than the usual; a lie in its traffic fails the test."""
    observer = SchemaObserver()
    with ExitStack() as running:

        def start(**settings: Any) -> Sandbox:
            folder = tmp_path / f"github-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return running.enter_context(Sandbox(folder, observer=observer, **settings))

        yield start
    assert observer.violations == []


@pytest.fixture
def clock() -> ManualClock:
    """The time in the sandbox that `github` gives."""
    return ManualClock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An endpoint that takes every webhook."""
    with Receiver() as it:
        yield it


@pytest.fixture
def github(start_github: StartGithub) -> Sandbox:
    """A started sandbox."""
    return start_github()
