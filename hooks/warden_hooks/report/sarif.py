"""The report as SARIF 2.1.0, for code scanning services (OASIS Standard, March 2020)."""

import json
from collections.abc import Iterator, Mapping
from string import ascii_letters, digits
from typing import Any

from warden_hooks.patterns.scan import Ignored
from warden_hooks.report.commit import short
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.rule_set import RuleSet
from warden_hooks.source import Skipped
from warden_policies.finding import Finding, Severity
from warden_policies.rules import PatternRule, SecretRule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_UNRESERVED = frozenset(f"{ascii_letters}{digits}-._~/".encode())
_FINGERPRINT = "changewarden/v1"
_LEVEL = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
_SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
"""GitHub sorts alerts by this number: above 9 critical, 7 high, 4 medium."""


def render(
    result: ScanResult, rules: Mapping[str, SecretRule], version: str, rule_set: RuleSet
) -> str:
    """The result as one SARIF run. Nothing in it is the text of a secret."""
    used = sorted(
        {finding.rule for finding in result.findings}
        | {item.finding.rule for item in result.ignored}
    )
    driver = {
        "name": "changewarden",
        "semanticVersion": version,
        "rules": [
            _pattern_rule(result.patterns[name]) if name in result.patterns else _rule(rules[name])
            for name in used
        ],
        "properties": {"ruleSet": rule_set._asdict()},
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The repository's root."}}},
        "invocations": [
            {
                "executionSuccessful": not (result.unchecked or result.unavailable),
                "toolExecutionNotifications": [*_notifications(result)],
            }
        ],
        "results": [
            *(_result(finding, used.index(finding.rule)) for finding in result.findings),
            *(_suppressed(item, used.index(item.finding.rule)) for item in result.ignored),
        ],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2) + "\n"


def _rule(rule: SecretRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}: a secret that must not be in a repository."},
        "help": {"text": f"Fix: {rule.fix}. If it is real, revoke it first: {rule.revoke}"},
        "helpUri": rule.reference,
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": ["security", "secret", "external/cwe/cwe-798"],
            "precision": "very-high" if rule.confidence == "high" else rule.confidence.value,
            "security-severity": _SECURITY_SEVERITY[rule.severity],
        },
    }


def _pattern_rule(rule: PatternRule) -> dict[str, Any]:
    cwe = [f"external/cwe/{name.lower()}" for name in rule.cwe]
    fix = f" Instead: {rule.fix}" if rule.fix else ""
    described = {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.message},
        "help": {"text": f"{rule.message}{fix}"},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": ["security", "pattern", *cwe, *(f"OWASP {name}" for name in rule.owasp)],
            "precision": rule.confidence.value,
            "security-severity": _SECURITY_SEVERITY[rule.severity],
        },
    }
    return described | ({"helpUri": rule.references[0]} if rule.references else {})


def _suppressed(item: Ignored, rule_index: int) -> dict[str, Any]:
    said = {"justification": item.reason} if item.reason else {}
    return _result(item.finding, rule_index) | {"suppressions": [{"kind": "inSource"} | said]}


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    place = finding.location
    brought = f" (commit {short(finding.commit)})" if finding.commit else ""
    commit = {"commit": finding.commit} if finding.commit else {}
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.title}: {finding.message or finding.redacted}{brought}"},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": region}}
        ],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": {"confidence": finding.confidence.value} | commit,
    }


def _notifications(result: ScanResult) -> Iterator[dict[str, Any]]:
    yield from map(_skipped, result.skipped)
    for item in result.unchecked:
        yield _not_checked(item.what) | {
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(item.path)}}]
        }
    if result.unavailable:
        yield _not_checked(result.unavailable)


def _not_checked(why: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": f"not checked for insecure patterns: {why}"},
    }


def _skipped(skipped: Skipped) -> dict[str, Any]:
    what = "scanned with a reservation" if skipped.scanned else "not scanned"
    return {
        "level": "note" if skipped.scanned else "warning",
        "message": {"text": f"{what}: {skipped.reason.value}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(skipped.path)}}],
    }


def _artifact(path: str) -> dict[str, str]:
    """A relative URI reference (RFC 3986); bytes of a name that are no text are encoded as such."""
    octets = path.encode("utf-8", "surrogateescape")
    uri = "".join(chr(octet) if octet in _UNRESERVED else f"%{octet:02X}" for octet in octets)
    return {"uri": uri, "uriBaseId": _ROOT}
