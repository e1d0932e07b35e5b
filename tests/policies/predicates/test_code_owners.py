"""Whose approval a changed file needs, and that it counts as any other approval does."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import ANA, BOB, CARL, DINA, EARLIER, approval, decide, ready
from tests.policies.edge_cases import PEOPLE
from warden_policies.code_owners import MAX_CHARACTERS
from warden_policies.evaluate import evaluate
from warden_policies.example import file
from warden_policies.language import parse_policy
from warden_policies.model import Change, ContentProof, FileChange, Review
from warden_policies.outcome import Result, Verdict

ONE, TWO = "code_owners: {count: 1}", "code_owners: {count: 2}"
OWNERS = """\
* @ana @bob
/payments/ @acme/payments
/docs/
"""
FILES = (file("payments/fee.py"), file("src/a.py"), file("docs/a.md"))


def asked(require: str = ONE, **fields: Any) -> Result:
    parts = {"files": FILES, "people": PEOPLE, "code_owners": OWNERS} | fields
    return decide(require, **parts).result.children[0].children[0]


@pytest.mark.parametrize(
    ("reviews", "reason"),
    [
        ((), "owners approved 0 of 2 owned paths"),
        ((approval(BOB),), "owners approved 2 of 2 owned paths"),
        ((approval(DINA),), "owners approved 0 of 2 owned paths"),
        ((approval(ANA),), "owners approved 0 of 2 owned paths"),
        ((approval(BOB, sha=EARLIER),), "owners approved 0 of 2 owned paths"),
        ((approval(BOB, can_push=False),), "owners approved 0 of 2 owned paths"),
    ],
    ids=["nobody", "an owner", "another", "the opener", "an earlier commit", "no write access"],
)
def test_only_an_owners_valid_approval_counts(reviews: tuple[Review, ...], reason: str) -> None:
    assert asked(reviews=reviews).reason == reason


def test_an_approval_of_the_same_content_counts_here_too() -> None:
    proofs = (ContentProof(EARLIER, same=True, how="a clean rebase"),)
    result = asked(reviews=(approval(BOB, sha=EARLIER),), proofs=proofs)

    assert result.reason == "owners approved 2 of 2 owned paths"


def test_who_approved_what_is_evidence_and_who_is_no_owner_is_named() -> None:
    files = (*FILES, file("src/b.py"))
    result = asked(reviews=(approval(BOB), approval(CARL, id=2)), files=files)

    assert [item.text for item in result.evidence] == [
        "payments/fee.py: 1 of 1 approvals (bob) by the team acme/payments",
        "src/a.py and 1 more: 1 of 1 approvals (bob) by ana, bob",
    ]
    assert result.dropped == ("carl's approval of 7be01d4: carl owns none of the files",)
    assert (result.approvers, result.needed) == ((BOB,), 1)


def test_the_owners_who_may_still_approve_are_asked() -> None:
    assert [
        (action.who, action.what) for action in asked(TWO, reviews=(approval(BOB),)).actions
    ] == [
        (
            ("the team acme/payments",),
            "approve 7be01d4 as owner of payments/fee.py (1 more needed)",
        ),
        (
            ("ana, bob",),
            "approve 7be01d4 as owner of src/a.py (1 more needed;"
            " not ana, who opened the pull request)",
        ),
    ]
    assert [(action.who, action.what[:35]) for action in asked().actions] == [
        (("bob",), "approve 7be01d4 as owner of payment"),
        (("bob",), "approve 7be01d4 as owner of src/a.p"),
    ]


def test_a_moved_file_needs_the_owners_of_both_places() -> None:
    moved = (file("src/fee.py", FileChange.RENAMED, previous_path="payments/fee.py"),)
    owners = "/src/ @carl\n/payments/ @bob\n"

    for reviews, reason in (
        ((approval(CARL),), "owners approved 1 of 2 owned paths"),
        ((approval(CARL), approval(BOB, id=2)), "owners approved 2 of 2 owned paths"),
    ):
        assert asked(reviews=reviews, files=moved, code_owners=owners).reason == reason


def test_an_owner_who_has_left_is_none() -> None:
    left = tuple(replace(each, active=each.person != BOB) for each in PEOPLE)

    assert asked(reviews=(approval(BOB),), people=left).outcome == "pending"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"code_owners": None}, "this snapshot of the change does not hold its code owners"),
        ({"files": None}, "this snapshot of the change does not hold its files"),
        ({"people": None}, "this snapshot of the change does not hold its people"),
        ({"code_owners": "#" * (MAX_CHARACTERS + 1)},
         "CODEOWNERS has more than 3000000 characters"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_an_error(fields: dict[str, Any], reason: str) -> None:
    result = asked(reviews=(approval(BOB),), **fields)

    assert (result.outcome, result.reason) == ("error", reason)


def test_a_line_that_cannot_be_read_is_told_in_every_decision() -> None:
    said = "CODEOWNERS line 1: a pattern cannot be negated with !"

    for owners in ("!a @bob\n* @bob", "!a @bob"):
        assert said in asked(reviews=(approval(BOB),), code_owners=owners).dropped


def test_beside_an_account_an_address_does_no_harm_and_no_good() -> None:
    owners = "* docs@example.org @bob"

    assert asked(reviews=(approval(BOB),), code_owners=owners).outcome == "pass"
    assert asked(reviews=(approval(CARL),), code_owners=owners).outcome == "pending"


def alone(change: Change) -> Verdict:
    source = b"version: 1\nrequirements: {Owners: {require: {code_owners: {count: 1}}}}"
    return evaluate(parse_policy(source, "p.yml"), change).verdict


def test_a_policy_of_code_owners_alone_lets_nothing_through_that_nobody_owns() -> None:
    for owners in ("", "/docs/ @bob", "* @bob\n/payments/\n/tests/\n"):
        assert alone(ready(code_owners=owners)) is Verdict.BLOCK
    assert alone(ready(code_owners="* @bob")) is Verdict.ALLOW


def test_beside_approvals_files_without_owners_need_no_owner() -> None:
    source = b"""
version: 1
requirements:
  Review: {require: {approvals: {count: 1}}}
  Owners: {require: {code_owners: {count: 1}}}
"""
    policy = parse_policy(source, "p.yml")

    assert evaluate(policy, ready(code_owners="/docs/ @bob")).verdict is Verdict.ALLOW
    assert evaluate(policy, ready(code_owners="* @dina")).verdict is Verdict.PENDING


def test_a_team_is_known_by_its_name_whatever_the_case() -> None:
    result = asked(reviews=(approval(BOB),), code_owners="* @Acme/Payments")

    assert result.outcome == "pass"
