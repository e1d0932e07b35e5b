"""From a webhook to a check run, over real HTTP, held against GitHub's own description."""

import pytest

from tests.bot.service.conftest import BODY, POLICY, Scene
from warden_bot.ledger.entry import EntryKind
from warden_bot.sandbox import Refusal
from warden_policies.outcome import Verdict


def test_a_pull_request_is_blocked_reviewed_pushed_to_reviewed_again_and_merged(
    scene: Scene,
) -> None:
    number = scene.open()
    assert scene.check().conclusion == "action_required"
    assert "0 of 1 approvals" in (scene.check().title or "")

    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert (scene.check().conclusion, scene.check().title) == (
        "success",
        "Change record complete (3 of 3), decision #1",
    )

    scene.push(content="2\n")
    dropped = scene.check()
    assert dropped.conclusion == "action_required"
    assert "bob's approval of" in (dropped.summary or "")
    with pytest.raises(Refusal, match="Required status check"):
        scene.repository.merge(scene.carl, number)

    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    scene.repository.merge(scene.carl, number)
    scene.settle()
    entries = scene.entries(number)
    assert [entry.sequence for entry in entries] == list(range(len(entries)))
    merge = entries[-1]
    assert (merge.kind, merge.verdict) == (EntryKind.MERGE, Verdict.ALLOW)
    assert merge.merge_sha == scene.repository.head("main")
    assert merge.decision_digest == entries[-2].decision_digest


def test_the_check_run_carries_the_logs_size_and_root(scene: Scene) -> None:
    number = scene.open()
    summary = scene.check().summary or ""
    (entry,) = scene.entries(number)
    assert f"{entry.log}\n1\n" in summary


@pytest.mark.parametrize(
    ("body", "missing"),
    [("", "reason"), (BODY.replace("Rollback plan", "Notes"), "rollback plan")],
)
def test_an_incomplete_description_blocks_until_it_is_completed(
    scene: Scene, body: str, missing: str
) -> None:
    number = scene.open(body=body)
    assert scene.check().conclusion == "failure"
    assert missing in (scene.check().title or "")
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    scene.repository.edit_body(scene.ana, number, BODY)
    assert scene.check().conclusion == "success"


def test_a_check_that_turns_red_withdraws_the_approval(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    scene.tests_pass(conclusion="failure")
    assert scene.check().conclusion == "failure"


def test_a_dismissed_review_withdraws_the_approval(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    review = scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    scene.repository.dismiss_review(scene.carl, number, review)
    assert scene.check().conclusion == "action_required"


POLICIES = [
    pytest.param("version: 1\n", "missing key 'requirements'", id="incomplete"),
    pytest.param(
        "version: 1\nversion: 1\nrequirements: {}\n", "changewarden.yml:2:1", id="a key twice"
    ),
    pytest.param(
        "version: 1\nrequirements:\n  A:\n    requird:\n      approvals: {count: 1}\n",
        "did you mean 'require'",
        id="an unknown key",
    ),
    pytest.param("", "policy is empty", id="empty"),
    pytest.param("\0\1", "binary", id="binary"),
    pytest.param(None, "there is no such file", id="missing"),
]


@pytest.mark.parametrize(("policy", "words"), POLICIES)
def test_a_policy_that_cannot_be_used_is_never_green_and_says_where(
    scene: Scene, policy: str | None, words: str
) -> None:
    change = {".github/changewarden.yml": policy}
    scene.repository.push(scene.ana, "main", change, "Change the policy")
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    check = scene.check()
    assert check.conclusion == "failure"
    assert "Could not decide" in (check.title or "")
    assert words in f"{check.title}{check.summary}"


def test_the_policy_is_that_of_the_base_and_never_the_pull_requests_own(scene: Scene) -> None:
    lax = {".github/changewarden.yml": "version: 1\nrequirements: {}\n", "app.py": "2\n"}
    scene.repository.push(scene.ana, "topic", lax, "Make it easy")
    scene.repository.open_pull_request(scene.ana, "topic", "Make it easy", BODY)
    assert "0 of 1 approvals" in (scene.check().title or "")


def test_nothing_is_written_when_nothing_changed(scene: Scene) -> None:
    number = scene.open()
    before = scene.check()
    writes = scene.requests("PATCH", "check-runs") + scene.requests("POST", "check-runs")
    for _ in range(3):
        scene.repository.review(scene.bob, number, "COMMENTED", "Looking at it.")
        scene.settle()
    assert len(scene.entries(number)) == 4, "what was looked at is recorded all the same"
    assert scene.requests("PATCH", "check-runs") + scene.requests("POST", "check-runs") == writes
    assert scene.check().title == before.title


def test_a_closed_pull_request_that_is_reopened_is_decided_again(scene: Scene) -> None:
    number = scene.open()
    scene.settle()
    scene.repository.close(scene.ana, number)
    scene.settle()
    scene.repository.reopen(scene.ana, number)
    assert scene.check().conclusion == "action_required"


def test_two_pull_requests_with_one_head_get_the_stricter_answer(scene: Scene) -> None:
    scene.open()
    scene.tests_pass()
    scene.repository.push(scene.carl, "release", {"notes": "1\n"}, "Begin a release")
    other = scene.repository.open_pull_request(scene.ana, "topic", "Again", "", base="release")
    scene.repository.review(scene.bob, 1, "APPROVED")
    check = scene.check()
    assert check.conclusion == "failure"
    assert "also the head of #1" in (check.summary or "")
    assert f"the one for #{other}" in (check.summary or "")


LAX = "version: 1\nrequirements:\n  A:\n    require:\n      change_record: {sections: [reason]}\n"


@pytest.mark.parametrize("policy", [LAX, POLICY.replace("count: 1", "count: 2"), None])
def test_a_branch_with_a_policy_of_its_own_is_no_way_around_that_of_the_default_branch(
    scene: Scene, policy: str | None
) -> None:
    lax = {".github/changewarden.yml": policy}
    scene.repository.push(scene.ana, "lax", lax, "Make it easy")
    scene.push("topic")
    scene.repository.open_pull_request(scene.ana, "topic", "Go", BODY, base="lax")
    assert scene.check().conclusion == ("failure" if policy is None else "action_required")
    with scene.github.hold("POST", "/api/graphql"):
        number = scene.repository.open_pull_request(scene.ana, "topic", "Then there", BODY)
        with pytest.raises(Refusal, match="Required status check"):
            scene.repository.merge(scene.ana, number)


def test_a_check_that_is_run_again_withdraws_the_approval_until_it_ends(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    head, actions = scene.repository.head("topic"), scene.github.app()
    scene.repository.report_check(actions, head, "test", "queued")
    assert scene.check().conclusion == "action_required"
