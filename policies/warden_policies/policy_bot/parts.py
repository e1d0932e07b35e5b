"""The parts of a change, or policy-bot's own words for why one is missing."""

from collections.abc import Sequence
from typing import TypeVar

from warden_policies.model import Change, ChangedFile, Commit, NotRecorded
from warden_policies.regex import first_found

T = TypeVar("T")

GETTING_COMMITS = "failed to get commits"
LISTING_COMMITS = "failed to list commits"


def part_of(change: Change, name: str, part: T | None, doing: str) -> T:
    """`part`, the field `name` of `change`, when it was read completely.

    Raises:
        NotRecorded: it was not; `doing` begins the message, as it does policy-bot's.
    """
    gap = next((gap.why for gap in change.unread if gap.part == name), None)
    if part is None or gap is not None:
        words = name.replace("_", " ")
        raise NotRecorded(f"{doing}: {gap or f'this snapshot does not hold the {words}'}")
    return part


def commits_of(change: Change, doing: str = GETTING_COMMITS) -> tuple[Commit, ...]:
    """Every commit between base and head."""
    return part_of(change, "commits", change.commits, doing)


def files_of(change: Change) -> tuple[ChangedFile, ...]:
    """Every changed file."""
    return part_of(change, "files", change.files, "failed to list changed files")


def paths_of(change: Change) -> tuple[str, ...]:
    """The path of every changed file; a renamed one counts where it was and where it is."""
    return tuple(
        path
        for file in files_of(change)
        for path in (file.previous_path, file.path)
        if path is not None
    )


def touched(paths: Sequence[str], ignore: Sequence[str], change: Change) -> str | None:
    """The first changed path that matches one of `paths` and none of `ignore`, or None.

    Raises:
        NotRecorded: the files were not read.
    """
    return next(
        (
            path
            for path in paths_of(change)
            if first_found(ignore, path) is None and first_found(paths, path) is not None
        ),
        None,
    )
