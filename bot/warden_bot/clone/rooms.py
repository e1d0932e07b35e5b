"""The folder of the clones: one room for each repository, used by one at a time."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from warden_bot.clone.errors import OutOfRoomError, TimedOutError
from warden_bot.clone.limits import Deadline, Limits

_BETWEEN_TRIES = 0.05
_CONFIG = """\
[core]
\trepositoryformatversion = {version}
\tfilemode = true
\tbare = true
"""
_SHA256 = "[extensions]\n\tobjectFormat = sha256\n"


@dataclass(frozen=True, slots=True)
class Room:
    """What belongs to one repository, while nobody else uses it."""

    name: Path
    """What all of the room's files and folders begin with."""
    digits: int
    """The length of a commit's name."""

    @property
    def path(self) -> Path:
        """The clone."""
        return self.name.with_suffix(".git")

    @property
    def fresh(self) -> Path:
        """Where a new one is laid, to take its place when it is complete."""
        return self.name.with_suffix(".new")

    @property
    def scratch(self) -> Path:
        """What git makes for one question; thrown away after it."""
        return self.name.with_suffix(".scratch")

    @property
    def lock(self) -> Path:
        """Locked by whoever uses the room, and touched each time."""
        return self.name.with_suffix(".lock")

    @property
    def refused(self) -> Path:
        """There if the base branch alone is larger than a clone may be; it holds that limit."""
        return self.name.with_suffix(".too-large")

    @property
    def usable(self) -> bool:
        """Whether there is a clone, of the right format as far as one can see."""
        with suppress(OSError):
            return (self.path / "config").read_text("utf-8") == _config(self.digits)
        return False

    def lay_anew(self) -> None:
        """Make an empty repository in `fresh`. The files are written here: `git init` would copy
        a template of whoever set up this machine."""
        _discard(self.fresh)
        for folder in ("objects/info", "objects/pack", "refs"):
            (self.fresh / folder).mkdir(parents=True, mode=0o700)
        (self.fresh / "HEAD").write_text("ref: refs/none\n", "utf-8")
        (self.fresh / "config").write_text(_config(self.digits), "utf-8")

    def move_in(self) -> None:
        """Let what is in `fresh` be the clone."""
        _discard(self.path)
        self.fresh.rename(self.path)

    def refuse(self, limit: int) -> None:
        """Remember that not even an empty clone had room for the base branch."""
        self.refused.write_text(f"{limit}\n", "utf-8")

    def see_if_refused(self, limit: int) -> None:
        """Do not fetch for nothing what was too large before.

        Raises:
            OutOfRoomError: under this limit, or a higher one, it was.
        """
        with suppress(OSError, ValueError):
            if int(self.refused.read_text("utf-8")) >= limit:
                what = f"the repository takes more than {limit >> 20} MiB on disk"
                again = f"to try again, delete {self.refused.name} in the folder of the clones"
                raise OutOfRoomError(f"{what} ({again})")


def _config(digits: int) -> str:
    is_sha256 = digits == 64
    return _CONFIG.format(version=int(is_sha256)) + (_SHA256 if is_sha256 else "")


@contextmanager
def room(folder: Path, repository_id: int, digits: int, deadline: Deadline) -> Iterator[Room]:
    """The repository's room, for as long as the context lasts.

    Raises:
        TimedOutError: somebody else used it until the deadline.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mine = Room(folder / str(repository_id), digits)
    with _locked(mine.lock, deadline):
        _discard(mine.scratch)
        mine.scratch.mkdir(mode=0o700)
        for left_over in (mine.path / "objects" / "pack").glob("tmp_*"):
            left_over.unlink(missing_ok=True)
        try:
            yield mine
        finally:
            _discard(mine.scratch)
            _discard(mine.fresh)


@contextmanager
def _locked(path: Path, deadline: Deadline | None) -> Iterator[None]:
    """Raises TimedOutError when the lock cannot be had; without a deadline it is tried once."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _lock(descriptor):
            if deadline is None or not deadline.left:
                raise TimedOutError("the clone was in use all the time")
            time.sleep(_BETWEEN_TRIES)
        os.utime(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def size_of(clone: Path) -> int:
    """The bytes that a clone's packs take, half-written ones included."""
    total = 0
    with suppress(FileNotFoundError):
        for entry in os.scandir(clone / "objects" / "pack"):
            with suppress(FileNotFoundError):
                total += entry.stat().st_size
    return total


def packs_in(clone: Path) -> int:
    """How many packs a clone has."""
    return sum(1 for _ in (clone / "objects" / "pack").glob("*.pack"))


def tidy(folder: Path, limits: Limits) -> None:
    """Remove the clones that were not used for longest, until the others have room enough.

    One that is in use is passed over: the next question tidies again.
    """
    sizes = {clone: size_of(clone) for clone in folder.glob("*.git")}
    total = sum(sizes.values())
    for clone in sorted(sizes, key=_last_use):
        if total <= limits.total_bytes:
            return
        with suppress(TimedOutError), _locked(clone.with_suffix(".lock"), None):
            _discard(clone)
            total -= sizes[clone]


def _last_use(clone: Path) -> float:
    with suppress(OSError):
        return clone.with_suffix(".lock").stat().st_mtime
    return 0.0


def _discard(folder: Path) -> None:
    """Remove a folder even if an orphan of ours still writes there; what it adds then stays behind
    under another name, to be removed the next time."""
    rubbish = folder.with_name(f"{folder.name}.rubbish")
    shutil.rmtree(rubbish, ignore_errors=True)
    with suppress(FileNotFoundError):
        folder.rename(rubbish)
    shutil.rmtree(rubbish, ignore_errors=True)
