"""What policy-bot 1.36.2 lets pass, an auditor would not, and this dialect repeats all the same.

Each row is one of the table in docs/reference/policy-bot.md.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import ANA, BOB, CARL, DINA, EARLIER, HEAD, NOON, ROBOT, SAMPLE, approval, said
from warden_policies.evaluate import evaluate
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.model import (
    Change,
    Comment,
    Commit,
    Label,
    Person,
    ReviewState,
    Signature,
    Unread,
)
from warden_policies.outcome import Result, Verdict

ALL = ["ana", "bob", "carl", "dina", "robot[bot]"]
BASE = "ba5e000"
REQUESTED = ReviewState.CHANGES_REQUESTED


def by(
    author: Person | None, committer: Person | None = None, sha: str = HEAD, *parents: str
) -> Commit:
    signatures = [Signature("", person) for person in (author, committer or author)]
    return Commit(sha, (signatures[0],), signatures[1], parents or (BASE,), pushed_at=NOON)


def change(**fields: Any) -> Change:
    """A change of Ana's of which everything was read."""
    read = {"comments": (), "files": (), "labels": (), "statuses": (), "people": ()}
    return replace(SAMPLE, **{"commits": (by(ANA),), "opened_at": NOON, **read, **fields})


def rule(count: int = 1, *, requires: Any = None, **options: Any) -> dict[str, Any]:
    """A policy with one rule that anybody may satisfy."""
    asked = {"count": count, "users": ALL} if requires is None else requires
    rules = [{"name": "r", "options": options, "requires": asked}]
    return {"policy": {"approval": ["r"]}, "approval_rules": rules}


def disapproved_by_anybody(**more: Any) -> dict[str, Any]:
    return {"policy": {"disapproval": {"requires": {"users": ALL}, **more}}}


def note(author: Person, body: str, minute: int = 0) -> Comment:
    return Comment(minute, author, body, NOON + timedelta(minutes=minute))


def verdict(policy: Any, **fields: Any) -> Verdict:
    return evaluate(policy_from_data(policy, ".policy.yml"), change(**fields)).verdict


