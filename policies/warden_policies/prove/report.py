"""All questions put to one policy."""

from collections.abc import Iterator

from warden_policies.model import Change
from warden_policies.policy import Policy
from warden_policies.prove.case import Ask, Case, Claim, Deny
from warden_policies.prove.finding import Doubt, Finding, Report
from warden_policies.prove.questions import QUESTIONS
from warden_policies.prove.search import Found, Never, Undecided


def prove(policy: Policy, source: bytes) -> Report:
    """What is found in a policy, with a change for each finding; `source` is the policy's text.

    Raises:
        ProverMissing: z3 is not installed.
    """
    case = Case.of(policy, source)
    replies = list(_replies(case))
    findings = [reply for reply in replies if isinstance(reply, Finding)]
    doubts = [reply for reply in replies if isinstance(reply, Doubt)]
    findings.sort(key=lambda each: (each.mark, each.id))
    doubts.sort(key=lambda each: (each.mark, each.id))
    return Report(tuple(findings), tuple(doubts))


def _replies(case: Case) -> Iterator[Finding | Doubt]:
    true: set[Claim] = set()
    for question in QUESTIONS.values():
        for asked in question(case):
            if isinstance(asked, Deny) and asked.moot_if in true:
                continue
            for reply in _reply(case, asked):
                if isinstance(reply, Finding):
                    true.add(asked.claim)
                yield reply


def _reply(case: Case, asked: Ask | Deny) -> Iterator[Finding | Doubt]:
    claim = asked.claim
    match case.search.find(asked.formula, asked.shows):
        case Found(change) if isinstance(asked, Ask):
            yield _finding(case, claim, case.blamed(claim, change), change)
        case Never() if isinstance(asked, Deny):
            yield _finding(case, claim, claim.requirement)
        case Undecided(why):
            mark = case.mark(claim.requirement)
            yield Doubt(claim.id, claim.requirement, mark, claim.message, why)


def _finding(case: Case, claim: Claim, requirement: str, change: Change | None = None) -> Finding:
    mark = case.mark(requirement)
    fix = claim.bot_fix if case.by_bot and claim.bot_fix else claim.fix
    return Finding(claim.id, claim.severity, requirement, mark, claim.message, fix, change)
