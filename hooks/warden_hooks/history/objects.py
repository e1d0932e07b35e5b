"""What a repository holds: its commits, and every content that a file ever had."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from warden_hooks import git

_CHUNK = 1 << 20
_LINE = re.compile(rb"^(commit|blob) (\S+) (\d+)$", re.MULTILINE)
_DAMAGED = b" missing\n"
"""How git speaks of an object that is there and cannot be read."""

Blob = bytes
"""The id of a content, in hexadecimal digits: SHA-1 or SHA-256, as the repository has it."""


@dataclass(slots=True)
class Objects:
    """The objects of a repository, whether or not anything leads to them."""

    commit_ids: IO[bytes]
    """One to a line: what git takes on its standard input."""
    commits: int = 0
    blobs: dict[Blob, int] = field(default_factory=dict)
    """Their sizes in bytes."""
    damaged: int = 0
    """Objects that cannot be read."""

    def only_reachable(self) -> None:
        """Forget the commits that no ref leads to.

        Raises:
            GitError: a commit that refs lead to is missing.
        """
        self.commit_ids.seek(0)
        self.commit_ids.truncate()
        self.commit_ids.write(git.run("rev-list", "--all"))


@contextmanager
def objects() -> Iterator[Objects]:
    """The objects of the repository around the current folder; their contents are not read.

    Raises:
        GitError: there is no repository, or it cannot be read.
        UsageError: there is no git.
    """
    with tempfile.TemporaryFile() as commit_ids:
        found = Objects(commit_ids)
        format_ = "--batch-check=%(objecttype) %(objectname) %(objectsize)"
        with git.reading(
            "cat-file", "--batch-all-objects", "--unordered", "--buffer", format_
        ) as output:
            for lines in _whole_lines(output):
                found.damaged += lines.count(_DAMAGED)
                for kind, name, size in _LINE.findall(lines):
                    if kind == b"blob":
                        found.blobs[name] = int(size)
                    else:
                        found.commits += 1
                        commit_ids.write(name + b"\n")
        yield found


def _whole_lines(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk + stream.readline()


def contents(blobs: Iterable[Blob]) -> Iterator[tuple[Blob, bytes]]:
    """The contents of blobs, in the order given. Only one of them is held at a time.

    Raises:
        GitError: an object cannot be read.
    """
    with tempfile.TemporaryFile() as wanted:
        wanted.writelines(blob + b"\n" for blob in blobs)
        with git.reading("cat-file", "--buffer", "--batch", given=wanted) as output:
            while header := output.readline():
                blob, kind, *size = header.split()
                if not size:
                    raise git.GitError(f"git cat-file: object {blob.decode()} is {kind.decode()}")
                data = output.read(int(size[0]))
                if not output.read(1):
                    raise git.GitError("git cat-file: ended in the middle of an object")
                yield blob, data
