"""What lies in a tree, and what differs between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

EXECUTABLE: Final = "100755"
SYMLINK: Final = "120000"
SUBMODULE: Final = "160000"
_FILE: Final = "100644"


@dataclass(frozen=True, slots=True)
class Executable:
    """A file that may be run."""

    text: str


@dataclass(frozen=True, slots=True)
class Symlink:
    """A link to another path."""

    target: str


@dataclass(frozen=True, slots=True)
class Submodule:
    """A commit of another repository."""

    commit: str


Content: TypeAlias = str | bytes | Executable | Symlink | Submodule
"""What a path may lead to; text and bytes are ordinary files."""


def stored(content: Content) -> tuple[str, bytes]:
    """The mode under which git keeps it, and its bytes (a submodule's are its commit's name)."""
    match content:
        case Executable(text):
            return EXECUTABLE, text.encode()
        case Symlink(target):
            return SYMLINK, target.encode()
        case Submodule(commit):
            return SUBMODULE, commit.encode()
        case str():
            return _FILE, content.encode()
    return _FILE, content


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """Where a path leads in a commit."""

    mode: str
    kind: str
    """`blob`, or `commit` for a submodule."""
    oid: str


def parse_tree(listing: bytes) -> dict[str, TreeEntry]:
    """Every file of a tree, from `git ls-tree -r -z`."""
    found = {}
    for record in filter(None, listing.decode().split("\0")):
        facts, path = record.split("\t", 1)
        found[path] = TreeEntry(*facts.split())
    return found


@dataclass(frozen=True, slots=True)
class FileDiff:
    """One file that differs. `status` is git's letter."""

    status: str
    path: str
    previous_path: str | None
    oid: str
    """The content's name on the new side, or of what was removed."""
    additions: int
    deletions: int


def parse_diff(raw: bytes, numstat: bytes) -> list[FileDiff]:
    """From `git diff --raw -z --no-abbrev` and the same with `--numstat`, by path."""
    counts = dict(_numstat(numstat))
    return sorted(
        (
            FileDiff(status, path, old, oid, *counts[path])
            for status, old, path, oid in _raw(raw.decode().split("\0"))
        ),
        key=lambda diff: diff.path,
    )


def _raw(fields: list[str]) -> Iterator[tuple[str, str | None, str, str]]:
    words = iter(fields)
    for facts in words:
        if not facts:
            return
        _, _, before, after, status = facts.split()
        old = next(words)
        oid = before if status == "D" else after
        if status[0] in "RC":
            yield status[0], old, next(words), oid
        else:
            yield status[0], None, old, oid


def _numstat(listing: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    words = iter(listing.decode().split("\0"))
    for record in words:
        if not record:
            return
        added, deleted, path = record.split("\t")
        if not path:  # a rename: the old path and the new one follow
            next(words)
            path = next(words)
        yield path, (_lines(added), _lines(deleted))


def _lines(count: str) -> int:
    """Git counts no lines in a binary file."""
    return 0 if count == "-" else int(count)
