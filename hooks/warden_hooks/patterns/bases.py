"""The two places where a repository's own rules are read from: a commit, or the files on disk."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warden_hooks import git
from warden_hooks.errors import UsageError

CONFIGURATION = ".github/changewarden.yml"
_WORD = b"patterns"


class Base(Protocol):
    """Where a repository's configuration and its own rules are read from."""

    def file(self, path: str) -> bytes | None:
        """A file's content; None when there is none."""
        ...

    def below(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Path and content of the files under a folder, in the order of their paths."""
        ...


def configuration(base: Base) -> bytes | None:
    """What the base is configured with, if that may say anything about patterns."""
    data = base.file(CONFIGURATION)
    return data if data and _WORD in data else None


@dataclass(frozen=True, slots=True)
class Commit:
    """The files of a commit; none at all where there is no such commit yet."""

    name: str = "HEAD"

    def file(self, path: str) -> bytes | None:
        """A file's content; None when there is none."""
        try:
            return git.run("cat-file", "blob", f"{self.name}:{path}")
        except (git.GitError, UsageError):
            return None

    def below(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Path and content of the files under a folder, in the order of their paths."""
        listing = git.run("ls-tree", "-r", "-z", "--full-tree", self.name, "--", f"{folder}/")
        for entry in git.ended(listing, "ls-tree"):
            header, _, name = entry.partition(b"\t")
            mode, _, blob = header.decode().split(" ")
            if mode.startswith("100"):
                yield os.fsdecode(name), git.run("cat-file", "blob", blob)


@dataclass(frozen=True, slots=True)
class Disk:
    """The files under a folder on disk."""

    root: str

    def file(self, path: str) -> bytes | None:
        """A file's content; None when there is none.

        Raises:
            UsageError: it is there and cannot be read.
        """
        try:
            return Path(self.root, path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            what = f"{path} cannot be read: {error.strerror}"
            raise UsageError(what, "make it a file that you may read") from None

    def below(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Path and content of the files under a folder, in the order of their paths."""
        root = Path(self.root)
        for place in sorted((root / folder).rglob("*")):
            if place.is_file() and not place.is_symlink():
                path = place.relative_to(root).as_posix()
                if (data := self.file(path)) is not None:
                    yield path, data
