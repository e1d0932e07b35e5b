"""Commits, branches and files."""

from typing import Final

from warden_bot.sandbox.git import CommitInfo
from warden_bot.sandbox.git import TreeEntry as GitTreeEntry
from warden_bot.sandbox.graphql.actors import GitActor
from warden_bot.sandbox.graphql.checks import StatusCheckRollup
from warden_bot.sandbox.graphql.connections import Connection, Paging, connection
from warden_bot.sandbox.graphql.context import Info, require
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.graphql.signatures import GitSignature, signature
from warden_bot.sandbox.state import Repository
from warden_bot.sandbox.world import WEB_FLOW

_SHOWN_BYTES: Final = 512_000
"""A longer text is cut here and marked as truncated."""


class Blob(Node):
    """A file's content; `it` is the bytes."""

    __slots__ = ("oid",)
    it: bytes

    def __init__(self, oid: str, content: bytes) -> None:
        super().__init__(content)
        self.oid = oid

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
    """A file in a commit; `it` is what git says of it."""

    __slots__ = ("path", "repository")
    it: GitTreeEntry

    def __init__(self, repository: Repository, path: str, entry: GitTreeEntry) -> None:
        super().__init__(entry)
        self.repository = repository
        self.path = path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def mode(self) -> int:
        """Git's mode, as a number."""
        return int(self.it.mode, 8)

    @property
    def type(self) -> str:
        """What kind of object it leads to."""
        return self.it.kind

    @property
    def object(self) -> Blob | None:
        """The file's content; a submodule's lies elsewhere."""
        if self.it.kind != "blob":
            return None
        return Blob(self.it.oid, self.repository.git.blob(self.it.oid))


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
    def signature(self) -> GitSignature | None:
        """How it was signed, if it was."""
        found = self.repository.signatures.get(self.it.sha)
        return None if found is None else signature(found)

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
        entry = self.repository.git.entry(self.it.sha, path)
        return None if entry is None else TreeEntry(self.repository, path, entry)

    def status_check_rollup(self, info: Info) -> StatusCheckRollup | None:
        """All checks on this commit; None where nothing ever reported."""
        require(info, "checks")
        runs = self.repository.latest_check_runs(self.it.sha)
        statuses = self.repository.latest_statuses(self.it.sha)
        return StatusCheckRollup(runs, statuses) if runs or statuses else None


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
