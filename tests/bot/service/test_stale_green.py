"""No green check outlives its reason, and no pull request holds up another for ever."""

from tests.bot.service.conftest import BODY, Scene, wait_until
from warden_bot.ledger.entry import EntryKind
from warden_policies.outcome import Verdict


def open_green(scene: Scene) -> int:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    return number


def conclusion(scene: Scene) -> str | None:
    (run,) = scene.our_runs(scene.repository.head("topic"))
    return run.conclusion


def test_a_green_check_turns_red_when_github_no_longer_knows_the_pull_request(
    scene: Scene,
) -> None:
    number = open_green(scene)
    scene.github.fail_next("POST", "/api/graphql", 404, times=1_000)
    scene.repository.edit_body(scene.ana, number, "")
    wait_until(lambda: conclusion(scene) == "failure", "the green check to be withdrawn")


def test_a_check_that_github_loses_sight_of_is_written_once_it_is_back(scene: Scene) -> None:
    number = open_green(scene)
    scene.github.fail_next("GET", "/check-runs$", 404, times=2)
    scene.github.fail_next("PATCH", "/check-runs/", 404, times=2)
    scene.repository.edit_body(scene.ana, number, "")
    wait_until(lambda: conclusion(scene) == "failure", "the green check to be withdrawn")


def test_an_update_whose_answer_was_lost_is_not_taken_for_undone(scene: Scene) -> None:
    number = scene.open(body="")
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "failure"
    scene.github.fail_next("PATCH", "/check-runs/", 502, after=True)
    scene.repository.edit_body(scene.ana, number, BODY)
    wait_until(lambda: conclusion(scene) == "success", "the update to arrive")
    scene.repository.edit_body(scene.ana, number, "")
    assert scene.check().conclusion == "failure"


def test_a_merge_does_not_seal_a_decision_that_was_in_doubt(scene: Scene) -> None:
    number = open_green(scene)
    scene.repository.protect("main")
    scene.github.fail_next("POST", "/api/graphql", 502, times=2)
    scene.repository.review(scene.carl, number, "CHANGES_REQUESTED")
    wait_until(lambda: conclusion(scene) == "failure", "the doubt to be shown")
    scene.repository.merge(scene.ana, number)
    scene.settle()
    merge = scene.entries(number)[-1]
    assert (merge.kind, merge.verdict) == (EntryKind.MERGE, Verdict.BLOCK)


def test_a_pull_request_whose_base_was_deleted_does_not_hold_up_its_twin(scene: Scene) -> None:
    open_green(scene)
    scene.repository.push(scene.carl, "release", {"notes": "1\n"}, "Begin a release")
    twin = scene.repository.open_pull_request(scene.ana, "topic", "Again", BODY, base="release")
    assert scene.check().conclusion == "action_required"
    with scene.github.hold("POST", "/api/graphql"):
        scene.repository.close(scene.ana, twin)
        scene.repository.delete_branch(scene.carl, "release")
    assert scene.check().conclusion == "success"
