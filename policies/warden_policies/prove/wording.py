"""A report for a terminal: each finding with its place, its story, and what to do."""

from collections.abc import (
    Iterator,
    Mapping,
    Sequence,
)

from warden_policies.policy import Policy
from warden_policies.problem import Mark
from warden_policies.prove.comparison import (
    Comparison,
    Relation,
)
from warden_policies.prove.finding import Doubt, Finding, Report
from warden_policies.prove.story import outcome, told
from warden_policies.text import listed, plain, quoted


def report_lines(report: Report, policy: Policy, tries: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a report. `tries` has for each finding the commands to try it with.

    Nothing in them is more than plain text on one line.
    """
    for finding, commands in zip(report.findings, tries, strict=True):
        yield from _finding(finding, policy, commands)
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


_RELATIONS = {
    Relation.EQUAL: "equal: both allow the same changes",
    Relation.STRICTER: "stricter: the new policy allows less, and nothing more",
    Relation.WEAKER: "weaker: the new policy allows more, and refuses nothing more",
    Relation.INCOMPARABLE: "incomparable: the new policy allows some changes that the old one did"
    " not, and refuses others that it did",
    Relation.UNDECIDED: "undecided",
}


def comparison_lines(
    comparison: Comparison, old: Policy, new: Policy, tries: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """The lines of a comparison. `tries` says, by direction, how to try what was found."""
    found = {
        "newly allowed": comparison.newly_allowed,
        "newly refused": comparison.newly_refused,
    }
    for direction, change in found.items():
        if change is not None:
            yield f"{direction}:"
            yield from (f"    {line}" for line in told(change))
            for which, policy in (("old", old), ("new", new)):
                yield from (f"  {which}> {line}" for line in outcome(policy, change))
            yield from (f"  try: {how}" for how in tries.get(direction, ()))
            yield ""
    yield from (f"undecided, {doubt}" for doubt in comparison.doubts)
    yield f"{plain(new.path, 200)}: {_RELATIONS[comparison.relation]}"


def _finding(finding: Finding, policy: Policy, tries: Sequence[str]) -> Iterator[str]:
    what = f"{finding.severity} {finding.id}"
    yield f"{_place(policy, finding.mark)}: {what}{_named(finding.requirement)}: {finding.message}"
    if finding.change is not None:
        yield from (f"    {line}" for line in told(finding.change))
        yield from (f"  > {line}" for line in outcome(policy, finding.change))
    yield f"  fix: {finding.fix}"
    yield from (f"  try: {how}" for how in tries)


def _doubt(doubt: Doubt, policy: Policy) -> Iterator[str]:
    asked = f"could it be that {doubt.asked}?"
    yield f"{_place(policy, doubt.mark)}: undecided {doubt.id}{_named(doubt.requirement)}: {asked}"
    yield f"  why: {doubt.why}"


def _named(requirement: str) -> str:
    return f" {quoted(requirement)}" if requirement else ""


def _place(policy: Policy, mark: Mark) -> str:
    return f"{plain(policy.path, 200)}:{mark.line}:{mark.column}"
