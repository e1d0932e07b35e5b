"""A report as plain data, for programs."""

from warden_policies.canonical import Json, to_json
from warden_policies.problem import Mark
from warden_policies.prove.finding import Doubt, Finding, Report

SCHEMA = "changewarden.proof/v1"


def proof_document(report: Report) -> dict[str, Json]:
    """`{schema, findings: [...], undecided: [...]}`; each finding with the change that shows it."""
    return {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in report.findings],
        "undecided": [_doubt(doubt) for doubt in report.doubts],
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
