"""The compiled engine between two runs: one file per installation, in the user's cache folder.

Read on the way of every commit, so it imports next to nothing. Whatever is wrong with the file or
its folder means that there is no cache; a wrong answer is worse than a slow one.
"""
# ruff: noqa: PTH100, PTH103, PTH105, PTH108, PTH116, PTH117, PTH118, PTH123 - slow to import

import marshal
import os
import sys
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_MAGIC = b"changewarden engine 1\n"
_CHECKSUM_BYTES = 4
_OTHERS_MAY_WRITE = 0o022
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Stamp = tuple[str, int, int, int]
"""A file that the engine was made from: its path, size, and times of change in nanoseconds."""


class Kept:
    """What the cache holds; the table of rules stays marshalled until somebody needs it."""

    __slots__ = ("database", "extension", "keywords", "plugins", "rules", "table")

    rules: int
    plugins: "tuple[str, ...]"
    keywords: "Mapping[str, tuple[int, ...]]"
    database: bytes
    extension: str
    """Path of Hyperscan's extension module; empty without one."""
    table: bytes

    def __init__(self, fields: "Iterable[Any]") -> None:
        """The fields in alphabetical order, as `fields` gives them."""
        for name, value in zip(self.__slots__, fields, strict=True):
            setattr(self, name, value)

    def fields(self) -> "list[Any]":
        """What `__init__` takes."""
        return [getattr(self, name) for name in self.__slots__]


def load() -> Kept | None:
    """What was kept, if it was made by this very installation and Python, and is whole."""
    content = _read()
    if content is None or content[0] != _platform():
        return None
    stamps, _, fields = content[1:]
    if any(stamp(known[0]) != known for known in stamps):
        return None
    return Kept(fields)


def load_same(digest: str) -> Kept | None:
    """What was kept from files of the same content, whenever these were written."""
    content = _read()
    if content is None or content[0] != _platform() or content[2] != digest:
        return None
    return Kept(content[3])


def _read() -> "tuple[Any, ...] | None":
    place = path()
    if place is None:
        return None
    try:
        with open(os.open(place, _READ_FLAGS), "rb") as stream:
            if not _is_ours(os.fstat(stream.fileno())):
                return None
            data = stream.read()
        body = len(_MAGIC) + _CHECKSUM_BYTES
        checksum = zlib.crc32(data[body:]).to_bytes(_CHECKSUM_BYTES, "big")
        if data[:body] != _MAGIC + checksum:
            return None
        content: tuple[Any, ...] = marshal.loads(data[body:])  # noqa: S302 - only what we wrote
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return content


def keep(kept: Kept, stamps: "list[Stamp]", digest: str) -> bool:
    """Keep it for the next run; False when there is no safe place that can be written.

    The stamps are those from before its sources were read: a change meanwhile makes it stale.
    """
    place = path(create=True)
    if place is None:
        return False
    data = marshal.dumps((_platform(), stamps, digest, kept.fields()))
    temporary = f"{place}.{os.getpid()}"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(temporary, flags, 0o600), "wb") as stream:
            stream.write(_MAGIC + zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") + data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, place)
    except OSError:
        _remove(temporary)
        return False
    return True


def _remove(file: str) -> None:
    try:
        os.unlink(file)
    except OSError:
        return


def stamp(file: str) -> Stamp:
    """What changes when the file does."""
    try:
        status = os.stat(file)
    except OSError:
        return file, -1, 0, 0
    return file, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def path(*, create: bool = False) -> str | None:
    """Where the cache of this installation is; None where only its owner may write is nowhere."""
    folder = _folder()
    if folder is None:
        return None
    try:
        if create:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(os.lstat(folder)):
            return None
    except OSError:
        return None
    installation = zlib.crc32(os.path.abspath(__file__).encode("utf-8", "surrogateescape"))
    return os.path.join(folder, f"{installation:08x}.{sys.implementation.cache_tag}")


def _folder() -> str | None:
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # the specification says that such a value is no value
        home = os.environ.get("HOME") or os.environ.get("LOCALAPPDATA") or ""
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".cache")
    return os.path.join(base, "changewarden")


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else could have written it: a swapped database would pass everything."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _platform() -> tuple[str, int, str, str]:
    machine = os.uname().machine if hasattr(os, "uname") else ""
    return sys.implementation.name, sys.hexversion, sys.platform, machine
