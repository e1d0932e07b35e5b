"""The report for programs: `changewarden.findings/v1`."""

import json
from typing import Any

from warden_hooks.history.facts import History
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.rule_set import RuleSet
from warden_hooks.source import Skipped
from warden_policies.finding import Finding

SCHEMA = "changewarden.findings/v1"


def render(result: ScanResult, rule_set: RuleSet) -> str:
    """The result as one JSON object, in ASCII. Bytes of a name that are no text become `\\xNN`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "findings": [
            _finding(finding) | _origin(finding, result.history) for finding in result.findings
        ],
        "scanned": {"files": result.files, "bytes": result.size},
        "skipped": [_skipped(skipped) for skipped in result.skipped],
        "rule_set": rule_set._asdict(),
    }
    if result.pattern_rules:
        document |= _of_patterns(result)
    if result.history:
        document["history"] = _history(result.history)
    return json.dumps(document, indent=2) + "\n"


def _of_patterns(result: ScanResult) -> dict[str, Any]:
    return {
        "pattern_rules": {"digest": result.pattern_rules},
        "ignored": [
            _finding(item.finding) | {"by": item.by, "reason": item.reason}
            for item in result.ignored
        ],
        "on_other_lines": result.elsewhere,
        "not_checked": [
            *({"path": path_text(item.path), "reason": item.what} for item in result.unchecked),
            *([{"path": None, "reason": result.unavailable}] if result.unavailable else []),
        ],
    }


def _history(history: History) -> dict[str, Any]:
    return {
        "commits": history.commits,
        "blobs": history.blobs,
        "remembered": history.remembered,
        "incomplete": list(history.incomplete),
    }


def _origin(finding: Finding, history: History | None) -> dict[str, Any]:
    if history is None:
        return {}
    origin = history.origins[finding.fingerprint]
    return {
        "author": origin.author,
        "author_date": origin.authored.isoformat() if origin.authored else None,
        "last_commit": origin.last_commit or None,
        "at_head": bool(origin.at_head),
        "branches": list(origin.branches),
        "reachable": origin.reachable,
        "occurrences": origin.contents,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    described: dict[str, Any] = {
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
    }
    if finding.message:
        described |= {
            "blocking": finding.blocks,
            "cwe": [*finding.cwe],
            "message": finding.message,
            "also": [*finding.also],
        }
    decoded = {"layers": [*finding.layers]} if finding.layers else {}
    return described | decoded | ({"commit": finding.commit} if finding.commit else {})


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {
        "path": path_text(skipped.path),
        "reason": skipped.reason.value,
        "scanned": skipped.scanned,
    }


def path_text(path: str) -> str:
    """A path as text; bytes of a name that are none become `\\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
