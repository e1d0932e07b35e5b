"""Who made a commit and when, and which of two came first."""

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from warden_hooks import git

_FORMAT = "--format=%H%x00%an%x00%at%x00%ai"


class Author(NamedTuple):
    """Who made a commit. The address is left out: reports travel."""

    name: str = ""
    time: datetime | None = None
    """With the author's own offset; None when it is no possible time."""


class Place(NamedTuple):
    """Where a commit stands among those that a ref leads to."""

    number: int
    """Every commit has a smaller one than its parents."""
    parent: bytes
    """The first one; empty when there is none."""


def authors(commits: Iterable[bytes]) -> dict[bytes, Author]:
    """Who made the commits.

    Raises:
        GitError: one of them cannot be read.
    """
    wanted = set(commits)
    found: dict[bytes, Author] = {}
    if not wanted:
        return found
    with tempfile.TemporaryFile() as asked:
        asked.writelines(commit + b"\n" for commit in sorted(wanted))
        options = ("--no-walk=unsorted", "--encoding=UTF-8", _FORMAT, "--stdin")
        with git.reading("rev-list", *options, given=asked) as output:
            for line in output:
                fields = line.rstrip(b"\n").split(b"\0")
                if len(fields) == 4:
                    name = fields[1].decode("utf-8", "replace")
                    found[fields[0]] = Author(name, _time(fields[2], fields[3]))
    return found


def _time(seconds: bytes, shown: bytes) -> datetime | None:
    """From seconds since 1970, and from a time that ends in the author's offset, as in +0130."""
    offset = shown.rpartition(b" ")[2]
    try:
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        zone = timezone(timedelta(minutes=-minutes if offset[:1] == b"-" else minutes))
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None


def places(commits: Iterable[bytes]) -> dict[bytes, Place]:
    """The places of those commits that a ref leads to.

    Raises:
        GitError: the history cannot be walked.
    """
    wanted = set(commits)
    found: dict[bytes, Place] = {}
    with git.reading("rev-list", "--topo-order", "--parents", "--all") as output:
        for number, line in enumerate(output):
            commit, *parents = line.split()
            if commit in wanted:
                found[commit] = Place(number, parents[0] if parents else b"")
    return found
