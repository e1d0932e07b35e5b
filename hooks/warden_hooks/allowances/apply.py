"""What the allowances of a repository do to the findings of a scan. Pure.

The hook gives it the file of the index, the service the file of the base commit, never the one
that a pull request brings along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warden_hooks.allowances.entry import GRACE_DAYS, Entry
from warden_hooks.allowances.file import Allowances
from warden_policies.finding import Finding


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A finding that was allowed for too long: it blocks again, in its owner's name."""

    finding: Finding
    entry: Entry


@dataclass(frozen=True, slots=True)
class Applied:
    """The findings of a scan, sorted by what the allowances say about them."""

    open: tuple[Finding, ...] = ()
    """What blocks, lapsed ones included, in the order of the scan."""
    allowed: tuple[Finding, ...] = ()
    """What does not block, expired ones included."""
    expired: tuple[Entry, ...] = ()
    """Entries past their last day that only warn yet."""
    lapsed: tuple[Lapsed, ...] = ()


def apply(findings: Iterable[Finding], file: Allowances, today: date) -> Applied:
    """Sort `findings` by what `file` says about them on the day `today` (UTC)."""
    blocking: list[Finding] = []
    allowed: list[Finding] = []
    expired: dict[str, Entry] = {}
    lapsed: list[Lapsed] = []
    for finding in findings:
        entry = file.entries.get(finding.fingerprint)
        if entry is None or not entry.is_of(finding):
            blocking.append(finding)
        elif has_lapsed(entry, today):
            blocking.append(finding)
            lapsed.append(Lapsed(finding, entry))
        else:
            allowed.append(finding)
            if entry.days_left(today) < 0:
                expired[entry.fingerprint] = entry
    return Applied(tuple(blocking), tuple(allowed), tuple(expired.values()), tuple(lapsed))


def has_lapsed(entry: Entry, today: date) -> bool:
    """Whether its days of grace are over too."""
    return entry.days_left(today) < -GRACE_DAYS
