"""The compiled engine between two runs: one file per installation, in the user's cache folder.

Read on the way of every commit, so it imports next to nothing. Whatever is wrong with the file or
its folder means that there is no cache; a wrong answer is worse than a slow one.
"""
# ruff: noqa: PTH100, PTH103, PTH105, PTH108, PTH116, PTH117, PTH118, PTH123 - slow to import

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = b"changewarden engine 7\n"
_CHECKSUM_BYTES, _SIZE_BYTES = 8, 4
_PRIME = (1 << 61) - 1
_START_BYTES = len(_MAGIC) + _CHECKSUM_BYTES + _SIZE_BYTES
_OTHERS_MAY_WRITE = 0o022
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_USUAL_BYTES = 5_000_000

Stamp = tuple[str, int, int, int]
"""A file that the engine was made from: its path, size, and times of change in nanoseconds."""


class Kept:
    """What the cache holds."""

    __slots__ = ("database", "extension", "forms", "layers", "near", "patterns", "plugins", "rest")

    database: bytes
    extension: str
    """Path of Hyperscan's extension module; empty without one."""
    forms: tuple[int, ...]
    """The forms of `context` behind each of the patterns that follow those of our rules."""
    layers: tuple[int, ...]
    """The layers of `layers` behind each of the patterns that follow those."""
    near: bytes
    """The second database, needed where the last of our rules' patterns matches."""
    patterns: int
    """How many of the database's patterns belong to our rules: the first ones."""
    plugins: tuple[str, ...]
    rest: bytes
    """What is needed only once there is a hit, marshalled."""

    def __init__(self, *values: object) -> None:
        """The values of the fields, in alphabetical order."""
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)


def load(*, whole: bool = True) -> Kept | None:
    """What was kept, if it was made by this very installation and Python, and is undamaged.

    Not `whole`, `near` and `rest` are left where they are, and that the database is undamaged is
    for Hyperscan to check, as it does when it loads one.
    """
    content = _read(whole=whole)
    if content is None or any(stamp(known[0]) != known for known in content[0]):
        return None
    return content[2]


def load_same(digest: str) -> Kept | None:
    """What was kept from files of the same content, whenever these were written."""
    content = _read(whole=True)
    return content[2] if content and content[1] == digest else None


def _read(*, whole: bool) -> "tuple[list[Stamp], str, Kept] | None":
    place = path()
    if place is None:
        return None
    try:
        descriptor = os.open(place, _READ_FLAGS)
    except OSError:
        return None
    try:
        return _parsed(descriptor, whole=whole)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    finally:
        os.close(descriptor)


def _parsed(file: int, *, whole: bool) -> "tuple[list[Stamp], str, Kept] | None":
    """Magic, checksum and size of the head; the head; the database; the rest."""
    start = os.read(file, _START_BYTES)
    size = int.from_bytes(start[-_SIZE_BYTES:], "big")
    status = os.fstat(file)
    if not _is_ours(status) or not start.startswith(_MAGIC) or size > status.st_size:
        return None
    head = os.read(file, size)
    if _start(head) != start:
        return None
    # What has the right checksum was written by us, or by who could as well change our code.
    platform, stamps, digest, checksum, sizes, fields = marshal.loads(head)  # noqa: S302
    if platform != _platform() or status.st_size != len(start) + size + sum(sizes):
        return None
    database = os.read(file, sizes[0])
    near, rest = (os.read(file, size) if whole else b"" for size in sizes[1:])
    if whole and _checksum(database, near, rest) != checksum:
        return None
    extension, forms, layers, patterns, plugins = fields
    kept = Kept(database, extension, forms, layers, near, patterns, plugins, rest)
    return stamps, digest, kept


def _start(head: bytes) -> bytes:
    size = len(head).to_bytes(_SIZE_BYTES, "big")
    return _MAGIC + _remainder(head).to_bytes(_CHECKSUM_BYTES, "big") + size


def keep(kept: Kept, stamps: "list[Stamp]", digest: str) -> bool:
    """Keep it for the next run; False when there is no safe place that can be written.

    The stamps are those from before its sources were read: a change meanwhile makes it stale.
    """
    place = path(create=True)
    if place is None:
        return False
    parts = (kept.database, kept.near, kept.rest)
    checksum, sizes = _checksum(*parts), tuple(map(len, parts))
    fields = (kept.extension, kept.forms, kept.layers, kept.patterns, kept.plugins)
    head = marshal.dumps((_platform(), stamps, digest, checksum, sizes, fields))
    return write_own(place, (_start(head), head, *parts))


def _remainder(some: bytes) -> int:
    """A checksum of a few bytes that needs no import: what remains of the number they are."""
    return int.from_bytes(some, "big") % _PRIME


def _checksum(*parts: bytes) -> int:
    import zlib  # noqa: PLC0415 - a third of a millisecond

    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return checksum


def read_own(place: str) -> bytes | None:
    """A file in `own_folder`; None when it cannot be read, or somebody else may have written it."""
    try:
        with open(os.open(place, _READ_FLAGS), "rb") as stream:
            return stream.read() if _is_ours(os.fstat(stream.fileno())) else None
    except OSError:
        return None


def write_own(place: str, parts: "Iterable[bytes]") -> bool:
    """Write a file in `own_folder`, whole or not at all; whether it was written."""
    temporary = f"{place}.{os.getpid()}"
    try:
        with open(os.open(temporary, WRITE_FLAGS, 0o600), "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, place)
    except OSError:
        remove(temporary)
        return False
    return True


def has_room() -> bool:
    """Whether there is a safe place to write to, with room for about as much as is kept.

    Asked before seconds are spent on what could not be kept, at one commit after the other.
    """
    place = path(create=True)
    if place is None:
        return False
    temporary = f"{place}.{os.getpid()}"
    try:
        descriptor = os.open(temporary, WRITE_FLAGS, 0o600)
        try:
            return os.write(descriptor, bytes(_USUAL_BYTES)) == _USUAL_BYTES
        finally:
            os.close(descriptor)
            remove(temporary)
    except OSError:
        return False


def remove(file: str) -> None:
    """Remove a file, if it is there and may be removed."""
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
    folder = own_folder(create=create)
    if folder is None:
        return None
    installation = _remainder(os.path.abspath(__file__).encode("utf-8", "surrogateescape"))
    return os.path.join(folder, f"{installation:016x}.{sys.implementation.cache_tag}")


def own_folder(*, create: bool = False) -> str | None:
    """The user's cache folder for us; None when there is none that only the user may write to."""
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
    return folder


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
