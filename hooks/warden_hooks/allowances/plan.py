"""What there is to decide: findings that block, allowances that expired, and stale ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from warden_hooks.allowances.apply import apply
from warden_hooks.allowances.entry import Entry, shown_path
from warden_hooks.allowances.file import Allowances
from warden_hooks.allowances.lookup import Look, Seen, spellings
from warden_hooks.allowances.review import Review, State


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry whose secret is now in another file, and whether git saw the file renamed."""

    entry: Entry
    renamed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A finding to decide about, and what was decided about it before."""

    seen: Seen
    before: Entry | None = None
    """The entry that allowed it until it expired."""
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to decide, in the order in which to ask."""

    blocking: tuple[Question, ...] = ()
    warning: tuple[Question, ...] = ()
    """Findings that are still let through, although their allowance has expired."""
    stale: tuple[Entry, ...] = ()
    """Entries that match nothing, and that are not offered with a finding."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The findings to decide about."""
        return self.blocking + self.warning


def plan(
    file: Allowances,
    look: Look,
    reviews: Sequence[Review],
    renamed_to: Callable[[str], str | None],
    today: date,
) -> Plan:
    """What to decide about the findings of `look` and the entries of `reviews`.

    That a secret is the same in its new file is proved by its fingerprint at the old path; what
    git says about renames (`renamed_to`) only explains it.
    """
    applied = apply(look.findings, file, today)
    lapsed = {item.finding.fingerprint: item.entry for item in applied.lapsed}
    expired = {entry.fingerprint: entry for entry in applied.expired}
    opened = {finding.fingerprint for finding in applied.open}
    stale = [item.entry for item in reviews if item.state is State.STALE]
    blocking: list[Question] = []
    warning: list[Question] = []
    for seen in _once(look.seen):
        if not seen.finding.blocks:
            continue
        name = seen.finding.fingerprint
        if name in opened:
            moved = None if name in lapsed else _moved(seen, stale, file.key, renamed_to)
            blocking.append(Question(seen, lapsed.get(name), moved))
        elif name in expired:
            warning.append(Question(seen, expired[name]))
    offered = {question.moved.entry.fingerprint for question in blocking if question.moved}
    left = tuple(entry for entry in stale if entry.fingerprint not in offered)
    return Plan(tuple(blocking), tuple(warning), left)


def _once(found: Sequence[Seen]) -> Iterator[Seen]:
    """One for each secret in each file."""
    names: set[str] = set()
    for seen in found:
        if seen.finding.fingerprint not in names:
            names.add(seen.finding.fingerprint)
            yield seen


def _moved(
    seen: Seen, stale: Sequence[Entry], key: bytes, renamed_to: Callable[[str], str | None]
) -> Moved | None:
    for entry in stale:
        if entry.rule == seen.finding.rule and any(
            seen.fingerprint(key, path) == entry.fingerprint for path in spellings(entry.path)
        ):
            to = renamed_to(entry.path)
            here = shown_path(seen.finding.location.path)
            return Moved(entry, to is not None and shown_path(to) == here)
    return None
