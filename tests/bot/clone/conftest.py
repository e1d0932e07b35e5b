"""Histories in local repositories, for what needs no server."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import pytest

from warden_bot.clone.git import Git
from warden_bot.clone.history import History
from warden_bot.clone.limits import Deadline, Limits

OpenHistory: TypeAlias = Callable[..., History]


def nothing_to_fetch(_: Iterable[str]) -> None:
    """Everything is here already."""


@pytest.fixture
def open_history(tmp_path: Path) -> OpenHistory:
    """Opens a repository on disk the way a clone is opened."""

    def opened(folder: Path, digits: int = 40, limits: Limits | None = None) -> History:
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        bounds = limits or Limits()
        return History(
            Git(folder, scratch, digits, bounds, Deadline(bounds.seconds)), nothing_to_fetch
        )

    return opened
