"""What git knows that bears on allowances: who asks, what was when, and where a file went.

Every question has an answer outside a repository too, or without git: nothing is known.
"""

import os
from datetime import UTC, date, datetime

from warden_hooks import git
from warden_hooks.errors import UsageError

_MOST_RENAMES = 20
_ZEROS = frozenset("0")


def is_repository() -> bool:
    """Whether the current folder lies in a work tree that git works in."""
    try:
        git.work_tree()
    except UsageError:
        return False
    return True


def person() -> str:
    """Who git says is at work: `user.email`, else `user.name`, else nobody."""
    return _setting("user.email") or _setting("user.name")


def _setting(name: str) -> str:
    try:
        return os.fsdecode(git.run("config", "--get", name)).strip()
    except (git.GitError, UsageError):
        return ""


def file_at(path: str, revision: str = ":0") -> bytes | None:
    """A file's content in a commit, or as staged; None when it is not there.

    Raises:
        GitError: it is there and cannot be read.
    """
    try:
        blob = git.run("rev-parse", "--verify", "--quiet", f"{revision}:{path}").decode().strip()
    except (git.GitError, UsageError):
        return None
    return git.run("cat-file", "blob", blob)


def line_dates(path: str, root: str) -> list[date | None]:
    """For each line of the file on disk the day its commit was made; None when not committed."""
    try:
        output = git.run("-C", root, "blame", "--line-porcelain", "--", path)
    except (git.GitError, UsageError):
        return []
    days: list[date | None] = []
    day: date | None = None
    commit = ""
    for line in output.split(b"\n"):
        word, _, rest = line.partition(b" ")
        if line.startswith(b"\t"):
            days.append(day)
            commit = ""
        elif not commit:
            commit, day = word.decode(), None
        elif word == b"author-time" and set(commit) != _ZEROS:
            day = datetime.fromtimestamp(int(rest), UTC).date()
    return days


def renamed_to(path: str) -> str | None:
    """Where git sees that a file was moved to: by what is staged, else by commits."""
    moved = _staged_renames()
    for _ in range(_MOST_RENAMES):
        if path in moved:
            return moved[path]
        following = _committed_rename(path)
        if following is None:
            return None
        if file_at(following) is not None:
            return following
        path = following
    return None


def _staged_renames() -> dict[str, str]:
    try:
        output = git.run("diff-index", "--cached", *_RENAMES, "HEAD", "--")
    except (git.GitError, UsageError):
        return {}
    return _pairs(output)


def _committed_rename(path: str) -> str | None:
    """The new name in the last commit that touched `path`, which is the one that moved it."""
    try:
        commit = git.run("rev-list", "-1", "HEAD", "--", f":(top,literal){path}").decode().strip()
        output = git.run("diff-tree", "-r", "--no-commit-id", *_RENAMES, commit) if commit else b""
    except (git.GitError, UsageError):
        return None
    return _pairs(output).get(path)


_RENAMES = ("-z", "-M", "--name-status", "--diff-filter=R")


def _pairs(output: bytes) -> dict[str, str]:
    """`R100 NUL old NUL new NUL`, again and again."""
    fields = [os.fsdecode(field) for field in output.split(b"\0")]
    return dict(zip(fields[1::3], fields[2::3], strict=False))
