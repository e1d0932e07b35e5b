"""The report for programs: `changewarden.findings/v1`."""

import json
from typing import Any

from warden_hooks.scan import ScanResult
from warden_hooks.secrets.rule_set import RuleSet
from warden_hooks.source import Skipped
from warden_policies.finding import Finding

SCHEMA = "changewarden.findings/v1"


def render(result: ScanResult, rule_set: RuleSet) -> str:
    """The result as one JSON object, in ASCII. Bytes of a name that are no text become `\\xNN`."""
    document = {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in result.findings],
        "scanned": {"files": result.files, "bytes": result.size},
        "skipped": [_skipped(skipped) for skipped in result.skipped],
        "rule_set": rule_set._asdict(),
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    described = {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "path": path_text(place.path),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "fingerprint": finding.fingerprint,
        "redacted": finding.redacted,
        "confidence": finding.confidence.value,
        "layers": [*finding.layers],
    }
    return described | ({"commit": finding.commit} if finding.commit else {})


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {
        "path": path_text(skipped.path),
        "reason": skipped.reason.value,
        "scanned": skipped.scanned,
    }


def path_text(path: str) -> str:
    """A path as text; bytes of a name that are none become `\\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
