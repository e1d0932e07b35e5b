"""`no_findings: {at_least: high}`: no secret and no insecure pattern comes in with the change."""

from dataclasses import dataclass, replace
from typing import Final

from warden_policies.conditions import opener_of
from warden_policies.example import SAMPLE
from warden_policies.finding import Severity
from warden_policies.model import Change, OpenFinding, missing_part
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import amount, listed, plain


@dataclass(frozen=True, slots=True)
class NoFindings:
    """`at_least`: how bad a finding must be to block."""

    at_least: Severity


_WORST_FIRST: Final = tuple(Severity)
_HIGH = NoFindings(Severity.HIGH)
_KEY = OpenFinding("aws-access-key", "critical", "payments/fee.py", 12)
_HASH = OpenFinding("py-weak-hash", "medium", "payments/fee.py", 30)
_EXAMPLES = (
    Example("clean", _HIGH, SAMPLE, Outcome.PASS, "no finding is high or worse"),
    Example(
        "a secret",
        _HIGH,
        replace(SAMPLE, findings=(_KEY, _HASH)),
        Outcome.FAIL,
        "aws-access-key (critical) in payments/fee.py:12",
    ),
    Example(
        "not bad enough",
        _HIGH,
        replace(SAMPLE, findings=(_HASH,)),
        Outcome.PASS,
        "no finding is high or worse",
    ),
    Example(
        "a severity that nobody knows is the worst",
        NoFindings(Severity.CRITICAL),
        replace(SAMPLE, findings=(replace(_HASH, severity="horrible"),)),
        Outcome.FAIL,
        "py-weak-hash (horrible) in payments/fee.py:30",
    ),
)


def _describe(arguments: NoFindings) -> str:
    bad = " or ".join(each for each in _WORST_FIRST if _reaches(each, arguments.at_least))
    return f"no secret and no insecure pattern in added lines that is {bad}"


@predicate("no_findings", arguments=NoFindings, examples=_EXAMPLES, describe=_describe)
def no_findings(arguments: NoFindings, change: Change) -> Result:
    """The lines that the change adds hold no finding that is so bad and that nobody has allowed.

    Findings are what `changewarden scan` finds, by the rules and allowances of the base branch.
    """
    if change.findings is None:
        raise missing_part(change, "findings")
    blocking = [
        finding for finding in change.findings if _reaches(finding.severity, arguments.at_least)
    ]
    others = [finding for finding in change.findings if finding not in blocking]
    nothing = f"no finding is {arguments.at_least} or worse"
    return Result(
        "no_findings",
        Outcome.FAIL if blocking else Outcome.PASS,
        listed(map(_named, blocking[:4]), 3) if blocking else nothing,
        dropped=tuple(f"{_named(finding)}: below {arguments.at_least}" for finding in others),
        actions=(_remove(len(blocking), change),) if blocking else (),
    )


def _reaches(severity: str, least: Severity) -> bool:
    known = severity in _WORST_FIRST
    return not known or _WORST_FIRST.index(Severity(severity)) <= _WORST_FIRST.index(least)


def _named(finding: OpenFinding) -> str:
    place = f"{plain(finding.path)}:{finding.line}"
    return f"{plain(finding.rule)} ({plain(finding.severity)}) in {place}"


def _remove(number: int, change: Change) -> Action:
    what = f"remove {amount(number, 'finding')}, revoke what was a secret, and push again"
    return Action(opener_of(change), what)
