"""Rows 1 to 4 of the field's known ways to get an approval that is none: whose opinion stands."""

from typing import Any

import pytest

from tests.builders import (
    ANA,
    BOB,
    CARL,
    DINA,
    NOON,
    approval,
    commit,
    decide,
    dismissed,
    said,
)
from tests.policies.edge_cases import DISMISSED, MAINTAINER, OBJECTION, ONE, PEOPLE, scenario
from warden_policies.model import Commit, Person, ReviewState
from warden_policies.outcome import Action, Verdict

SCENARIOS = [
    scenario(
        1, "approved, then changes requested by the same person", Verdict.BLOCK, ONE,
        "bob requested changes",
        reviews=(approval(BOB, at=NOON), said(BOB, OBJECTION, id=2)),
    ),
    scenario(
        2, "changes requested, then approved by the same person", Verdict.ALLOW, ONE,
        "1 of 1 approvals",
        reviews=(said(BOB, OBJECTION, at=NOON), approval(BOB, id=2)),
    ),
    scenario(
        3, "somebody else's objection", Verdict.BLOCK, ONE, "carl requested changes",
        reviews=(said(CARL, OBJECTION, at=NOON), approval(BOB, id=2), approval(DINA, id=3)),
    ),
    scenario(
        3, "an author cannot lift an objection by approving", Verdict.BLOCK, ONE,
        "bob requested changes",
        commits=(commit(ANA, BOB),),
        reviews=(said(BOB, OBJECTION, at=NOON), approval(BOB, id=2), approval(CARL, id=3)),
    ),
    scenario(
        3, "an objection by somebody without write access", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(said(CARL, OBJECTION, at=NOON, can_push=False), approval(BOB, id=2)),
    ),
    scenario(
        3, "the objection of a deleted account that could push", Verdict.BLOCK, ONE,
        "a deleted account requested changes",
        reviews=(said(None, OBJECTION, at=NOON), approval(BOB, id=2)),
    ),
    scenario(
        3, "the author dismisses somebody's objection", Verdict.BLOCK, ONE,
        "carl requested changes: ana, who opened the pull request, dismissed it",
        reviews=(dismissed(CARL, OBJECTION, ANA), approval(BOB, id=2)), people=PEOPLE,
    ),
    scenario(
        3, "a co-author dismisses it", Verdict.BLOCK, ONE,
        "carl requested changes: bob, who co-authored 7be01d4, dismissed it",
        commits=(commit(ANA, BOB),),
        reviews=(dismissed(CARL, OBJECTION, BOB), approval(DINA, id=2)), people=PEOPLE,
    ),
    scenario(
        3, "somebody without the role dismisses it", Verdict.BLOCK, ONE,
        "carl requested changes: dina, who is not anybody with maintain access, dismissed it",
        reviews=(dismissed(CARL, OBJECTION, DINA), approval(BOB, id=2)), people=PEOPLE,
    ),
    scenario(
        3, "a maintainer dismisses it without a reason", Verdict.BLOCK, ONE,
        "carl requested changes: mia dismissed it without a reason",
        reviews=(dismissed(CARL, OBJECTION, MAINTAINER, reason=" "), approval(BOB, id=2)),
        people=PEOPLE,
    ),
    scenario(
        3, "a maintainer dismisses it with a reason", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(dismissed(CARL, OBJECTION, MAINTAINER), approval(BOB, id=2)), people=PEOPLE,
    ),
    scenario(
        3, "the policy names who may lift it", Verdict.ALLOW,
        "approvals: {count: 1, lifters: {teams: [acme/security]}}", "1 of 1 approvals",
        reviews=(dismissed(CARL, OBJECTION, DINA), approval(BOB, id=2)), people=PEOPLE,
    ),
    scenario(
        3, "the reviewer takes it back", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(dismissed(CARL, OBJECTION, CARL, reason=""), approval(BOB, id=2)),
        people=PEOPLE,
    ),
    scenario(
        3, "nobody recorded who dismissed a review", Verdict.BLOCK, ONE,
        "carl requested changes: nobody recorded who dismissed it",
        reviews=(said(CARL, DISMISSED), approval(BOB, id=2)), people=PEOPLE,
    ),
    scenario(
        4, "dismissed: an earlier approval does not resurrect", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        reviews=(
            approval(BOB, at=NOON), dismissed(BOB, ReviewState.APPROVED, CARL, id=2),
        ),
    ),
    scenario(
        4, "dismissed: an earlier objection does not resurrect", Verdict.ALLOW, ONE,
        "1 of 1 approvals",
        reviews=(
            said(BOB, OBJECTION, at=NOON),
            dismissed(BOB, OBJECTION, MAINTAINER, id=2),
            approval(CARL, id=3),
        ),
        people=PEOPLE,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("require", "fields", "verdict", "reason"), SCENARIOS)
def test_edge_case(require: str, fields: dict[str, Any], verdict: Verdict, reason: str) -> None:
    decision = decide(require, **fields)

    assert (decision.verdict, decision.result.children[0].reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("author", "commits", "action"),
    [
        (CARL, (commit(ANA),), (("carl",), "approve 7be01d4 once the requested changes are made")),
        (
            CARL,
            (commit(ANA, CARL),),
            ((), "dismiss carl's request for changes once the requested changes are made"),
        ),
        (
            None,
            (commit(ANA),),
            (
                (),
                "dismiss a deleted account's request for changes"
                " once the requested changes are made",
            ),
        ),
    ],
    ids=["a reviewer", "a contributor, whose approval lifts nothing", "a deleted account"],
)
def test_3_the_way_to_lift_an_objection_is_one_that_works(
    author: Person | None, commits: tuple[Commit, ...], action: tuple[tuple[str, ...], str]
) -> None:
    objection = said(author, OBJECTION, at=NOON)
    decision = decide(ONE, commits=commits, reviews=(objection, approval(BOB, id=2)))

    assert decision.result.children[0].children[0].actions == (Action(*action),)
