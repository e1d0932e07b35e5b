"""What is told of stored changes that were decided again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from warden_hooks.commands.replay.work import Answer, Older, Unreadable
from warden_policies.canonical import Json, to_json
from warden_policies.outcome import Verdict
from warden_policies.replay import Derived, Replayed
from warden_policies.text import plain, short

SCHEMA: Final = "changewarden.replay/v1"
_SHOWN = 50
_STOPPED, _UNREADABLE, _UNDECIDED = 1, 2, 3
_SAYS: Final = {
    Verdict.BLOCK: "would have been blocked",
    Verdict.PENDING: "would not have been allowed yet",
    Verdict.ERROR: "could not have been decided",
}


@dataclass(slots=True)
class Report:
    """Everything that is worth telling; of a change that stays allowed only that there is one."""

    total: int = 0
    older: int = 0
    told: list[Replayed] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        """Count one answer, and keep it if somebody has to know it."""
        if isinstance(answer, Unreadable):
            self.unreadable.append(answer)
        elif isinstance(answer, Older):
            self.older += 1
        else:
            self.total += 1
            if _is_news(answer):
                self.told.append(answer)

    @property
    def exit_status(self) -> int:
        """2 for what could not be read, 3 for what could not be decided, 1 for what is stopped."""
        if self.unreadable:
            return _UNREADABLE
        derived = any(row.derived for row in self.told)
        if any(row.derived is Derived.UNTRIED for row in self.told):
            return _UNDECIDED
        if not derived and any(row.verdict is Verdict.ERROR for row in self.told):
            return _UNDECIDED
        stopped = any(row.derived or row.verdict in _SAYS for row in self.told)
        return _STOPPED if stopped else 0


def _is_news(row: Replayed) -> bool:
    if row.derived:
        return row.derived is not Derived.SAME
    return row.verdict is not Verdict.ALLOW or row.was not in (None, Verdict.ALLOW)


def tried(report: Report) -> str:
    """What a policy would have said, for a terminal."""
    return "\n".join([*_sections(report), *_left_out(report)])


def _sections(report: Report) -> Iterator[str]:
    of_all = f"of {_count(report.total, 'change')}"
    for verdict, says in _SAYS.items():
        rows = [row for row in report.told if row.verdict is verdict]
        if rows or verdict is Verdict.BLOCK:
            were = sum(row.was is Verdict.ALLOW for row in rows)
            note = (
                f", although {were} of them {'was' if were == 1 else 'were'} allowed"
                if were
                else ""
            )
            yield f"{len(rows):,} {of_all} {says}{note}"
            yield from _rows(rows)
    rows = [row for row in report.told if row.verdict is Verdict.ALLOW]
    if rows:
        yield f"{len(rows):,} {of_all} would have been allowed, although they were not"
        yield from _rows(rows)


def derived(report: Report) -> str:
    """Whether stored decisions are what comes of their inputs, for a terminal."""
    bad = {kind: [row for row in report.told if row.derived is kind] for kind in Derived}
    same = report.total - len(report.told)
    lines = [f"{same:,} of {_count(report.total, 'decision')} derived again, each to the byte"]
    for kind, says in (
        (Derived.DIFFERENT, "came out differently"),
        (Derived.UNTRIED, "could not be derived again"),
    ):
        if bad[kind]:
            lines += [f"{len(bad[kind]):,} {says}", *_rows(bad[kind])]
    return "\n".join([*lines, *_left_out(report)])


def _rows(rows: list[Replayed]) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        was = "" if row.was in (None, row.verdict) else f" (it said {row.was})"
        what = f"{plain(row.repository, 140)}#{row.number} at {short(row.head_sha)}"
        yield f"  {what}, {row.evaluated_at:%Y-%m-%d}: {plain(row.title, 300)}{was}"
    if len(rows) > _SHOWN:
        yield f"  and {len(rows) - _SHOWN:,} more: '--format json' has them all"


def _left_out(report: Report) -> Iterator[str]:
    if report.older:
        yield f"{_count(report.older, 'older change')} left out"
    if report.unreadable:
        yield f"{_count(len(report.unreadable), 'document')} could not be read: see above"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def reasons(unreadable: Iterable[Unreadable]) -> Iterator[str]:
    """Each document that could not be read, with its first reasons."""
    for each in unreadable:
        yield from each.reasons[:3]
        if len(each.reasons) > 3:
            yield f"{each.place}: and {len(each.reasons) - 3} more"


def as_json(report: Report, policy_digest: str | None) -> str:
    """The whole report for programs."""
    document: dict[str, Json] = {
        "schema": SCHEMA,
        "policy_digest": policy_digest,
        "changes": report.total,
        "older": report.older,
        "told": to_json(report.told),
        "unreadable": to_json(report.unreadable),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)
