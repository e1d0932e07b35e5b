"""Files on disk, git or not: walked without following links, read without being fooled."""
# ruff: noqa: PTH109, PTH110, PTH118, PTH120 - pathlib stays off a commit's way: slow

import errno
import os
import stat
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from warden_hooks.errors import UsageError
from warden_hooks.source import (
    BINARY_PROBE_BYTES,
    Content,
    Skipped,
    SkipReason,
    SourceFile,
    as_in_index,
    looks_binary,
    read_source,
)

_READ_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""Not following a link that was swapped in, not waiting for the writer of a FIFO."""
_ODD = (SkipReason.NOT_A_FILE, SkipReason.SYMBOLIC_LINK)
"""A path without links that is a link is one that leads to itself."""
_CHUNK, _LARGE_CHUNK = 1 << 16, 1 << 20
"""Most files are smaller than the first. A read costs memory for all that it asks for, so that a
short one is followed by the shortest there is: it only tells that this was the end."""


class Found(NamedTuple):
    """A file on disk: its absolute path, what a report calls it, or why it cannot be read."""

    file: str
    shown: str
    refused: SkipReason | None


def sources(paths: Sequence[str], max_bytes: int) -> Generator[SourceFile | Skipped, None, None]:
    """The content of the files at and under `paths`, each once."""
    for found in files(paths):
        yield read(found, max_bytes)


def files(paths: Sequence[str]) -> Iterator[Found]:
    """The files at and under `paths` (the current folder when there are none), each once.

    A link named on purpose is followed; one met on the way is named and left alone. A pipe or a
    device is so, too, but named on purpose it is one more that could not be read.

    Raises:
        UsageError: the current folder was removed.
    """
    root = repository_root(_current_folder())
    seen: set[str] = set()
    for path in paths or ["."]:
        named = os.path.realpath(path)
        for file, refused in _walk(named):
            if file not in seen:
                seen.add(file)
                reason = SkipReason.UNREADABLE if refused in _ODD and file == named else refused
                yield Found(file, _display(file, root), reason)


def _current_folder() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise UsageError("the current folder is gone", "cd to one that is there") from None


def _walk(path: str) -> Iterator[tuple[str, SkipReason | None]]:
    """Every file at or under an absolute path, or the reason why it cannot be read."""
    try:
        mode = os.lstat(path).st_mode
        pending = _inside(path) if stat.S_ISDIR(mode) else []
    except OSError as error:
        yield path, _reason(error)
        return
    if not stat.S_ISDIR(mode):
        yield path, _refused(mode)
    while pending:
        entry = pending.pop()
        try:
            if entry.is_dir(follow_symlinks=False):
                pending += _inside(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path, None
            else:
                yield entry.path, _refused(entry.stat(follow_symlinks=False).st_mode)
        except OSError as error:
            yield entry.path, _reason(error)


def _inside(folder: str) -> "list[os.DirEntry[str]]":
    """What is in a folder, but for git's own, the last first. It knows what each thing is."""
    with os.scandir(folder) as entries:
        known = [entry for entry in entries if entry.name != ".git"]
    return sorted(known, key=lambda entry: entry.name, reverse=True)


def _refused(mode: int) -> SkipReason | None:
    if stat.S_ISLNK(mode):
        return SkipReason.SYMBOLIC_LINK
    return None if stat.S_ISREG(mode) else SkipReason.NOT_A_FILE


def _reason(error: OSError) -> SkipReason:
    if isinstance(error, FileNotFoundError):
        return SkipReason.NOT_FOUND
    return SkipReason.SYMBOLIC_LINK if error.errno == errno.ELOOP else SkipReason.UNREADABLE


def read(found: Found, max_bytes: int) -> SourceFile | Skipped:
    """The text of a file, or the reason why there is none."""
    content = content_of(found, max_bytes)
    if isinstance(content, Skipped):
        return content
    return read_source(found.shown, content, max_bytes)


def content_of(found: Found, max_bytes: int) -> Content | Skipped:
    """The content of a file: all of it, or enough to see that it is binary or too large."""
    shown = found.shown
    if found.refused:
        return Skipped(shown, found.refused)
    try:
        descriptor = os.open(found.file, _READ_FLAGS)
        try:
            status = os.fstat(descriptor)
            if refused := _refused(status.st_mode):
                return Skipped(shown, refused)
            most = max(max_bytes, BINARY_PROBE_BYTES) + 1
            data = _beginning(descriptor, most, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        return Skipped(shown, _reason(error))
    # The size on disk may lie: the file can grow meanwhile, and special file systems say 0.
    return Content(data, max(len(data), status.st_size))


def _beginning(descriptor: int, size: int, expected: int) -> bytes:
    """So many bytes, or all there are; of a binary file as many as it takes to see that.

    `expected` is what the file's size is said to be: when that is what came, it was all.
    """
    data = os.read(descriptor, min(size, _CHUNK))
    if looks_binary(data) or 0 < len(data) == expected < _CHUNK:
        return data
    chunks = [data]
    while chunks[-1] and (size := size - len(chunks[-1])):
        more = _LARGE_CHUNK if len(chunks[-1]) >= _CHUNK else 1
        chunks.append(os.read(descriptor, min(size, more)))
    return b"".join(chunks)


def repository_root(folder: str) -> str:
    """The folder that holds `.git`, upwards from `folder`; `folder` itself when none does."""
    candidate = folder = os.path.realpath(folder)
    while not os.path.exists(os.path.join(candidate, ".git")):
        parent = os.path.dirname(candidate)
        if parent == candidate:
            return folder
        candidate = parent
    return candidate


def shown_path(folder: str, name: str) -> str:
    """What a file called `name` in `folder` would be called in a report; it need not be there."""
    file = os.path.normpath(os.path.join(os.path.realpath(folder), name))
    return _display(file, repository_root(folder))


def _display(file: str, root: str) -> str:
    """`file` relative to `root`, or absolute when it lies outside; always forward slashes."""
    return as_in_index(file.removeprefix(root.rstrip(os.sep) + os.sep))
