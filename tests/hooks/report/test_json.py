"""The report for programs."""

import json

from warden_hooks.report.json import render
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.rule_set import RuleSet
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Confidence, Finding, Location, Severity

FINDING = Finding(
    rule="aws-access-key",
    title="AWS access key",
    severity=Severity.CRITICAL,
    location=Location("日本/caf\udce9.py", 12, 12, 12, 32),
    fingerprint="ab" * 32,
    redacted="AKIA" + "*" * 16,
    redacted_line="k = '…'",
    also=("generic-password",),
    confidence=Confidence.MEDIUM,
    commit="c" * 40,
)
RULE_SET = RuleSet(7, "sha256:00")


def test_a_scan_as_json() -> None:
    skipped = (Skipped("a", SkipReason.NOT_UTF8), Skipped("b\udcff", SkipReason.TOO_LARGE))
    result = ScanResult(findings=(FINDING,), skipped=skipped, files=2, size=70, allowed=1)
    assert json.loads(render(result, RULE_SET)) == {
        "schema": "changewarden.findings/v1",
        "findings": [
            {
                "rule": "aws-access-key",
                "title": "AWS access key",
                "severity": "critical",
                "path": "日本/caf\\xe9.py",
                "line": 12,
                "column": 12,
                "end_line": 12,
                "end_column": 32,
                "fingerprint": "ab" * 32,
                "redacted": "AKIA" + "*" * 16,
                "confidence": "medium",
                "commit": "c" * 40,
            }
        ],
        "scanned": {"files": 2, "bytes": 70},
        "skipped": [
            {"path": "a", "reason": "not-utf-8", "scanned": True},
            {"path": "b\\xff", "reason": "too-large", "scanned": False},
        ],
        "rule_set": {"rules": 7, "digest": "sha256:00"},
    }


def test_an_empty_scan_as_json() -> None:
    assert json.loads(render(ScanResult(), RULE_SET)) == {
        "schema": "changewarden.findings/v1",
        "findings": [],
        "scanned": {"files": 0, "bytes": 0},
        "skipped": [],
        "rule_set": {"rules": 7, "digest": "sha256:00"},
    }


def test_any_terminal_can_show_it() -> None:
    assert render(ScanResult(findings=(FINDING,)), RULE_SET).isascii()