ALLOWED: list[tuple[str, Any, dict[str, Any]]] = [
    (
        "a later request for changes takes no approval back",
        rule(),
        {"reviews": (approval(BOB, at=NOON), said(BOB, REQUESTED, id=2))},
    ),
    (
        "somebody else's request for changes is nothing without a disapproval",
        rule(),
        {"reviews": (approval(BOB), said(CARL, REQUESTED, id=2))},
    ),
    (
        "the opener takes back somebody else's disapproval",
        disapproved_by_anybody(),
        {"reviews": (said(BOB, REQUESTED, at=NOON),), "comments": (note(ANA, ":+1:", 1),)},
    ),
    (
        "at the same time the withdrawal wins",
        disapproved_by_anybody(),
        {"reviews": (said(BOB, REQUESTED, at=NOON),), "comments": (note(ANA, "👍"),)},
    ),
    (
        "an approval comes back when the later one is dismissed",
        rule(),
        {"reviews": (approval(BOB, at=NOON), said(BOB, ReviewState.DISMISSED, id=2))},
    ),
    (
        "an approval of an earlier commit counts",
        rule(),
        {"reviews": (approval(BOB, sha=EARLIER),)},
    ),
    (
        "a commit that was reported on before the approval does not invalidate it",
        rule(invalidate_on_push=True),
        {"reviews": (approval(BOB, sha=EARLIER),)},
    ),
    (
        "who committed on a side branch approves",
        rule(),
        {
            "commits": (by(ANA, ANA, HEAD, BASE, "5" * 40), by(BOB, BOB, "5" * 40)),
            "reviews": (approval(BOB),),
        },
    ),
    (
        "a co-author approves",
        rule(),
        {
            "commits": (replace(by(ANA), authors=(Signature("", ANA), Signature("", BOB))),),
            "reviews": (approval(BOB),),
        },
    ),
    (
        "a commit of nobody known is not looked at",
        rule(),
        {"commits": (by(None),), "reviews": (approval(BOB),)},
    ),
    (
        "who made an ignored commit approves",
        rule(ignore_commits_by={"users": ["bob"]}),
        {"commits": (by(BOB),), "reviews": (approval(BOB),)},
    ),
    (
        "whoever is allowed as a contributor is allowed as the opener",
        rule(allow_contributor=True, allow_author=False),
        {"reviews": (approval(ANA),)},
    ),
    ("a bot approves", rule(), {"reviews": (approval(ROBOT),)}),
    ("a refusal approves", rule(), {"comments": (note(BOB, "I can't give this a :+1:"),)}),
    (
        "a review that only comments approves as a comment does",
        rule(),
        {"reviews": (replace(said(BOB, ReviewState.COMMENTED), body="not yet 👍"),)},
    ),
    (
        "another method leaves the usual ones on",
        rule(methods={"comment_patterns": ["^override: .+"]}),
        {"comments": (note(BOB, ":+1:"),)},
    ),
    (
        "the opener approves in the description",
        rule(allow_author=True, methods={"body_patterns": ["(?i)reviewed"]}),
        {"body": "Reviewed."},
    ),
    (
        "whoever put a label there satisfies it",
        rule(requires={"conditions": {"has_labels": ["HOTFIX"]}}),
        {"labels": (Label("hotfix"),)},
    ),
    (
        "an alternative that is approved hides an error",
        {
            "policy": {"approval": [{"or": ["files", "free"]}]},
            "approval_rules": [
                {"name": "files", "if": {"changed_files": {"paths": ["."]}}},
                {"name": "free"},
            ],
        },
        {"files": None, "unread": (Unread("files", "too many files"),)},
    ),
    ("a policy that says nothing", {}, {}),
    ("rules that nobody names", {"approval_rules": rule(9)["approval_rules"]}, {}),
    (
        "one person serves two rules",
        {
            "policy": {"approval": ["a", "b"]},
            "approval_rules": [
                {"name": name, "requires": {"count": 1, "users": ["bob"]}} for name in "ab"
            ],
        },
        {"reviews": (approval(BOB),)},
    ),
]


@pytest.mark.parametrize(("policy", "fields"), [
    pytest.param(policy, fields, id=title) for title, policy, fields in ALLOWED
])  # fmt: skip
def test_what_passes_here(policy: Any, fields: dict[str, Any]) -> None:
    assert verdict(policy, **fields) is Verdict.ALLOW


