"""A bare git repository as the stand-in keeps it: refs, commits, diffs and merges, through git."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

_CONFIG: Final = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[receive]
\thideRefs = refs/pull
\tautogc = false
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[gc]
\tauto = 0
"""
_LOG_FORMAT: Final = "%x1f".join(
    (
        "%H",
        "%T",
        "%P",
        "%an",
        "%ae",
        "%aI",
        "%cn",
        "%ce",
        "%(trailers:key=Co-authored-by,valueonly,separator=%x1e)",
        "%B",
    )
)


def git_environment(home: Path) -> dict[str, str]:
    """An environment in which git sees no configuration but its own repository's."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address in a commit."""

    name: str
    email: str

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """From `Name <address>`; text without an address is all name."""
        name, _, rest = text.partition("<")
        return cls(name.strip(), rest.rstrip("> \n"))


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """What a commit says. `co_authors` come from its `Co-authored-by` trailers."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Identity
    authored_at: str
    committer: Identity
    co_authors: tuple[Identity, ...]
    message: str


@dataclass(frozen=True, slots=True)
class DiffSize:
    """How much changes between the merge base and the head."""

    additions: int
    deletions: int
    files: int


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made. A file whose content is None is deleted."""

    branch: str
    parent: str | None
    files: Mapping[str, str | bytes | None]
    message: str
    author: Identity
    committer: Identity
    when: datetime


@dataclass(frozen=True, slots=True)
class MergeCommit:
    """A merge to be committed, once its tree is known."""

    tree: str
    parents: tuple[str, ...]
    message: str
    author: Identity
    committer: Identity
    when: datetime


