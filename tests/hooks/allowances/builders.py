"""Entries, files and findings for tests."""

from datetime import date, timedelta

from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import Allowances, allowances
from warden_policies.finding import Finding, Location, Severity

TODAY = date(2026, 11, 23)
KEY = bytes(range(32))


def digits(number: int) -> str:
    """A fingerprint whose first digits are the number's."""
    return f"{number:06x}" + "0" * 58


def entry(number: int = 1, *, days: int = 30, history: bool = False, **fields: str) -> Entry:
    values = {
        "fingerprint": digits(number),
        "rule": "url-password",
        "path": "app/settings.py",
        "reason": "the password of the container in CI",
        "owner": "ana@example.org",
    }
    return Entry(**(values | fields), expires=TODAY + timedelta(days=days), history=history)


def file_of(*entries: Entry, key: bytes = KEY) -> Allowances:
    return allowances(key, entries)


def finding(number: int = 1, rule: str = "url-password", path: str = "app/settings.py") -> Finding:
    place = Location(path, number, 1, number, 9)
    return Finding(rule, "A title", Severity.HIGH, place, digits(number), "********", "********")
