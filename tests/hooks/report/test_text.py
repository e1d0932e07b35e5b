"""The report for people, to the character: what is agreed stands in tests/golden/scan-*.txt."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.planted import private_key
from warden_hooks.redact import MASK
from warden_hooks.report.terminal import columns, printable, window
from warden_hooks.report.text import TextOptions, render
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Finding, Location
from warden_policies.rules import secret_rules

GOLDEN = Path(__file__).parents[2] / "golden"
AWS = "AKIA" + MASK * 16


def finding(
    line: str,
    *,
    path: str = "app/settings.py",
    number: int = 12,
    also: tuple[str, ...] = (),
    commit: str = "",
    layers: tuple[str, ...] = (),
) -> Finding:
    start = line.index(AWS) + 1
    rule = secret_rules()["aws-access-key"]
    location = Location(path, number, start, number, start + len(AWS))
    found = Finding(rule.id, rule.title, rule.severity, location, "0" * 64, AWS, line, also)
    return replace(found, commit=commit, layers=layers)


def report(
    result: ScanResult, *, color: bool = False, width: int = 80, stops: str = "commit"
) -> str:
    options = TextOptions(color, width, stops, max_bytes=5_000_000, elapsed_ms=38)
    return render(result, secret_rules(), options)


ONE = ScanResult(
    findings=(finding(f'AWS_KEY = "{AWS}"'),),
    files=2,
    new=frozenset({"app/settings.py"}),
)
HEADER = private_key().partition("\n")[0]
KEY_BLOCK = Finding(
    rule="private-key",
    title="Private key",
    severity=secret_rules()["private-key"].severity,
    location=Location("deploy/id_rsa", 1, 1, 14, 30),
    fingerprint="0" * 64,
    redacted=HEADER,
    redacted_line=HEADER,
)
SKIPPED = tuple(
    Skipped(f"{reason.value}/{number}", reason)
    for reason, count in zip(SkipReason, (7, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1), strict=True)
    for number in range(count)
)
CASES: dict[str, tuple[ScanResult, dict[str, Any]]] = {
    "one": (ONE, {}),
    "one-in-color": (ONE, {"color": True}),
    "decoded": (
        ScanResult(findings=(finding(f"k='{AWS}'", layers=("notebook", "base64")),), files=1),
        {},
    ),
    "not-a-commit": (
        ScanResult(
            findings=(
                finding(f"k={AWS}", number=7, also=("generic-password",)),
                finding(f"\tk = '日本', '{AWS}'", path="日本/a\x1b[2Jb.py", number=1007),
            ),
            files=1234,
            allowed=1,
        ),
        {"stops": ""},
    ),
    "key-block": (ScanResult(findings=(KEY_BLOCK,), files=1, new=frozenset({"deploy/id_rsa"})), {}),
    "not-scanned": (ScanResult(files=3, skipped=SKIPPED, allowed=2), {}),
    "allowances": (
        ScanResult(
            findings=(finding(f'AWS_KEY = "{AWS}"'),),
            files=2,
            new=frozenset({"app/settings.py"}),
            allowed=1,
            by_allowance=2,
            remarks={"0" * 64: "its allowance expired 12 days ago (owner ana@example.org)"},
            notes=(
                "warning: allowance url-password-3f9c2a expired 3 days ago (owner a\x1b[2J); "
                "from 2026-12-01 on it blocks: changewarden triage",
            ),
        ),
        {},
    ),
    "push": (
        ScanResult(
            findings=(
                finding(f"k = '{AWS}'", commit="c0ffee" * 6 + "abcd"),
                finding(f"k = '{AWS}'", number=3, commit="beef" * 10),
            ),
            files=7,
            subjects={"c0ffee" * 6 + "abcd": "Connect the \x1b[2Jshop"},
        ),
        {"stops": "push"},
    ),
    "long-line": (
        ScanResult(findings=(finding("a;" * 5000 + AWS + ";b" * 5000),), files=1),
        {"width": 60},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_as_agreed(name: str) -> None:
    result, options = CASES[name]
    expected = (GOLDEN / f"scan-{name}.txt").read_text(encoding="utf-8")
    assert report(result, **options).replace("\x1b", "␛") == expected


def test_a_run_whose_findings_are_all_allowed_says_how_many() -> None:
    assert report(ScanResult(files=3, by_allowance=2)) == (
        "2 findings allowed (changewarden allowances)\n"
    )


def test_a_clean_run_says_nothing() -> None:
    assert report(ScanResult(files=3, size=100)) == ""


def test_a_run_over_nothing_says_so() -> None:
    assert report(ScanResult()) == "0 files to check\n"


@pytest.mark.parametrize("width", [0, 1, 40, 80, 160])
def test_a_source_line_fits_the_terminal(width: int) -> None:
    lines = [
        "x" * 200 + AWS + "y" * 200,
        "日" * 100 + AWS + "本" * 100,
        AWS + "y" * 300,
        "x" * 300 + AWS,
    ]
    for line in lines:
        text = report(ScanResult(findings=(finding(line),), files=1), width=width)
        source, carets = text.split("\n")[5:7]
        assert columns(source) <= max(width, 45)
        assert columns(carets) <= max(width, 45)
        assert source.find("AKIA") >= 0
        assert carets.index("^") == columns(source[: source.index("AKIA")])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("né 日本", "né 日本"),
        ("a\tb", "a    b"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb\x08", "a\\rb\\x08"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("caf\udce9", "caf\\xe9"),
        ("a\u200bb", "a\\u200bb"),
    ],
)
def test_nothing_in_a_file_can_move_the_cursor(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_carets_stand_under_the_match_after_wide_and_combining_characters() -> None:
    cut = window("日本e\u0301\t" + AWS, 5, 20, 80)
    assert (cut.caret_start, cut.caret_length) == (2 + 2 + 1 + 4, 20)
