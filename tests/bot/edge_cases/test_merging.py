"""The policy that a pull request would bring, and merges that do not wait for an answer."""

import json

from tests.bot.service.conftest import BODY, POLICY, Scene
from tests.bot.service.test_webhook import post
from warden_bot.ledger.entry import EntryKind
from warden_policies.outcome import Verdict

RECORD_ONLY = "version: 1\nrequirements: {Draft: {require: {draft: false}}}\n"


def test_row_25_whoever_changes_the_policy_is_held_to_the_present_one_and_to_another_person(
    scene: Scene,
) -> None:
    scene.repository.push(scene.carl, "main", {".github/changewarden.yml": RECORD_ONLY}, "Loosen")
    scene.repository.push(scene.ana, "code", {"app.py": "3\n"}, "Change the code")
    scene.repository.open_pull_request(scene.ana, "code", "Change the code", BODY)
    assert scene.check("code").conclusion == "success", "nobody is asked for by this policy"

    stricter = {".github/changewarden.yml": POLICY.replace("count: 1", "count: 2")}
    scene.repository.push(scene.ana, "rules", stricter, "Change the rules")
    number = scene.repository.open_pull_request(scene.ana, "rules", "Change the rules", BODY)
    waiting = scene.check("rules")
    assert waiting.conclusion == "action_required"
    assert "Policy change" in (waiting.summary or "")

    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check("rules").conclusion == "success"


def test_row_44_a_merge_queues_commit_gets_no_check_that_was_not_earned(scene: Scene) -> None:
    scene.open()
    sha = scene.repository.push(scene.carl, "gh-readonly-queue/main/pr-1", {"q.py": "1\n"}, "Queue")
    group = {"head_sha": sha, "head_ref": "refs/heads/gh-readonly-queue/main/pr-1"}
    body = json.dumps({"action": "checks_requested", "merge_group": group}).encode()

    status, _ = post(scene, body, X_GitHub_Event="merge_group", X_GitHub_Delivery="queue-1")
    scene.settle()

    assert status == 202
    assert scene.our_runs(sha) == []


def test_row_47_what_is_merged_past_the_check_is_recorded_as_not_allowed(scene: Scene) -> None:
    number = scene.open()
    assert scene.check().conclusion == "action_required"
    scene.repository.protect("main")

    scene.repository.merge(scene.carl, number)
    scene.settle()

    merge = scene.entries(number)[-1]
    assert (merge.kind, merge.verdict) == (EntryKind.MERGE, Verdict.PENDING)
