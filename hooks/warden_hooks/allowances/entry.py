"""One allowance: this secret, in this file, for this reason, until this day.

The key of an entry is the finding's fingerprint, an HMAC over rule, whole secret and path. A
rotated secret, another path or another rule is therefore another finding; a line number is no
part of it, so that code may move.
"""

import re
from dataclasses import dataclass
from datetime import date

from warden_policies.finding import Finding, Severity
from warden_policies.rules import secret_rules

LONGEST_DAYS = 365
LONGEST_DAYS_CRITICAL = 30
DEFAULT_DAYS = 90
GRACE_DAYS = 7
"""For how many days after its last one an allowance still warns instead of blocking."""
_PRIVATE_KEY = "private-key"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding that somebody allows. `path` is written as `shown_path` writes it."""

    fingerprint: str
    rule: str
    path: str
    reason: str
    owner: str
    expires: date
    """The last day on which it holds, in UTC."""
    history: bool = False
    """Whether the secret is in commits alone: then it is not missed in its file."""

    @property
    def id(self) -> str:
        """The finding's id."""
        return f"{self.rule}-{self.fingerprint[:6]}"

    def days_left(self, today: date) -> int:
        """Days until its last one; negative when that has passed."""
        return (self.expires - today).days

    def is_of(self, finding: Finding) -> bool:
        """Whether it is about this finding.

        The fingerprint alone says so. Rule and path are for people, and an entry that says one
        thing and allows another would deceive them.
        """
        path = shown_path(finding.location.path)
        return (self.fingerprint, self.rule, self.path) == (finding.fingerprint, finding.rule, path)


def stricter(first: Entry, second: Entry) -> Entry:
    """The one of two entries for a finding that ends earlier; the same one in either order."""

    def order(entry: Entry) -> tuple[date, str, str, str, str, bool]:
        return entry.expires, entry.rule, entry.path, entry.owner, entry.reason, entry.history

    return min(first, second, key=order)


def longest_days(rule: str) -> int:
    """For how many days a finding of this rule may be allowed at once."""
    known = secret_rules().get(rule)
    critical = rule.startswith(_PRIVATE_KEY) or bool(known and known.severity is Severity.CRITICAL)
    return LONGEST_DAYS_CRITICAL if critical else LONGEST_DAYS


def shown_path(path: str) -> str:
    """A path as text that every file can hold: bytes that are no UTF-8 become `\\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_fingerprint(text: str) -> bool:
    """Whether it is 64 hexadecimal digits, in lower case."""
    return bool(_FINGERPRINT.fullmatch(text))
