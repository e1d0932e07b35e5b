"""The report as GitLab's Code Quality artifact, which merge requests show in every tier."""

import hashlib
import json
from typing import Any

from warden_hooks.report.commit import short
from warden_hooks.report.json import path_text
from warden_hooks.scan import ScanResult
from warden_policies.finding import Finding, Severity

_SEVERITY = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}


def render(result: ScanResult) -> str:
    """A JSON list with one issue for each finding."""
    return json.dumps([_issue(finding) for finding in result.findings], indent=2) + "\n"


def _issue(finding: Finding) -> dict[str, Any]:
    place = finding.location
    brought = f" (commit {short(finding.commit)})" if finding.commit else ""
    return {
        "description": f"{finding.title}: {finding.message or finding.redacted}{brought}",
        "check_name": finding.rule,
        "fingerprint": _fingerprint(finding),
        "severity": _SEVERITY[finding.severity],
        "location": {
            "path": path_text(place.path),
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }


def _fingerprint(finding: Finding) -> str:
    """GitLab wants one for each issue, and the same secret may stand in a file twice."""
    place = f"{finding.fingerprint}:{finding.location.line}:{finding.location.column}"
    return hashlib.sha256(place.encode()).hexdigest()