class BareRepository:
    """One bare repository on disk. Its methods raise CalledProcessError when git fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._environment = git_environment(path)
        self._commits: dict[str, CommitInfo] = {}
        self._sizes: dict[tuple[str, str], DiffSize] = {}

    @classmethod
    def create(
        cls, path: Path, default_branch: str = "main", alternate: Path | None = None
    ) -> "BareRepository":
        """Lay out an empty repository; with `alternate` it can read that one's objects too.

        The files are written directly: `git init` would be a process per repository, and a
        repository per test.
        """
        for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text(f"ref: refs/heads/{default_branch}\n", "utf-8")
        (path / "config").write_text(_CONFIG, "utf-8")
        if alternate is not None:
            (path / "objects/info/alternates").write_text(f"{alternate / 'objects'}\n", "utf-8")
        return cls(path)

    def run(
        self, *arguments: str, stdin: bytes = b"", extra: Mapping[str, str] | None = None
    ) -> bytes:
        """Run git in this repository and return what it printed."""
        return subprocess.run(  # noqa: S603 - fixed program, no shell
            ("git", f"--git-dir={self.path}", *arguments),  # noqa: S607 - git is found on PATH
            input=stdin,
            capture_output=True,
            check=True,
            env=self._environment | dict(extra or {}),
        ).stdout

    def refs(self) -> dict[str, str]:
        """Branches and tags, by full name."""
        lines = self.run(
            "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags"
        )
        return dict(line.split(" ", 1) for line in lines.decode().splitlines())

    def branch(self, name: str) -> str | None:
        """The tip of a branch."""
        return self._resolve(f"refs/heads/{name}")

    def commit_named(self, reference: str) -> str | None:
        """The commit that a full sha or a branch name stands for."""
        return self.branch(reference) or self._resolve(reference)

    def _resolve(self, revision: str) -> str | None:
        wanted = f"{revision}^{{commit}}"
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        return None if found is None else found.decode().strip()

    def _try(self, *arguments: str) -> bytes | None:
        """What git printed, or None where it says no."""
        try:
            return self.run(*arguments)
        except subprocess.CalledProcessError:
            return None

    def commits_between(self, base: str, head: str) -> list[CommitInfo]:
        """The commits reachable from `head` and not from `base`, oldest first."""
        found = self._log("--topo-order", "--reverse", f"{base}..{head}")
        self._commits.update((commit.sha, commit) for commit in found)
        return found

    def commit(self, sha: str) -> CommitInfo:
        """One commit."""
        if sha not in self._commits:
            self._commits[sha] = self._log("--no-walk", sha)[0]
        return self._commits[sha]

    def _log(self, *arguments: str) -> list[CommitInfo]:
        printed = self.run("log", "-z", f"--format={_LOG_FORMAT}", *arguments, "--")
        return [_commit(record) for record in printed.decode().split("\0") if record]

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Whether `descendant` contains `ancestor`."""
        return self._try("merge-base", "--is-ancestor", ancestor, descendant) is not None

    def diff_size(self, base: str, head: str) -> DiffSize:
        """Lines and files changed on `head` since it left `base`."""
        if (base, head) not in self._sizes:
            self._sizes[base, head] = self._count(base, head)
        return self._sizes[base, head]

    def _count(self, base: str, head: str) -> DiffSize:
        since_merge_base = self._try("diff", "--numstat", f"{base}...{head}")
        if since_merge_base is None:  # two histories with nothing in common
            since_merge_base = self.run("diff", "--numstat", base, head)
        lines = since_merge_base.decode().splitlines()
        counts = [line.split("\t", 2)[:2] for line in lines]
        added, deleted = (
            sum(int(pair[side]) for pair in counts if pair[side] != "-") for side in (0, 1)
        )
        return DiffSize(added, deleted, len(counts))

    def blob(self, commit: str, path: str) -> bytes | None:
        """The content of a file in a commit, or None where there is no file of that name."""
        return self._try("cat-file", "blob", f"{commit}:{path}")

    def update_ref(self, name: str, sha: str) -> None:
        """Point a ref at a commit."""
        self.run("update-ref", name, sha)

    def write_commit(self, commit: NewCommit) -> str:
        """Make a commit on a branch of this repository and return its sha."""
        stream = b"".join(_fast_import(commit))
        return self.run("fast-import", "--quiet", "--force", stdin=stream).decode().strip()

    def merged_tree(self, base: str, head: str) -> str | None:
        """The tree of a clean merge, or None when the two conflict."""
        tree = self._try("merge-tree", "--write-tree", base, head)
        return None if tree is None else tree.decode().strip()

    def write_merge(self, commit: MergeCommit) -> str:
        """Make a commit object out of a tree that exists, and return its sha."""
        stamp = f"{int(commit.when.timestamp())} +0000"
        extra = {
            "GIT_AUTHOR_NAME": commit.author.name,
            "GIT_AUTHOR_EMAIL": commit.author.email,
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_NAME": commit.committer.name,
            "GIT_COMMITTER_EMAIL": commit.committer.email,
            "GIT_COMMITTER_DATE": stamp,
        }
        parents = [argument for parent in commit.parents for argument in ("-p", parent)]
        made = self.run(
            "commit-tree", commit.tree, *parents, stdin=commit.message.encode(), extra=extra
        )
        return made.decode().strip()


def _commit(record: str) -> CommitInfo:
    sha, tree, parents, name, email, date, committer, committer_email, others, message = (
        record.split("\x1f", 9)
    )
    return CommitInfo(
        sha=sha,
        tree=tree,
        parents=tuple(parents.split()),
        author=Identity(name, email),
        authored_at=date,
        committer=Identity(committer, committer_email),
        co_authors=tuple(Identity.parse(other) for other in others.split("\x1e") if other.strip()),
        message=message.rstrip("\n"),
    )


def _fast_import(commit: NewCommit) -> list[bytes]:
    stamp = f"{int(commit.when.timestamp())} +0000"
    lines = [
        f"commit refs/heads/{commit.branch}\nmark :1\n".encode(),
        f"author {commit.author.name} <{commit.author.email}> {stamp}\n".encode(),
        f"committer {commit.committer.name} <{commit.committer.email}> {stamp}\n".encode(),
        _data(commit.message.encode()),
    ]
    if commit.parent is not None:
        lines.append(f"from {commit.parent}\n".encode())
    for path, content in commit.files.items():
        lines.append(_change(path, content))
    return [*lines, b"\nget-mark :1\ndone\n"]


def _change(path: str, content: str | bytes | None) -> bytes:
    if "\n" in path or path.startswith('"'):
        raise ValueError(f"a path that git would have to quote is not supported: {path!r}")
    if content is None:
        return f"D {path}\n".encode()
    raw = content.encode() if isinstance(content, str) else content
    return f"M 100644 inline {path}\n".encode() + _data(raw)


def _data(raw: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(raw), raw)
