"""A bare git repository as the stand-in keeps it: refs, commits, diffs and merges, through git."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from warden_bot.sandbox.git.commits import LOG_FORMAT, CommitInfo
from warden_bot.sandbox.git.trees import FileDiff, TreeEntry, parse_diff, parse_tree
from warden_bot.sandbox.git.writing import MergeCommit, NewCommit, fast_import

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
class DiffSize:
    """How much changes between the merge base and the head."""

    additions: int
    deletions: int
    files: int


class BareRepository:
    """One bare repository on disk. Its methods raise CalledProcessError when git fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._environment = git_environment(path)
        self._commits: dict[str, CommitInfo] = {}
        self._diffs: dict[tuple[str, str], list[FileDiff]] = {}
        self._trees: dict[str, dict[str, TreeEntry]] = {}

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

    def _try(self, *arguments: str) -> bytes | None:
        """What git printed, or None where it says no."""
        try:
            return self.run(*arguments)
        except subprocess.CalledProcessError:
            return None

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

    def update_ref(self, name: str, sha: str) -> None:
        """Point a ref at a commit."""
        self.run("update-ref", name, sha)

    def fetch(self, other: "BareRepository", sha: str) -> None:
        """Take a commit, and all that it rests on, over from another repository."""
        self.run("fetch", "--quiet", "--no-tags", str(other.path), sha)

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
        printed = self.run("log", "-z", f"--format={LOG_FORMAT}", *arguments, "--")
        return [CommitInfo.parse(record) for record in printed.decode().split("\0") if record]

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Whether `descendant` contains `ancestor`."""
        return self._try("merge-base", "--is-ancestor", ancestor, descendant) is not None

    def merge_base(self, base: str, head: str) -> str | None:
        """Where the two histories parted; None when they never met."""
        found = self._try("merge-base", base, head)
        return None if found is None else found.decode().strip()

    def changes(self, base: str, head: str) -> list[FileDiff]:
        """What changed on `head` since it left `base`, by path."""
        if (base, head) not in self._diffs:
            since = self.merge_base(base, head) or base
            raw = self.run("diff", "-M", "--raw", "-z", "--no-abbrev", since, head)
            numbers = self.run("diff", "-M", "--numstat", "-z", since, head)
            self._diffs[base, head] = parse_diff(raw, numbers)
        return self._diffs[base, head]

    def diff_size(self, base: str, head: str) -> DiffSize:
        """Lines and files changed on `head` since it left `base`."""
        changes = self.changes(base, head)
        additions = sum(change.additions for change in changes)
        return DiffSize(additions, sum(change.deletions for change in changes), len(changes))

    def entry(self, commit: str, path: str) -> TreeEntry | None:
        """Where a path leads in a commit, if it leads to a file."""
        if commit not in self._trees:
            self._trees[commit] = parse_tree(self.run("ls-tree", "-r", "-z", commit))
        return self._trees[commit].get(path)

    def blob(self, oid: str) -> bytes:
        """A content by its name."""
        return self.run("cat-file", "blob", oid)

    def write_commit(self, commit: NewCommit) -> str:
        """Make a commit on a branch of this repository and return its sha."""
        stream = b"".join(fast_import(commit))
        return self.run("fast-import", "--quiet", "--force", stdin=stream).decode().strip()

    def merged_tree(self, base: str, head: str) -> str | None:
        """The tree of a clean merge, or None when the two conflict."""
        tree = self._try("merge-tree", "--write-tree", base, head)
        return None if tree is None else tree.decode().strip()

    def write_merge(self, commit: MergeCommit) -> str:
        """Make a commit object out of a tree that exists, and return its sha."""
        parents = [argument for parent in commit.parents for argument in ("-p", parent)]
        message = commit.message.encode()
        made = self.run(
            "commit-tree", commit.tree, *parents, stdin=message, extra=commit.environment
        )
        return made.decode().strip()
