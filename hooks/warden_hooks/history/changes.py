"""What each commit changed: paths, and the contents they had before and after."""

import os
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from warden_hooks import git
from warden_hooks.history.objects import Blob

_CHUNK = 1 << 20
_SUBMODULE, _NOTHING = b"160000", b"000000"


class Change(NamedTuple):
    """One path in one commit."""

    commit: bytes
    path: bytes
    before: tuple[Blob, ...]
    """What the path held in each of the commit's parents; zeros where it was not there."""
    after: Blob
    """What it holds in the commit; empty when it is not there, or is another repository."""


def changes(commit_ids: IO[bytes], paths: Iterable[bytes] = ()) -> Iterator[Change]:
    """What the commits changed, each against its parents; only in `paths` if there are any.

    A merge changes a path when no parent has what it has.

    Raises:
        GitError: a commit, a tree or a parent is missing; what was told until then is true.
    """
    options = ("-r", "-c", "--root", "--raw", "-z", "--no-renames", "--no-abbrev")
    chosen = [f":(top,literal){os.fsdecode(path)}" for path in paths]
    with git.reading("diff-tree", "--stdin", *options, "--", *chosen, given=commit_ids) as output:
        commit = b""
        fields = _fields(output)
        for header in fields:
            if not header.startswith(b":"):
                commit = header
            elif path := next(fields, b""):
                yield _change(commit, header, path)
            else:
                raise git.GitError("git diff-tree: ended in the middle of a change")


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """What ends in a NUL."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _change(commit: bytes, header: bytes, path: bytes) -> Change:
    """`::MODE MODE MODE BLOB BLOB BLOB STATUS`: of each parent, and last of the commit itself."""
    *described, _ = header.lstrip(b":").split(b" ")
    count = len(described) // 2
    after = b"" if described[count - 1] in (_SUBMODULE, _NOTHING) else described[-1]
    return Change(commit, path, tuple(described[count:-1]), after)
