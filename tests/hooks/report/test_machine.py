"""The reports for services: valid against their schemas, masked, and safe from hostile names."""

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from warden_hooks.report.machine import FORMATS
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Finding, Location, Severity

DATA = Path(__file__).parents[2] / "data" / "sarif" / "sarif-schema-2.1.0.json.gz"
MASKED = "AKIA" + "*" * 16


def finding(path: str = "app/settings.py", line: int = 12, **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": "aws-access-key",
        "title": "AWS access key",
        "severity": Severity.CRITICAL,
        "location": Location(path, line, 12, line, 32),
        "fingerprint": "ab" * 32,
        "redacted": MASKED,
        "redacted_line": "…",
    }
    return Finding(**values | changes)


RESULT = ScanResult(
    findings=(
        finding(),
        finding("a, b:c%.py", 3),
        finding("caf\udce9\n.py", 1, rule="github-token", severity=Severity.LOW),
    ),
    skipped=(Skipped("big.bin", SkipReason.TOO_LARGE), Skipped("a", SkipReason.NOT_UTF8)),
    files=3,
    size=99,
)


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(gzip.decompress(DATA.read_bytes()))


@pytest.mark.parametrize(
    "result",
    [RESULT, ScanResult(), replace(RESULT, findings=(finding(commit="c" * 40),))],
    ids=["findings", "nothing", "of a commit"],
)
def test_sarif_is_valid_against_the_standards_schema(schema: Any, result: ScanResult) -> None:
    document = json.loads(FORMATS["sarif"](result))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(document)] == []


def test_sarif_names_rule_place_and_remedy() -> None:
    (run,) = json.loads(FORMATS["sarif"](RESULT))["runs"]
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 12,
        "startColumn": 12,
        "endLine": 12,
        "endColumn": 32,
    }
    rule = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert rule["id"] == first["ruleId"] == "aws-access-key"
    assert "revoke" in rule["help"]["text"]
    assert rule["properties"]["security-severity"] == "9.5"
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]
    assert uris == ["app/settings.py", "a%2C%20b%3Ac%25.py", "caf%E9%0A.py"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "not scanned: too-large",
        "scanned with a reservation: not-utf-8",
    ]


def test_github_annotations_are_one_line_each_whatever_the_name() -> None:
    lines = FORMATS["github"](RESULT).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(
        "::error file=app/settings.py,line=12,endLine=12,col=12,endColumn=32,"
        f"title=aws-access-key%3A AWS access key::{MASKED}%0Afix%3A "[:90]
    )
    assert "file=a%2C b%3Ac%25.py,line=3" in lines[1]
    assert lines[2].startswith("::warning file=caf\\xe9")
    assert lines[3] == "::notice file=big.bin::not scanned: too-large"


def test_gitlab_gets_one_issue_each_with_its_own_fingerprint() -> None:
    twice = ScanResult(findings=(finding(line=1), finding(line=2)))
    issues = json.loads(FORMATS["gitlab"](twice))
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert issues[0]["severity"] == "blocker"
    assert issues[0]["location"] == {"path": "app/settings.py", "lines": {"begin": 1, "end": 1}}
    assert MASKED in issues[0]["description"]


COMMIT = "c0ffee" * 6 + "abcd"
IN_A_COMMIT = ScanResult(
    findings=(finding(commit=COMMIT),), files=1, subjects={COMMIT: "100% done\n::error::no"}
)


def test_each_report_names_the_commit_in_its_own_way() -> None:
    (line,) = FORMATS["github"](IN_A_COMMIT).splitlines()
    brought = "in commit c0ffeec0ffee 100%25 done%0A::error::no"
    assert line.partition("::")[2].partition("::")[2].startswith(f"{MASKED}%0A{brought}%0Afix: ")
    (issue,) = json.loads(FORMATS["gitlab"](IN_A_COMMIT))
    assert issue["description"] == f"AWS access key: {MASKED} (commit c0ffeec0ffee)"
    (run,) = json.loads(FORMATS["sarif"](IN_A_COMMIT))["runs"]
    (result,) = run["results"]
    assert result["message"]["text"] == f"AWS access key: {MASKED} (commit c0ffeec0ffee)"
    assert result["properties"] == {"confidence": "high", "commit": COMMIT}
    assert json.loads(FORMATS["json"](IN_A_COMMIT))["findings"][0]["commit"] == COMMIT
