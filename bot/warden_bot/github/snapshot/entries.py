"""What changed paths lead to: ordinary files, programs, links or other repositories."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from warden_bot.github.snapshot.details import Question
from warden_policies.model import Change, ChangedFile, EntryKind, FileChange

_FIELD = "file(path: $0) { mode }"
_KINDS = {
    0o120000: EntryKind.SYMLINK,
    0o160000: EntryKind.SUBMODULE,
    0o100755: EntryKind.EXECUTABLE,
    0o100644: EntryKind.FILE,
    0o100664: EntryKind.FILE,  # as the first versions of git wrote it
}
_FOLDER = 0o040000


def questions_about(files: Iterable[ChangedFile], before: str, head: str) -> list[Question]:
    """For every file: where its path leads in the head, and where it led before.

    Without a commit before it nothing has to be asked: the kinds are known.
    """
    if not before:
        return []
    return [
        Question("entry", _FIELD, (path,), commit)
        for file in files
        for path, commit in ((file.path, head), (file.previous_path or file.path, before))
    ]


def with_entries(change: Change, answers: Sequence[dict[str, Any] | None]) -> Change:
    """The change with what its files lead to, as far as that was asked."""
    if change.files is None or not answers:
        return change
    pairs = zip(answers[::2], answers[1::2], strict=True)
    files = (
        _with_entry(file, _kind(now), _kind(before))
        for file, (now, before) in zip(change.files, pairs, strict=True)
    )
    return replace(change, files=tuple(files))


def _with_entry(file: ChangedFile, now: EntryKind | None, before: EntryKind | None) -> ChangedFile:
    if now is None and file.change is not FileChange.REMOVED:
        raise LookupError("a changed file that is not there")
    entry = now or EntryKind.FILE
    return replace(file, entry=entry, previous_entry=None if before is entry else before)


def _kind(answer: dict[str, Any] | None) -> EntryKind | None:
    """What kind of entry it is; where there was none, or a folder, there was nothing."""
    if answer is None or answer["mode"] == _FOLDER:
        return None
    return _KINDS[answer["mode"]]
