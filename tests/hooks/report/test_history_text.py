"""The report of a history, to the character: what is agreed stands in tests/golden/."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.hooks.report.test_text import AWS, finding, report
from warden_hooks.history.facts import History, Origin
from warden_hooks.report.history import summary
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Finding

GOLDEN = Path(__file__).parents[2] / "golden"
FIRST, LAST = "0123456789ab" + "0" * 28, "fedcba987654" + "0" * 28
BERLIN = timezone(timedelta(hours=1))
NOON = datetime(2026, 3, 14, 12, 5, tzinfo=BERLIN)
NIGHT = datetime(2026, 3, 14, 0, 30, tzinfo=BERLIN)
KNOWN = Origin(FIRST, "Ana", NOON)

PLACES = {
    "app/settings.py": replace(KNOWN, at_head=("app/settings.py",), contents=1234),
    "app/old.py": replace(KNOWN, at_head=("app/new.py", "b.py", "c\x1b[2J.py", "d.py", "e.py")),
    "app/removed.py": replace(KNOWN, last_commit=LAST, authored=NIGHT, contents=2),
    "app/branch.py": replace(KNOWN, branches=("feature/x", "origin/y"), author="Zoë\x1b[2J 日本"),
    "app/tagged.py": replace(KNOWN, authored=None),
    "app/dangling.py": replace(KNOWN, reachable=False, authored=NOON.astimezone(UTC)),
    "app/lost.py": replace(KNOWN, reachable=None),
    "blob:0123456789ab": Origin(reachable=False),
}


def found(number: int, path: str) -> Finding:
    seen = finding(f'AWS_KEY = "{AWS}"', path=path)
    return replace(seen, fingerprint=f"{number:064x}", commit=PLACES[path].commit)


FINDINGS = tuple(found(number, path) for number, path in enumerate(PLACES))
HISTORY = History(
    commits=412,
    blobs=57_302,
    remembered=57_000,
    origins={each.fingerprint: PLACES[each.location.path] for each in FINDINGS},
)
CASES = {
    "history": ScanResult(FINDINGS, files=57_302, allowed=2, by_allowance=3, history=HISTORY),
    "history-clean": ScanResult(files=1, history=History(commits=1, blobs=1)),
    "history-in-part": ScanResult(
        files=3,
        skipped=(
            Skipped("big.csv", SkipReason.TOO_LARGE),
            Skipped("a.png", SkipReason.BINARY),
            Skipped("gone.py", SkipReason.MISSING),
            Skipped("lost.py", SkipReason.MISSING),
        ),
        history=History(2, 3, incomplete=("this clone is shallow \x1b[2J", "another reason")),
    ),
    "history-empty": ScanResult(history=History()),
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_of_a_history_is_as_agreed(name: str) -> None:
    expected = (GOLDEN / f"scan-{name}.txt").read_text(encoding="utf-8")
    assert report(CASES[name], stops="").replace("\x1b", "␛") == expected


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (["app/settings.py"], "1 secret in the history, still at HEAD"),
        (["app/removed.py"], "1 secret in the history, not at HEAD"),
        (["app/settings.py", "app/old.py"], "2 secrets in the history, all of them at HEAD"),
        (["app/removed.py", "app/branch.py"], "2 secrets in the history, none of them at HEAD"),
        (["app/removed.py", "app/old.py"], "2 secrets in the history, 1 of them at HEAD"),
    ],
)
def test_the_first_line_says_what_has_to_be_done_at_once(places: list[str], words: str) -> None:
    some = tuple(each for each in FINDINGS if each.location.path in places)
    assert summary(ScanResult(some), HISTORY) == words
