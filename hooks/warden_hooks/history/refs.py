"""What branches, tags and HEAD lead to now."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from warden_hooks import git
from warden_hooks.history.objects import Blob

_BRANCHES = (b"refs/heads/", b"refs/remotes/")


class Tip(NamedTuple):
    """What a branch, a tag or any other ref leads to; a tag of a tag to what that leads to."""

    ref: bytes
    kind: bytes
    """`commit`, `tree` or `blob`."""
    object: bytes

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch, here or of a remote."""
        return self.kind == b"commit" and self.ref.startswith(_BRANCHES)

    @property
    def short(self) -> str:
        """The ref without the folder that every branch is in."""
        name = self.ref
        for folder in _BRANCHES:
            name = name.removeprefix(folder)
        return name.decode("utf-8", "replace")


def tips() -> list[Tip]:
    """Every ref, and HEAD where there is a commit yet.

    Raises:
        GitError: the refs cannot be read.
    """
    lines = git.run("for-each-ref", "--format=%(objectname) %(objecttype) %(refname)")
    found = [line.split(b" ", 2) for line in lines.splitlines()]
    found.append([b"HEAD", b"", b"HEAD"])
    ends = looked_up(name + b"^{}" for name, _, _ in found)
    return [
        Tip(ref, kind, target)
        for (_, _, ref), (kind, target) in zip(found, ends, strict=True)
        if kind
    ]


def looked_up(names: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and id of the objects that the names mean to git; empty where one means nothing."""
    with tempfile.TemporaryFile() as asked:
        asked.writelines(name + b"\n" for name in names)
        with git.reading("cat-file", "--batch-check", "--buffer", given=asked) as output:
            for line in output:
                *_, object_, kind, size = (b"", b"", *line.rstrip(b"\n").rsplit(b" ", 2))
                yield (kind, object_) if size.isdigit() else (b"", b"")


def entries(tree: bytes) -> Iterator[tuple[bytes, Blob]]:
    """Path and content of every file in a tree or a commit's tree.

    Raises:
        GitError: a tree is missing.
    """
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", tree.decode()).split(b"\0"):
        described, _, path = entry.partition(b"\t")
        if b" blob " in described:
            yield path, described.rpartition(b" ")[2]
