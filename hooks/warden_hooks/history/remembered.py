"""Contents that an earlier scan found to be clean, so that the next one reads only what is new.

One file for each repository, beside the engine's cache. What it says holds for one set of rules
and one confidence. Whatever is wrong with the file or its folder means that nothing is remembered:
a wrong answer is worse than a slow one. A content that is too large is never remembered, since the
limit may be another next time.
"""

import hashlib
import os
import zlib
from collections.abc import Collection
from pathlib import Path

from warden_hooks import git
from warden_hooks.history.objects import Blob
from warden_hooks.history.sweep import Kind
from warden_hooks.secrets import cache

_MAGIC = b"changewarden history 2\n"
_CHECKSUM_BYTES = 4
_DIGEST_BYTES = 16
_REMEMBERED = (Kind.BINARY, Kind.SILENT, Kind.CLEAN)
_ANYWHERE = bytes(_DIGEST_BYTES)
"""Instead of a digest of paths where these do not matter."""


class NoMemory:
    """Instead of `Remembered` when nothing is to be kept, or nowhere is safe."""

    def recall(self, _blob: Blob, _paths: Collection[bytes]) -> Kind | None:
        """Nothing."""
        return None

    def note(self, _blob: Blob, _kind: Kind, _paths: Collection[bytes]) -> None:
        """Forget it at once."""

    def keep(self) -> None:
        """There is nothing to write down."""


class Remembered:
    """What a file says about contents, and what it will say."""

    def __init__(self, place: str, rules: bytes) -> None:
        """`rules` is a digest of all that decides about a content but its paths."""
        self._place = place
        self._head = _MAGIC + rules
        self._before = self._read()
        self._now: dict[bytes, bytes] = {}

    def recall(self, blob: Blob, paths: Collection[bytes]) -> Kind | None:
        """What a content turned out to be; None when it has to be read."""
        name = bytes.fromhex(blob.decode())
        known = self._before.get(name)
        if known is None or (known[1:] != _ANYWHERE and known[1:] != _digest(paths)):
            return None
        self._now[name] = known
        return Kind(known[:1])

    def note(self, blob: Blob, kind: Kind, paths: Collection[bytes]) -> None:
        """Remember what a content turned out to be."""
        if kind in _REMEMBERED:
            digest = _digest(paths) if kind is Kind.CLEAN else _ANYWHERE
            self._now[bytes.fromhex(blob.decode())] = kind.value + digest

    def keep(self) -> None:
        """Write it down for the next scan: only what is still there, and only if that is new."""
        if self._now != self._before:
            body = b"".join(name + known for name, known in self._now.items())
            head = self._head + bytes([len(next(iter(self._now), b""))])
            cache.write_own(self._place, (head, _checksum(head, body), body))

    def _read(self) -> dict[bytes, bytes]:
        data = cache.read_own(self._place) or b""
        head, rest = data[: len(self._head) + 1], data[len(self._head) + 1 :]
        checksum, body = rest[:_CHECKSUM_BYTES], rest[_CHECKSUM_BYTES:]
        if not head.startswith(self._head) or checksum != _checksum(head, body):
            return {}
        name = head[-1]
        width = name + len(Kind.CLEAN.value) + _DIGEST_BYTES
        return {
            body[at : at + name]: body[at + name : at + width] for at in range(0, len(body), width)
        }


def memory(rules: bytes) -> "Remembered | NoMemory":
    """What is remembered about the repository around the current folder.

    Raises:
        GitError: there is none.
    """
    folder = cache.own_folder(create=True)
    if folder is None:
        return NoMemory()
    repository = git.run("rev-parse", "--git-common-dir").removesuffix(b"\n")
    name = hashlib.blake2b(os.path.realpath(repository), digest_size=_DIGEST_BYTES).hexdigest()
    return Remembered(str(Path(folder, f"history-{name}")), rules)


def _checksum(head: bytes, body: bytes) -> bytes:
    return zlib.crc32(body, zlib.crc32(head)).to_bytes(_CHECKSUM_BYTES, "big")


def _digest(paths: Collection[bytes]) -> bytes:
    together = b"\0".join(sorted(paths))
    return hashlib.blake2b(together, digest_size=_DIGEST_BYTES).digest()
