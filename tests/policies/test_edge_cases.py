"""The field's known ways to get an approval that is none, each as a scenario.

A name is `row number: case`. The rows are those that the present vocabulary can express.
"""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    AFTERNOON,
    ANA,
    BOB,
    CARL,
    DINA,
    EARLIER,
    HEAD,
    NOON,
    POLICY_PATH,
    ROBOT,
    SAMPLE,
    approval,
    check,
    commit,
    decide,
    policy,
    ready,
    said,
    signed_by,
)
from tests.policies.edge_cases import DISMISSED, OBJECTION, ONE, PEOPLE, TEST, WEB_FLOW, scenario
from warden_policies.evaluate import evaluate
from warden_policies.language import parse_policy
from warden_policies.model import (
    Change,
    ChangedFile,
    CheckConclusion,
    Commit,
    ContentProof,
    FileChange,
    Permission,
    Person,
    Review,
    ReviewState,
    Standing,
)
from warden_policies.outcome import Verdict
from warden_policies.policy import Combine, Group, InvalidPolicy, Policy

SCENARIOS = [
    scenario(
        5, "pushed after the approval", Verdict.PENDING, ONE, "0 of 1 approvals",
        commits=(commit(ANA, sha=EARLIER), commit(ANA)), reviews=(approval(BOB, sha=EARLIER),),
    ),
    scenario(
        6, "an approval of another commit, however late", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(approval(BOB, sha="f" * 40, at=AFTERNOON.replace(hour=23)),),
    ),
    scenario(
        7, "force-pushed: the approved commit is gone", Verdict.PENDING, ONE, "0 of 1 approvals",
        commits=(commit(ANA),), reviews=(approval(BOB, sha=EARLIER),),
    ),
    scenario(
        7, "force-pushed back to the approved commit", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(approval(BOB, at=NOON),),
    ),
    scenario(
        8, "a clean rebase carries the approval over", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(approval(BOB, sha=EARLIER),),
        proofs=(ContentProof(EARLIER, True, "a clean rebase"),),
    ),
    scenario(
        8, "a rebase that changed a byte does not", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(approval(BOB, sha=EARLIER),),
        proofs=(ContentProof(EARLIER, False, "1 file differs", ("fee.py",)),),
    ),
    scenario(
        8, "a policy may bind approvals to the commit all the same", Verdict.PENDING,
        "approvals: {count: 1, content: head}", "0 of 1 approvals",
        reviews=(approval(BOB, sha=EARLIER),),
        proofs=(ContentProof(EARLIER, True, "a clean rebase"),),
    ),
    scenario(
        9, "a clean merge of the base carries the approval over", Verdict.ALLOW, ONE,
        "1 of 1 approvals",
        reviews=(approval(BOB, sha=EARLIER),),
        proofs=(ContentProof(EARLIER, True, "a clean update from main"),),
    ),
    scenario(
        10, "a commit from a side branch makes its author a contributor", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        commits=(commit(BOB, sha=EARLIER), commit(ANA)), reviews=(approval(BOB),),
    ),
    scenario(
        10, "so does committing somebody else's work", Verdict.PENDING, ONE, "0 of 1 approvals",
        commits=(Commit(HEAD, (signed_by(ANA),), signed_by(BOB)),), reviews=(approval(BOB),),
    ),
    scenario(
        11, "a co-author approves", Verdict.PENDING, ONE, "0 of 1 approvals",
        commits=(commit(ANA, BOB),), reviews=(approval(BOB),),
    ),
    scenario(
        11, "a co-author without an account", Verdict.BLOCK, ONE,
        "commit 7be01d4 has an author or committer without a GitHub account",
        commits=(commit(ANA, None),), reviews=(approval(BOB),),
    ),
    scenario(
        10, "whoever pushed to the branch has a hand in it", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        pushers=(BOB,), reviews=(approval(BOB),),
    ),
    scenario(
        11, "the person for whom an agent made the commit approves", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        commits=(replace(commit(ROBOT), operators=(signed_by(BOB),)),), reviews=(approval(BOB),),
    ),
    scenario(
        11, "an agent's operator without an account", Verdict.BLOCK, ONE,
        "commit 7be01d4 has an author or committer without a GitHub account",
        commits=(replace(commit(ROBOT), operators=(signed_by(None),)),), reviews=(approval(BOB),),
    ),
    scenario(
        12, "an author without an account", Verdict.BLOCK, ONE,
        "commits 1c22e90, 7be01d4 have an author or committer without a GitHub account",
        commits=(commit(None, sha=EARLIER), commit(None)), reviews=(approval(BOB),),
    ),
    scenario(
        12, "an unknown author, and the policy asks for one more instead", Verdict.PENDING,
        "approvals: {count: 1, unattributed: one_more}", "1 of 2 approvals",
        commits=(commit(None),), reviews=(approval(BOB),),
    ),
    scenario(
        12, "one more is there", Verdict.ALLOW,
        "approvals: {count: 1, unattributed: one_more}", "2 of 2 approvals",
        commits=(commit(None),), reviews=(approval(BOB), approval(CARL, id=2)),
    ),
    scenario(
        12, "a commit without any author", Verdict.BLOCK, ONE,
        "commit 7be01d4 has an author or committer without a GitHub account",
        commits=(Commit(HEAD, (), None),), reviews=(approval(BOB),),
    ),
    scenario(
        13, "made on github.com and signed there: no committer", Verdict.ALLOW, ONE,
        "1 of 1 approvals",
        commits=(Commit(HEAD, (signed_by(ANA),), None),), reviews=(approval(BOB),),
    ),
    scenario(
        13, "web-flow as an unsigned committer is anybody", Verdict.BLOCK, ONE,
        "commit 7be01d4 has an author or committer without a GitHub account",
        commits=(Commit(HEAD, (signed_by(ANA),), signed_by(WEB_FLOW)),), reviews=(approval(BOB),),
    ),
    scenario(
        15, "a robot approves", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(approval(ROBOT),),
    ),
    scenario(
        15, "a robot that the policy names approves", Verdict.ALLOW,
        'approvals: {count: 1, bots: ["robot[bot]#90"]}', "1 of 1 approvals",
        reviews=(approval(ROBOT),),
    ),
    scenario(
        16, "a comment is no opinion", Verdict.ALLOW, ONE, "1 of 1 approvals",
        reviews=(approval(BOB, at=NOON), said(BOB, ReviewState.COMMENTED, id=2)),
    ),
    scenario(
        16, "a comment that praises is no approval", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(said(BOB, ReviewState.COMMENTED),),
    ),
    scenario(
        17, "the description approves nothing", Verdict.PENDING, ONE, "0 of 1 approvals",
        body="Approved. LGTM :+1:",
    ),
    scenario(
        18, "an approval that was edited afterwards is void", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        reviews=(replace(approval(BOB), edited_at=AFTERNOON.replace(hour=14, minute=30)),),
    ),
    scenario(
        20, "the approval of a suspended account", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(approval(BOB),), people=(Standing(BOB, Permission.WRITE, active=False),),
    ),
    scenario(
        20, "an approval by somebody who left the team", Verdict.PENDING,
        "approvals: {count: 1, teams: [acme/payments]}",
        "0 of 1 approvals by the team acme/payments",
        reviews=(approval(CARL),), people=PEOPLE,
    ),
    scenario(
        20, "teams are asked for and the snapshot knows none", Verdict.ERROR,
        "approvals: {count: 1, teams: [acme/payments]}",
        "this snapshot of the change does not hold its people",
        reviews=(approval(BOB),), people=None,
    ),
    scenario(
        21, "a member of a team, directly or through a child team", Verdict.ALLOW,
        "approvals: {count: 1, teams: [acme/payments]}",
        "1 of 1 approvals by the team acme/payments",
        reviews=(approval(BOB),), people=PEOPLE,
    ),
    scenario(
        22, "a login is the same in upper and lower case", Verdict.ALLOW,
        "approvals: {count: 1, people: [BoB]}", "1 of 1 approvals by BoB",
        reviews=(approval(BOB),), people=PEOPLE,
    ),
    scenario(
        23, "somebody else took over a login that the policy pins by its id", Verdict.PENDING,
        "approvals: {count: 1, people: [bob#2]}", "0 of 1 approvals by bob#2",
        reviews=(approval(Person(666, "bob")),),
        people=(Standing(Person(666, "bob"), Permission.WRITE),),
    ),
    scenario(
        23, "a renamed team is found by its id", Verdict.ALLOW,
        "approvals: {count: 1, teams: [acme/money#77]}",
        "1 of 1 approvals by the team acme/money#77",
        reviews=(approval(BOB),), people=PEOPLE,
    ),
    scenario(
        20, "an approval by somebody who lost write access", Verdict.PENDING, ONE,
        "0 of 1 approvals",
        reviews=(approval(BOB, can_push=False),),
    ),
    scenario(
        20, "the approval of a deleted account", Verdict.PENDING, ONE, "0 of 1 approvals",
        reviews=(approval(None),),
    ),
    scenario(
        20, "opened by an account that was deleted", Verdict.BLOCK, ONE,
        "the account that opened the pull request was deleted",
        opener=None, reviews=(approval(BOB),),
    ),
    scenario(
        23, "a renamed account is the same person", Verdict.PENDING, "approvals: {count: 2}",
        "1 of 2 approvals",
        reviews=(approval(BOB, at=NOON), approval(Person(BOB.id, "robert"), id=2)),
    ),
    scenario(
        40, "a check goes red after green", Verdict.BLOCK, TEST, "test ended with failure",
        checks=(check("test"), check("test", CheckConclusion.FAILURE, id=2)),
    ),
    scenario(
        40, "a check goes green after red", Verdict.ALLOW, TEST, "1 of 1 checks succeeded",
        checks=(check("test", id=2), check("test", CheckConclusion.FAILURE, id=1)),
    ),
    scenario(
        41, "the right name from the wrong app", Verdict.PENDING, TEST, "test has not reported",
        checks=(check("test", app_id=666),),
    ),
    scenario(
        41, "the wrong app cannot turn a check red either", Verdict.ALLOW, TEST,
        "1 of 1 checks succeeded",
        checks=(check("test"), check("test", CheckConclusion.FAILURE, id=2, app_id=666)),
    ),
    scenario(
        45, "an approval expires by the snapshot's clock", Verdict.PENDING,
        "approvals: {count: 1, expire_after_days: 2}", "0 of 1 approvals",
        reviews=(approval(BOB, at=NOON.replace(day=20)),),
    ),
    scenario(
        45, "the same instant: the later id decides", Verdict.BLOCK, ONE, "bob requested changes",
        reviews=(said(BOB, OBJECTION, id=8), approval(BOB, id=7)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("require", "fields", "verdict", "reason"), SCENARIOS)
def test_edge_case(require: str, fields: dict[str, Any], verdict: Verdict, reason: str) -> None:
    decision = decide(require, **fields)

    assert (decision.verdict, decision.result.children[0].reason) == (verdict, reason)


@pytest.mark.parametrize("conclusion", [*CheckConclusion])
def test_40_every_conclusion_but_success_blocks(conclusion: CheckConclusion) -> None:
    expected = Verdict.ALLOW if conclusion is CheckConclusion.SUCCESS else Verdict.BLOCK

    assert decide(TEST, checks=(check("test", conclusion),)).verdict is expected


@pytest.mark.parametrize(
    "source",
    ["", "# nothing\n", "{}", "policy: {}", "version: 1", "version: 1\nrequirements: {}",
     "version: 1\nrequirements:", "version: 1\nrequirements: {A: {}}",
     "version: 1\nrequirements: {A: {require: {}}}",
     "version: 1\nrequirements: {A: {require: {checks: []}}}"],
)  # fmt: skip
def test_34_a_policy_that_asks_for_nothing_is_invalid(source: str) -> None:
    with pytest.raises(InvalidPolicy):
        parse_policy(source.encode(), POLICY_PATH)


@pytest.mark.parametrize("second", ["Review", "'Review'", "REVIEW", "ｒeview"])
def test_35_two_requirements_of_one_name_are_an_error(second: str) -> None:
    require = "{require: {approvals: {count: 1}}}"
    source = f"version: 1\nrequirements:\n  Review: {require}\n  {second}: {require}\n"

    with pytest.raises(InvalidPolicy, match=r"changewarden\.yml:4:3: "):
        parse_policy(source.encode(), POLICY_PATH)


def test_36_a_policy_of_which_nothing_applies_blocks() -> None:
    decision = evaluate(
        Policy(POLICY_PATH, "sha256:0", Group(Combine.POLICY, "policy", ())), SAMPLE
    )

    assert (decision.verdict, decision.result.reason) == (Verdict.BLOCK, "no requirement applies")


def test_a_change_that_has_everything_is_allowed() -> None:
    assert evaluate(policy(), ready()).verdict is Verdict.ALLOW


def test_a_pull_request_without_commits_blocks() -> None:
    empty: tuple[Commit, ...] = ()
    assert decide(ONE, commits=empty, reviews=(approval(BOB),)).verdict is Verdict.BLOCK


def dropped(changed: Change) -> tuple[str, ...]:
    return evaluate(policy(ONE), changed).result.children[0].children[0].dropped


def test_every_approval_that_does_not_count_is_named_with_why() -> None:
    reviews = (
        approval(ANA, id=1),
        approval(BOB, id=2, sha=EARLIER),
        approval(CARL, id=3, can_push=False),
        approval(ROBOT, id=4),
        approval(DINA, id=5, at=NOON),
        approval(DINA, id=6),
        said(Person(9, "eve"), DISMISSED, id=7),
        approval(None, id=8),
    )

    assert dropped(ready(reviews=reviews)) == (
        "dina's approval of 7be01d4: replaced by a later review",
        "ana's approval of 7be01d4: ana opened the pull request",
        "bob's approval of 1c22e90: new commits were pushed after it",
        "carl's approval of 7be01d4: carl has no write access",
        "robot[bot]'s approval of 7be01d4: only people's approvals count",
        "eve's review of 7be01d4: it was dismissed",
        "a deleted account's approval of 7be01d4: the account was deleted",
    )


NO_PEOPLE = "approvals: {count: 1, teams: [acme/payments]}"


@pytest.mark.parametrize("order", [(ONE, NO_PEOPLE), (NO_PEOPLE, ONE)])
def test_33_an_alternative_that_cannot_be_evaluated_is_an_error_beside_one_that_passes(
    order: tuple[str, str],
) -> None:
    both = ", ".join(f"{{{require}}}" for require in order)

    decision = decide(f"any: [{both}]", reviews=(approval(BOB),), people=None)

    assert decision.verdict is Verdict.ERROR


RULES = (ChangedFile(".github/changewarden.yml", FileChange.MODIFIED),)


@pytest.mark.parametrize(
    ("reviews", "verdict"),
    [((), Verdict.PENDING), ((approval(ANA),), Verdict.PENDING), ((approval(BOB),), Verdict.ALLOW)],
    ids=["nobody approved", "the author did", "somebody else did"],
)
def test_25_a_change_of_the_policy_needs_another_person_whatever_the_policy_says(
    reviews: tuple[Review, ...], verdict: Verdict
) -> None:
    assert decide("draft: false", files=RULES, reviews=reviews).verdict is verdict


def test_25_the_policys_owners_can_be_named() -> None:
    source = b"""\
version: 1
policy_owners: {teams: [acme/security]}
requirements: {Ready: {require: {draft: false}}}
"""
    owned = parse_policy(source, POLICY_PATH)
    by = {
        person: evaluate(owned, ready(files=RULES, reviews=(approval(person),), people=PEOPLE))
        for person in (BOB, DINA)
    }

    assert [decision.verdict for decision in by.values()] == [Verdict.PENDING, Verdict.ALLOW]
