"""The database made in the background: it takes seconds, and no commit should wait for it.

Until it is there, the rung below finds the same in a little more time.
"""
# ruff: noqa: PTH116, PTH120 - pathlib stays off a commit's way: slow to import

import os
import sys
import time

from warden_hooks.secrets import cache

_GIVEN_UP_AFTER = 300
"""Seconds after which whoever claimed the work is taken to have ended without it."""
_MAKER = "from warden_hooks.secrets import later; later.main()"


def make() -> bool:
    """Start a process that makes the database and keeps it; False when that is of no use, because
    one is at work already, or because what it makes could not be kept."""
    place = cache.path()
    if place is None or not cache.has_room() or not _claimed(f"{place}.making"):
        return False
    import subprocess  # noqa: PLC0415 - only then

    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-I", "-c", _MAKER],
        cwd=os.path.dirname(place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
    )
    process.returncode = 0  # nobody waits for it
    return True


def main() -> None:
    """What that process does."""
    from warden_hooks.secrets.load import load  # noqa: PLC0415 - it imports this module

    try:
        load(patient=True)
    finally:
        if place := cache.path():
            cache.remove(f"{place}.making")


def _claimed(lock: str) -> bool:
    try:
        age = time.time() - os.stat(lock).st_mtime
    except OSError:
        age = 0.0
    if age > _GIVEN_UP_AFTER:
        cache.remove(lock)
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False
    return True
