"""All files of a change: however many there are, whatever they are called."""

from collections.abc import Iterator, Mapping

from warden_bot.clone.errors import GitFailedError, TooMuchError
from warden_bot.clone.history import RAW, History, blobs_of, entries, fields
from warden_policies.coverage import Entry, path_text
from warden_policies.model import ChangedFile, EntryKind, FileChange
from warden_policies.text import plain

_RENAMES = ("-M", "-l1000")
"""git's own defaults, written out: more pairs than the square of this are not compared, and a
rename among them reads as one file gone and another come."""
_KINDS = {
    "100644": EntryKind.FILE,
    "100755": EntryKind.EXECUTABLE,
    "120000": EntryKind.SYMLINK,
    "160000": EntryKind.SUBMODULE,
}
_ABSENT = "000000"


def files_between(history: History, base: str, head: str) -> tuple[ChangedFile, ...]:
    """What `head` changes since it left `base`, in the order of the paths.

    Lines of a file that git takes for binary are not counted. Attributes that the repository sets,
    which could say so of any file, are not heeded.

    Raises:
        TooMuchError: there are more files than are read; or there is not exactly one common
            ancestor, so that it depends on the one chosen what was changed.
        GitFailedError: git's answer makes no sense.
    """
    forks = history.forks(base, head)
    if len(forks) != 1:
        what = "no common ancestor" if not forks else "more than one common ancestor"
        fix = "merge the base branch into the branch, so that there is one"
        raise TooMuchError(f"base and head have {what}: {fix}")
    history.fetch_blobs(blobs_of(history.changes(forks[0], head)))
    options = (*RAW, *_RENAMES, "--numstat", "--no-textconv", "--no-ext-diff")
    parts = list(fields(history.git.run("diff-tree", *options, forks[0], head)))
    middle = _end_of_raw(parts)
    lines = _lines(iter(parts[middle:]))
    changed = entries(iter(parts[:middle]))
    return tuple(_file(entry, before, lines) for entry, before in changed)


def _end_of_raw(parts: list[bytes]) -> int:
    """Where the list of files ends and that of their lines begins; only a header has a colon."""
    at = 0
    while at < len(parts) and parts[at].startswith(b":"):
        at += 3 if b" R" in parts[at] else 2
    return at


def _lines(parts: Iterator[bytes]) -> Mapping[bytes, tuple[int, int]]:
    """By path: lines added and lines deleted, as `--numstat -z` has them."""
    found = {}
    try:
        for part in parts:
            added, deleted, path = part.split(b"\t", 2)
            if not path:  # a rename: its old path comes next, then the new one
                next(parts)
                path = next(parts)
            found[path] = _count(added), _count(deleted)
    except (ValueError, StopIteration):
        raise GitFailedError("git diff-tree: an answer that makes no sense") from None
    return found


def _count(number: bytes) -> int:
    return 0 if number == b"-" else int(number)


def _file(
    entry: Entry, before: bytes | None, lines: Mapping[bytes, tuple[int, int]]
) -> ChangedFile:
    if entry.path not in lines:
        raise GitFailedError("git diff-tree: an answer that makes no sense")
    added, deleted = lines[entry.path]
    old, new = (None if mode == _ABSENT else _kind(mode) for mode in (entry.old_mode, entry.mode))
    kind = new or old
    if kind is None:
        raise GitFailedError("git diff-tree: an answer that makes no sense")
    return ChangedFile(
        path=path_text(entry.path),
        change=_change(old, new, before),
        additions=added,
        deletions=deleted,
        previous_path=None if before is None else path_text(before),
        entry=kind,
        previous_entry=None if old is kind else old,
    )


def _kind(mode: str) -> EntryKind:
    if mode not in _KINDS:
        raise GitFailedError(f"git diff-tree: there is no mode {plain(mode)}")
    return _KINDS[mode]


def _change(old: EntryKind | None, new: EntryKind | None, before: bytes | None) -> FileChange:
    if before is not None:
        return FileChange.RENAMED
    if old is None:
        return FileChange.ADDED
    return FileChange.REMOVED if new is None else FileChange.MODIFIED
