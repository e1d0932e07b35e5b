"""The allowances of the repository we are in: read for a scan, written only when asked to."""

import os
import secrets
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from warden_hooks.allowances import repository
from warden_hooks.allowances.apply import Applied, apply
from warden_hooks.allowances.entry import GRACE_DAYS, Entry
from warden_hooks.allowances.file import KEY_BYTES, PATH, Allowances, render
from warden_hooks.allowances.parse import MAX_BYTES, parse
from warden_hooks.errors import UsageError
from warden_hooks.scan import FINGERPRINT_KEY, ScanResult
from warden_hooks.worktree import repository_root


@dataclass(frozen=True, slots=True)
class Settled:
    """What a scan goes by: the allowances, and the day."""

    file: Allowances | None
    today: date
    staged: bool = False

    @property
    def key(self) -> bytes:
        """What fingerprints are made with here."""
        return self.file.key if self.file else FINGERPRINT_KEY

    def settle(self, result: ScanResult) -> ScanResult:
        """The result without what is allowed, and with what is to be said about that."""
        file = self.file or Allowances(self.key)
        applied = apply(result.findings, file, self.today)
        notes = [*result.notes, *(warning(entry, self.today) for entry in applied.expired)]
        if self.staged and applied.open and _has_unstaged_changes():
            notes.append(f"{PATH} has changes that are not staged: git add {PATH}")
        return replace(
            result,
            findings=applied.open,
            by_allowance=len(applied.allowed),
            remarks={**result.remarks, **_remarks(result, applied, self.today)},
            notes=tuple(notes),
        )


def for_scan(*, staged: bool, today: date) -> Settled:
    """The allowances that a scan goes by: those of the index for what is staged.

    What is staged is what others will see, so an entry that is only on disk allows no commit.

    Raises:
        BrokenAllowances: the file cannot be trusted.
    """
    data = repository.file_at(PATH) if staged else on_disk(root())
    return Settled(None if data is None else parse(data, PATH, today), today, staged)


def for_commit(commit: str, today: date) -> Settled:
    """The allowances that a scan of commits goes by: those in the newest of them.

    Raises:
        BrokenAllowances: the file cannot be trusted.
    """
    data = repository.file_at(PATH, commit)
    shown = f"{PATH} in {commit[:12]}"
    return Settled(None if data is None else parse(data, shown, today), today)


def root() -> str:
    """The folder that the paths of findings are relative to."""
    return repository_root(os.getcwd())  # noqa: PTH109 - as text, as everywhere on a commit's way


def on_disk(folder: str) -> bytes | None:
    """The file's bytes, at most one more than may be; None when there is none.

    Raises:
        UsageError: it is there and cannot be read.
    """
    try:
        with Path(folder, PATH).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"{PATH} cannot be read: {error.strerror}"
        raise UsageError(what, "make it a file that you may read, or remove it") from None


def load(folder: str, today: date) -> Allowances | None:
    """The allowances on disk, or None when there is no file.

    Raises:
        BrokenAllowances: the file cannot be trusted.
        UsageError: it cannot be read.
    """
    data = on_disk(folder)
    return None if data is None else parse(data, PATH, today)


def new_file() -> Allowances:
    """An empty file with a key of its own."""
    return Allowances(secrets.token_bytes(KEY_BYTES))


def save(folder: str, file: Allowances) -> None:
    """Write the file, whole or not at all.

    Raises:
        UsageError: the folder cannot be written to.
    """
    target = Path(folder, PATH)
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as beside:
            new = Path(beside, target.name)
            new.write_bytes(render(file))
            new.replace(target)
    except OSError as error:
        what = f"{PATH} cannot be written: {error.strerror}"
        raise UsageError(what, "check who may write there") from None


def warning(entry: Entry, today: date) -> str:
    """What an expired allowance says until it blocks."""
    blocks = entry.expires + timedelta(days=GRACE_DAYS + 1)
    return (
        f"warning: allowance {entry.id} expired {ago(-entry.days_left(today))} "
        f"(owner {entry.owner}); from {blocks} on it blocks: changewarden triage"
    )


def ago(days: int) -> str:
    """A number of days in the past, in words."""
    if days == 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def ahead(days: int) -> str:
    """A number of days in the future, in words."""
    if days == 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days} days"


def _remarks(result: ScanResult, applied: Applied, today: date) -> dict[str, str]:
    remarks: dict[str, str] = {}
    for lapsed in applied.lapsed:
        entry = lapsed.entry
        said = result.remarks.get(entry.fingerprint)
        text = f"its allowance expired {ago(-entry.days_left(today))} (owner {entry.owner})"
        remarks[entry.fingerprint] = f"{text}; {said}" if said else text
    return remarks


def _has_unstaged_changes() -> bool:
    data = on_disk(root())
    staged = repository.file_at(PATH) or b""
    return data is not None and data.replace(b"\r\n", b"\n") != staged.replace(b"\r\n", b"\n")
