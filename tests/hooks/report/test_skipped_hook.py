"""What is said after a commit without hooks, to the word."""

from tests.hooks.report.test_text import GOLDEN, finding, report
from warden_hooks.report.skipped_hook import render
from warden_hooks.scan import ScanResult

COMMIT = "7be01d4" + "0" * 33
RESULT = ScanResult(
    findings=(finding("AWS_KEY = 'AKIA****************'", commit=COMMIT),),
    files=2,
    subjects={COMMIT: "Connect the shop"},
)


def test_the_note_is_as_agreed() -> None:
    expected = (GOLDEN / "scan-skipped-hook.txt").read_text(encoding="utf-8")
    assert render(RESULT, report(RESULT, stops=""), is_first=False) == expected


def test_a_first_commit_has_another_way_back() -> None:
    note = render(RESULT, "", is_first=True)
    assert note.endswith("before you push it: git update-ref -d HEAD (its changes stay staged)\n")
