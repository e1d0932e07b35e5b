"""The folder a service owns: one process at a time, and the log's key readable by it alone."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warden_bot.ledger.keys import SEED_SIZE, Signer, public_pem

KEY_FILE = "ledger.key"
PUBLIC_KEY_FILE = "ledger.pub"
CLONES = "clones"
"""The folder of the clones. All of it can be had again: it may be deleted at any time."""


class FolderInUseError(Exception):
    """Another process serves this data folder."""


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Own the folder for as long as the context lasts, whatever happens to the process.

    The embedded engine frees every lease when it starts, which is right only for the one process
    that works on the database.

    Raises:
        FolderInUseError: somebody else owns it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUseError(f"another process serves {folder}") from error
        yield
    finally:
        os.close(descriptor)


def signer(folder: Path) -> Signer:
    """The log's key: read from the folder, or made there the first time.

    Raises:
        KeyFormatError: the file is not an Ed25519 key.
        OSError: it cannot be read or written.
    """
    path, public_path = folder / KEY_FILE, folder / PUBLIC_KEY_FILE
    try:
        key = Signer.from_pem(path.read_bytes())
    except FileNotFoundError:
        key = Signer.from_seed(secrets.token_bytes(SEED_SIZE))
        _write_new(path, key.to_pem(), 0o600)
        public_path.unlink(missing_ok=True)  # of a key that is lost
    if not public_path.exists():
        _write_new(public_path, public_pem(key.public_key()), 0o644)
    return key


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is either whole or not there, and stays when the power fails."""
    scratch = path.with_suffix(f"{path.suffix}.new")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
