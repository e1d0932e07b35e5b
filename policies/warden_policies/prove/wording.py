"""A report for a terminal: each finding with its place, its story, and what to do."""

from collections.abc import Iterator, Sequence

from warden_policies.policy import Policy
from warden_policies.problem import Mark
from warden_policies.prove.finding import Doubt, Finding, Report
from warden_policies.prove.story import outcome, told
from warden_policies.text import listed, plain, quoted


def report_lines(report: Report, policy: Policy, tries: Sequence[str]) -> Iterator[str]:
    """The lines of a report. `tries` has for each finding how to try it; empty when there is none.

    Nothing in them is more than plain text on one line.
    """
    for finding, how in zip(report.findings, tries, strict=True):
        yield from _finding(finding, policy, how)
        yield ""
    for doubt in report.doubts:
        yield from _doubt(doubt, policy)
        yield ""
    yield f"{plain(policy.path, 200)}: {summary(report)}"


def summary(report: Report) -> str:
    """`2 findings, 1 question undecided`."""
    found, open_ones = len(report.findings), len(report.doubts)
    if not found and not open_ones:
        return "ok: every question is answered, and no change shows a weakness"
    parts = []
    if found:
        parts.append("1 finding" if found == 1 else f"{found} findings")
    if open_ones:
        noun = "question" if open_ones == 1 else "questions"
        parts.append(f"{open_ones} {noun} undecided")
    return listed(parts)


def _finding(finding: Finding, policy: Policy, how: str) -> Iterator[str]:
    what = f"{finding.severity} {finding.id}"
    yield f"{_place(policy, finding.mark)}: {what}{_named(finding.requirement)}: {finding.message}"
    if finding.change is not None:
        yield from (f"    {line}" for line in told(finding.change))
        yield from (f"  > {line}" for line in outcome(policy, finding.change))
    yield f"  fix: {finding.fix}"
    if how:
        yield f"  try: {how}"


def _doubt(doubt: Doubt, policy: Policy) -> Iterator[str]:
    asked = f"could it be that {doubt.asked}?"
    yield f"{_place(policy, doubt.mark)}: undecided {doubt.id}{_named(doubt.requirement)}: {asked}"
    yield f"  why: {doubt.why}"


def _named(requirement: str) -> str:
    return f" {quoted(requirement)}" if requirement else ""


def _place(policy: Policy, mark: Mark) -> str:
    return f"{plain(policy.path, 200)}:{mark.line}:{mark.column}"
