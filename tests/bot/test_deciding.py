"""Of the decisions under several policies, the one that holds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import BOB, approval, change
from warden_bot.deciding import decide_all, strictest
from warden_bot.github.snapshot import PolicyFile, Snapshot
from warden_policies.evaluate import ROOT
from warden_policies.outcome import VERDICT_OF, Decision, Outcome, Result, Verdict
from warden_policies.policy import Dialect

UNTIL = datetime(2999, 1, 1, tzinfo=UTC)
PASS, PENDING, FAIL, ERROR = Outcome.PASS, Outcome.PENDING, Outcome.FAIL, Outcome.ERROR
NOT_ASKED = Outcome.NOT_APPLICABLE


def decided(outcome: Outcome, *, observing: bool = False) -> Decision:
    result = Result(ROOT, outcome, "")
    return Decision(VERDICT_OF[outcome], result, None, "", UNTIL if observing else None)


def observed(outcome: Outcome) -> Decision:
    return decided(outcome, observing=True)


@pytest.mark.parametrize(
    ("made", "holds"),
    [
        ([decided(PASS)], 0),
        ([decided(PASS), decided(PENDING)], 1),
        ([decided(FAIL), decided(ERROR)], 1),
        ([decided(NOT_ASKED), decided(PASS)], 1),
        ([decided(NOT_ASKED), decided(NOT_ASKED)], 0),
        ([observed(PENDING), decided(PENDING)], 1),
        ([observed(ERROR), decided(PENDING)], 1),
        ([observed(FAIL), decided(PASS)], 0),
        ([observed(PASS), decided(PASS)], 0),
        ([observed(PENDING), observed(FAIL)], 1),
        ([observed(PENDING), decided(NOT_ASKED)], 0),
    ],
    ids=str,
)
def test_the_strictest_holds_and_whoever_observes_speaks_for_nobody_else(
    made: list[Decision], holds: int
) -> None:
    assert strictest(made) is made[holds]


NATIVE = b"version: 1\nrequirements: {Review: {require: {approvals: {count: 1}}}}\n"
LAX = b"policy: {approval: []}\n"
OWN = PolicyFile(NATIVE)
ABSENT = PolicyFile(None, "there is no such file", absent=True)
BROKEN = PolicyFile(b"version: 1\nrequird: {}\n")
BOTS = PolicyFile(LAX, path=".policy.yml", dialect=Dialect.POLICY_BOT)
UNREVIEWED, REVIEWED = change(), change(reviews=(approval(BOB),))


@pytest.mark.parametrize(
    ("policy", "organization", "unreviewed", "reviewed"),
    [
        (OWN, None, Verdict.PENDING, Verdict.ALLOW),
        (OWN, OWN, Verdict.PENDING, Verdict.ALLOW),
        (ABSENT, None, Verdict.ERROR, Verdict.ERROR),
        (ABSENT, OWN, Verdict.PENDING, Verdict.ALLOW),
        (BROKEN, OWN, Verdict.ERROR, Verdict.ERROR),
        (OWN, BROKEN, Verdict.ERROR, Verdict.ERROR),
        (BOTS, OWN, Verdict.PENDING, Verdict.ALLOW),
        (BOTS, BROKEN, Verdict.ERROR, Verdict.ERROR),
    ],
)
def test_a_policy_that_is_missing_or_broken_never_makes_less_be_asked(
    policy: PolicyFile, organization: PolicyFile | None, unreviewed: Verdict, reviewed: Verdict
) -> None:
    snapshot = Snapshot(UNREVIEWED, policy, "open", None, organization=organization)

    assert decide_all(snapshot).verdict is unreviewed
    assert decide_all(replace(snapshot, change=REVIEWED)).verdict is reviewed


ELSEWHERE = PolicyFile(
    b"version: 1\nrequirements: {R: {when: {paths: [other]}, require: {approvals: {count: 1}}}}\n"
)
ASLEEP = PolicyFile(NATIVE.replace(b"\n", b"\nobserve: {until: 2999-01-01T00:00:00Z}\n", 1))


@pytest.mark.parametrize(
    ("policy", "default", "organization", "expected"),
    [
        (OWN, OWN, None, Verdict.ALLOW),
        (OWN, ABSENT, None, Verdict.ERROR),
        (OWN, BROKEN, None, Verdict.ERROR),
        (OWN, ELSEWHERE, None, Verdict.BLOCK),
        (OWN, ELSEWHERE, OWN, Verdict.ALLOW),
        (OWN, ABSENT, OWN, Verdict.ALLOW),
        (OWN, ABSENT, ELSEWHERE, Verdict.BLOCK),
        (ASLEEP, ELSEWHERE, None, Verdict.BLOCK),
    ],
)
def test_what_may_go_to_a_branch_might_have_gone_to_the_default_branch(
    policy: PolicyFile, default: PolicyFile, organization: PolicyFile | None, expected: Verdict
) -> None:
    made = decide_all(Snapshot(REVIEWED, policy, "open", None, default, organization))

    assert (made.verdict, made.observing_until) == (expected, None)
