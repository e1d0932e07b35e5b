"""What has become of each allowance: does it still hold, and is there still anything to allow."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from warden_hooks.allowances.apply import has_lapsed
from warden_hooks.allowances.entry import Entry, longest_days, shown_path
from warden_hooks.allowances.file import Allowances
from warden_hooks.allowances.lookup import Look

_FINGERPRINT = re.compile(r'fingerprint = "([0-9a-f]{64})"')


class State(StrEnum):
    """What an entry does now."""

    LIVE = "live"
    EXPIRED = "expired"
    """Past its last day: it warns."""
    LAPSED = "lapsed"
    """A week past its last day: its finding blocks again."""
    STALE = "stale"
    """Its secret is not in its file any more."""
    UNKNOWN = "unknown"
    """Its file could not be looked at."""


@dataclass(frozen=True, slots=True)
class Review:
    """An entry, what it does, and since when; the day is None until its line is committed."""

    entry: Entry
    state: State
    added: date | None = None

    def is_too_long(self, today: date) -> bool:
        """Whether it holds for longer than its rule permits."""
        return self.entry.days_left(today) > longest_days(self.entry.rule)


def review(
    file: Allowances, look: Look, today: date, added: Mapping[str, date | None]
) -> list[Review]:
    """Every entry by path and fingerprint; `added` says when each line was committed."""
    seen = {finding.fingerprint: finding for finding in look.findings}
    unread = {shown_path(path) for path in look.unread}
    reviews: list[Review] = []
    for entry in sorted(file.entries.values(), key=lambda item: (item.path, item.fingerprint)):
        finding = seen.get(entry.fingerprint)
        if finding and entry.is_of(finding):
            state = _state(entry, today)
        else:
            state = _state(entry, today) if entry.history else State.STALE
            state = State.UNKNOWN if entry.path in unread else state
        reviews.append(Review(entry, state, added.get(entry.fingerprint)))
    return reviews


def _state(entry: Entry, today: date) -> State:
    if has_lapsed(entry, today):
        return State.LAPSED
    return State.EXPIRED if entry.days_left(today) < 0 else State.LIVE


def entry_lines(data: bytes, file: Allowances) -> dict[str, list[int]]:
    """The numbers of the lines that hold each entry, by fingerprint."""
    lines: dict[str, list[int]] = {name: [] for name in file.entries}
    for number, line in enumerate(data.decode().split("\n"), 1):
        match = _FINGERPRINT.search(line)
        if match and match[1] in lines:
            lines[match[1]].append(number)
    return lines
