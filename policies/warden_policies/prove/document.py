"""A report as plain data, for programs."""

from warden_policies.canonical import Json, to_json
from warden_policies.problem import Mark
from warden_policies.prove.comparison import (
    Comparison,
)
from warden_policies.prove.finding import Doubt, Finding, Report

SCHEMA = "changewarden.proof/v1"
DIFF_SCHEMA = "changewarden.policy-diff/v1"


def proof_document(report: Report) -> dict[str, Json]:
    """`{schema, findings: [...], undecided: [...]}`; each finding with the change that shows it."""
    return {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in report.findings],
        "undecided": [_doubt(doubt) for doubt in report.doubts],
    }


def diff_document(comparison: Comparison) -> dict[str, Json]:
    """`{schema, relation, newly_allowed, newly_refused, undecided}`; the changes or null."""
    return {
        "schema": DIFF_SCHEMA,
        "relation": comparison.relation.value,
        "newly_allowed": to_json(comparison.newly_allowed),
        "newly_refused": to_json(comparison.newly_refused),
        "undecided": list(comparison.doubts),
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "requirement": finding.requirement or None,
        **_place(finding.mark),
        "message": finding.message,
        "fix": finding.fix,
        "change": to_json(finding.change),
    }


def _doubt(doubt: Doubt) -> dict[str, Json]:
    return {
        "id": doubt.id,
        "requirement": doubt.requirement or None,
        **_place(doubt.mark),
        "asked": doubt.asked,
        "why": doubt.why,
    }


def _place(mark: Mark) -> dict[str, Json]:
    return {"line": mark.line, "column": mark.column}
