"""All questions put to one policy."""

from warden_policies.policy import Policy
from warden_policies.prove.case import Case
from warden_policies.prove.finding import Doubt, Finding, Report
from warden_policies.prove.questions import QUESTIONS


def prove(policy: Policy, source: bytes) -> Report:
    """What is found in a policy, with a change for each finding; `source` is the policy's text.

    Raises:
        ProverMissing: z3 is not installed.
    """
    case = Case.of(policy, source)
    replies = [reply for ask in QUESTIONS.values() for reply in ask(case)]
    findings = [reply for reply in replies if isinstance(reply, Finding)]
    doubts = [reply for reply in replies if isinstance(reply, Doubt)]
    findings.sort(key=lambda each: (each.mark, each.id))
    doubts.sort(key=lambda each: (each.mark, each.id))
    return Report(tuple(findings), tuple(doubts))
