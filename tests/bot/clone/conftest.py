"""Histories in local repositories, and on a server that speaks git over HTTP."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.bot.clone.book import Book, git
from tests.bot.clone.shapes import FEATURE, MAIN, MERGED, SAME_FILE_NEWS
from tests.bot.sandbox.conftest import integration
from warden_bot.clone.clones import Clones
from warden_bot.clone.errors import CloneError
from warden_bot.clone.git import Git
from warden_bot.clone.history import History
from warden_bot.clone.limits import Deadline, Limits
from warden_bot.clone.proofs import Head
from warden_bot.clone.source import Source
from warden_bot.sandbox import Account, Sandbox, SandboxRepository
from warden_policies.coverage import unproven
from warden_policies.model import ContentProof

OpenHistory: TypeAlias = Callable[..., History]
Update: TypeAlias = tuple[str, str, str]
"""The names of base, head and reviewed commit."""


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


@dataclass(frozen=True)
class Hosted:
    """A repository on a server, and where the service keeps its clones."""

    github: Sandbox
    repository: SandboxRepository
    ana: Account
    folder: Path
    source: Source
    token: str

    def clones(self, **limits: float) -> Clones:
        """As after a start of the service, with other limits than the usual where given."""
        return Clones(self.folder / "clones", Limits(**limits))  # type: ignore[arg-type]

    @property
    def clone(self) -> Path:
        """The clone on disk."""
        return self.folder / "clones" / f"{self.source.id}.git"

    def publish(self, book: Book, **branches: int) -> list[str]:
        """Push everything in a book, and point branches at some of its commits."""
        local = self.folder / f"book-{len(list(self.folder.iterdir()))}"
        names = book.write(local)
        tips = [f"{names[at]}:refs/heads/{local.name}-{at}" for at in book.tips()]
        named = [f"+{names[at]}:refs/heads/{branch}" for branch, at in branches.items()]
        self.push(local, *tips, *named)
        return names

    def push(self, local: Path, *refs: str) -> None:
        """Push from a repository on disk."""
        token = self.github.token_of(self.ana)
        url = self.source.url.replace("://", f"://x-access-token:{token}@")
        git(local, "push", "--quiet", url, *refs)

    def prove(self, base: str, head: str, /, *reviewed: str, **limits: float) -> list[ContentProof]:
        """The proofs, asked for once."""
        asked = Head(base, head, "main")
        try:
            proofs = self.clones(**limits).prove(
                self.source, self.token, asked, dict.fromkeys(reviewed, base)
            )
        except CloneError as error:
            return [unproven(commit, str(error)) for commit in reviewed]
        return [*proofs]


@pytest.fixture
def hosted(github: Sandbox, tmp_path: Path) -> Hosted:
    """An empty repository, private."""
    repository = github.repository("demo/payments")
    token = integration(github).get_access_token(github.installation_id).token
    folder = tmp_path / "service"
    folder.mkdir()
    source = Source(repository.id, repository.clone_url)
    return Hosted(github, repository, github.person("ana"), folder, source, token)


@pytest.fixture
def update(hosted: Hosted) -> Update:
    """An update for which git has to merge a file."""
    book = Book()
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    base = book.commit(old, MAIN | SAME_FILE_NEWS)
    head = book.commit((reviewed, base), MAIN | MERGED)
    names = hosted.publish(book)
    return names[base], names[head], names[reviewed]


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called git before the real one, which it finds as $REAL.

    Where the service runs git, the first argument is `--git-dir=.`; the server does it otherwise.
    """
    folder.mkdir()
    real = shutil.which("git")
    (folder / "git").write_text(f"#!/bin/sh\nREAL={real}\n{script}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
