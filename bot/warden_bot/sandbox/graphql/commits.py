"""Commits, branches and files."""

import hashlib
from typing import Final

from warden_bot.sandbox.git_repository import CommitInfo
from warden_bot.sandbox.graphql.actors import GitActor
from warden_bot.sandbox.graphql.checks import StatusCheckRollup
from warden_bot.sandbox.graphql.connections import Connection, Paging, connection
from warden_bot.sandbox.graphql.context import Info, require
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import Repository
from warden_bot.sandbox.world import WEB_FLOW

_SHOWN_BYTES: Final = 512_000
"""A longer text is cut here and marked as truncated."""


class GpgSignature(Node):
    """The signature that GitHub puts on what it commits for somebody."""

    is_valid = True
    was_signed_by_git_hub = True


class Blob(Node):
    """A file's content; `it` is the bytes."""

    it: bytes

    @property
    def oid(self) -> str:
        """Git's name for the content."""
        header = b"blob %d\0" % len(self.it)
        return hashlib.sha1(header + self.it, usedforsecurity=False).hexdigest()

    @property
    def byte_size(self) -> int:
        """The size in bytes."""
        return len(self.it)

    @property
    def is_binary(self) -> bool:
        """Git's own test."""
        return b"\0" in self.it[:8000]

    @property
    def is_truncated(self) -> bool:
        """Whether `text` is only the beginning."""
        return len(self.it) > _SHOWN_BYTES

    @property
    def text(self) -> str | None:
        """The content as text; there is none in a binary file."""
        return None if self.is_binary else self.it[:_SHOWN_BYTES].decode("utf-8", "replace")


class TreeEntry(Node):
    """A file in a commit; `it` is its content."""

    __slots__ = ("path",)

    def __init__(self, path: str, content: bytes) -> None:
        super().__init__(content)
        self.path = path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def object(self) -> Blob:
        """The file's content."""
        return Blob(self.it)


class Commit(Node):
    """A commit of a repository; `it` is what git says of it."""

    __slots__ = ("repository",)
    it: CommitInfo

    def __init__(self, repository: Repository, sha: str) -> None:
        super().__init__(repository.git.commit(sha))
        self.repository = repository

    @property
    def oid(self) -> str:
        """The sha."""
        return self.it.sha

    @property
    def author(self) -> GitActor:
        """The first author."""
        return GitActor(self.it.author)

    @property
    def committer(self) -> GitActor:
        """Who made the commit object."""
        return GitActor(self.it.committer)

    @property
    def committed_via_web(self) -> bool:
        """Whether GitHub made it for somebody. A commit that merely says so does not count."""
        return self.it.sha in self.repository.web_commits and self.it.committer == WEB_FLOW

    @property
    def signature(self) -> GpgSignature | None:
        """GitHub signs its own commits; people's keys are not modelled."""
        return GpgSignature(None) if self.committed_via_web else None

    def authors(self, info: Info, **paging: Paging) -> Connection:
        """The author and everybody in a `Co-authored-by` trailer."""
        names = dict.fromkeys((self.it.author, *self.it.co_authors))
        return connection(info, [GitActor(name) for name in names], paging)

    def parents(self, info: Info, **paging: Paging) -> Connection:
        """The parents, first parent first."""
        return connection(info, [Commit(self.repository, sha) for sha in self.it.parents], paging)

    def file(self, info: Info, path: str) -> TreeEntry | None:
        """The file of that name in this commit."""
        require(info, "contents")
        content = self.repository.git.blob(self.it.sha, path)
        return None if content is None else TreeEntry(path, content)

    def status_check_rollup(self, info: Info) -> StatusCheckRollup | None:
        """All checks on this commit; None where nothing ever reported."""
        require(info, "checks")
        runs = self.repository.latest_check_runs(self.it.sha)
        return StatusCheckRollup(runs) if runs else None


class Ref(Node):
    """A branch; `it` is its name."""

    __slots__ = ("repository", "tip")
    prefix = "refs/heads/"

    def __init__(self, repository: Repository, name: str, tip: str) -> None:
        super().__init__(name)
        self.repository = repository
        self.tip = tip

    @property
    def name(self) -> str:
        """The name without the prefix."""
        return str(self.it)

    @property
    def target(self) -> Commit:
        """The commit it points to."""
        return Commit(self.repository, self.tip)


def ref(repository: Repository, branch: str) -> Ref | None:
    """The branch of that name, if there is one."""
    tip = repository.git.branch(branch)
    return None if tip is None else Ref(repository, branch, tip)