STOPPED: list[tuple[str, Any, dict[str, Any], Verdict]] = [
    (
        "upper and lower case are two people",
        rule(requires={"count": 1, "users": ["Bob"]}),
        {"reviews": (approval(BOB),)},
        Verdict.PENDING,
    ),
    (
        "an unknown time of push is now",
        rule(invalidate_on_push=True),
        {"commits": (replace(by(ANA), pushed_at=None),), "reviews": (approval(BOB),)},
        Verdict.PENDING,
    ),
    (
        "an approval at the moment of the push is not after it",
        rule(invalidate_on_push=True),
        {"reviews": (approval(BOB, at=NOON),)},
        Verdict.PENDING,
    ),
    (
        "a count without actors waits for ever",
        rule(requires={"count": 1}),
        {"reviews": (approval(BOB),)},
        Verdict.PENDING,
    ),
    (
        "a later edited comment hides the approval before it",
        rule(ignore_edited_comments=True),
        {
            "reviews": (approval(BOB, at=NOON),),
            "comments": (replace(note(BOB, ":+1:", 5), edited_at=NOON + timedelta(hours=1)),),
        },
        Verdict.PENDING,
    ),
    (
        "two cannot be one person twice",
        rule(2),
        {"reviews": (approval(BOB),), "comments": (note(BOB, ":+1:"),)},
        Verdict.PENDING,
    ),
    (
        "everything is skipped",
        {
            "policy": {"approval": ["r"]},
            "approval_rules": [{"name": "r", "if": {"changed_files": {"paths": ["x"]}}}],
        },
        {},
        Verdict.BLOCK,
    ),
    (
        "a disapproval outweighs every approval",
        {**rule(), "policy": {"approval": ["r"], "disapproval": {"requires": {"users": ALL}}}},
        {"reviews": (approval(BOB, at=NOON), said(CARL, REQUESTED, id=2))},
        Verdict.BLOCK,
    ),
    (
        "a predicate disapproves without anybody",
        {"policy": {"disapproval": {"if": {"title": {"matches": ["fee"]}}}}},
        {},
        Verdict.BLOCK,
    ),
    (
        "a snapshot that does not tell the parents of its head",
        rule(),
        {
            "commits": (replace(by(ANA), parents=()), by(BOB, BOB, EARLIER)),
            "reviews": (approval(BOB),),
        },
        Verdict.ERROR,
    ),
    (
        "a head that is not among the commits",
        rule(),
        {"commits": (by(ANA, ANA, EARLIER),), "reviews": (approval(BOB),)},
        Verdict.ERROR,
    ),
    (
        "permissions of people that were not read",
        rule(requires={"count": 1, "permissions": ["write"]}),
        {"people": None, "reviews": (approval(BOB),)},
        Verdict.ERROR,
    ),
    (
        "a description of which nobody knows when it was written",
        rule(methods={"body_patterns": ["."]}),
        {"body": "Fee.", "opened_at": None},
        Verdict.ERROR,
    ),
    (
        "disapprovals in comments that were not read",
        disapproved_by_anybody(),
        {"comments": None},
        Verdict.ERROR,
    ),
    (
        "a branch of a fork that is gone",
        rule(requires={"conditions": {"from_branch": {"pattern": "^fee"}}}),
        {"head_repository": None},
        Verdict.ERROR,
    ),
    (
        "a description longer than any of GitHub's",
        rule(methods={"body_patterns": ["(a+)+$"]}),
        {"body": "a" * 1024 * 1024},
        Verdict.ERROR,
    ),
]


@pytest.mark.parametrize(("policy", "fields", "expected"), [
    pytest.param(policy, fields, expected, id=title) for title, policy, fields, expected in STOPPED
])  # fmt: skip
def test_what_does_not_pass(policy: Any, fields: dict[str, Any], expected: Verdict) -> None:
    assert verdict(policy, **fields) is expected


def _leaf(result: Result) -> Result:
    return result.children[0].children[0].children[0]


def test_an_approval_that_does_not_count_is_told_with_why() -> None:
    policy = policy_from_data(rule(2), ".policy.yml")
    reviews = (approval(ANA), approval(BOB, id=2), approval(Person(9, "eve"), id=3), approval(DINA))
    decision = evaluate(policy, change(commits=(by(BOB),), reviews=reviews))

    leaf = _leaf(decision.result)
    assert leaf.reason == "1/2 required approvals"
    assert leaf.dropped == (
        "ana's approval: opened the pull request",
        "bob's approval: contributed to the change",
        "eve's approval: none of ana, bob, carl, dina, robot[bot]",
    )
    (action,) = leaf.actions
    assert action.who == ("ana", "bob", "carl", "dina", "robot[bot]")
    assert action.what == "approve by a review, the comment ':+1:', the comment '👍'"


def test_web_flow_commits_what_github_made() -> None:
    """policy-bot takes it for a contributor like any other."""
    web_flow = Person(19864447, "web-flow")
    policy = {
        "policy": {"approval": ["r"]},
        "approval_rules": [
            {"name": "r", "if": {"only_has_contributors_in": {"users": ["ana"]}}},
        ],
    }
    assert verdict(policy, commits=(replace(by(ANA), committer=None),)) is Verdict.BLOCK
    assert verdict(policy, commits=(by(ANA, web_flow),)) is Verdict.BLOCK
    assert verdict(policy, commits=(by(ANA),)) is Verdict.ALLOW
