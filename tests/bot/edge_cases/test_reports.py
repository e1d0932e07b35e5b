"""What others report, and reports that come twice, at once, or not at all."""

import threading

import pytest

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.service.conftest import Scene, wait_until
from warden_bot.sandbox import Account


def approved(scene: Scene) -> int:
    """A pull request that is green."""
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    return number


@pytest.mark.parametrize("conclusion", ["failure", "cancelled", "timed_out", "neutral", "skipped"])
def test_row_40_a_check_that_was_green_and_is_not_any_more_withdraws_the_approval(
    scene: Scene, conclusion: str
) -> None:
    approved(scene)
    scene.tests_pass(conclusion=conclusion)

    assert scene.check().conclusion in {"failure", "action_required"}


def test_row_41_a_status_that_borrows_the_name_of_a_check_is_none(scene: Scene) -> None:
    number = scene.open()
    scene.repository.review(scene.bob, number, "APPROVED")
    head = scene.repository.head("topic")
    scene.repository.report_status(scene.ana, head, "test", "success")
    scene.repository.report_check(
        scene.github.app(77, "forger"), head, "test", "completed", "success"
    )
    assert scene.check().conclusion == "action_required"

    scene.tests_pass()
    assert scene.check().conclusion == "success"


def test_row_41_whoever_reported_a_status_is_known(quiet: Quiet) -> None:
    head = quiet.repository.head("topic")
    quiet.repository.report_status(quiet.ana, head, "ci/old", "success")

    (status,) = quiet.change.statuses or ()
    assert (status.name, status.state) == ("ci/old", "success")
    assert status.creator == quiet.change.opener


def test_row_46_events_that_come_all_at_once_end_in_one_check_with_the_last_word(
    scene: Scene,
) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.settle()

    def speak(person: Account, state: str) -> None:
        for _ in range(5):
            scene.repository.review(person, number, "COMMENTED", "Looking")
        scene.repository.review(person, number, state)

    everybody = [
        threading.Thread(target=speak, args=(scene.bob, "APPROVED")),
        threading.Thread(target=speak, args=(scene.carl, "CHANGES_REQUESTED")),
    ]
    for one in everybody:
        one.start()
    for one in everybody:
        one.join(20)

    assert scene.check().conclusion == "failure", "an objection stands"
    entries = scene.entries(number)
    assert [entry.sequence for entry in entries] == list(range(len(entries)))
    scene.repository.review(scene.carl, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_row_48_an_event_that_was_lost_is_made_good_by_sending_it_again(scene: Scene) -> None:
    number = approved(scene)
    listening, scene.github.webhook_url = scene.github.webhook_url, "http://127.0.0.1:9/webhook"
    scene.repository.review(scene.carl, number, "CHANGES_REQUESTED")
    scene.github.wait_for_deliveries()
    scene.github.webhook_url = listening
    assert scene.check().conclusion == "success", "nobody has told us"

    for delivery in scene.github.deliveries:
        if delivery.event == "pull_request_review" and delivery.status_code >= 400:
            scene.github.redeliver(delivery.id)
    head = scene.repository.head("topic")
    wait_until(lambda: scene.our_runs(head)[0].conclusion == "failure", "the objection to be heard")


def test_row_48_and_any_later_event_makes_it_good_as_well(scene: Scene) -> None:
    number = approved(scene)
    listening, scene.github.webhook_url = scene.github.webhook_url, "http://127.0.0.1:9/webhook"
    scene.repository.review(scene.carl, number, "CHANGES_REQUESTED")
    scene.github.wait_for_deliveries()
    scene.github.webhook_url = listening
    scene.repository.comment(scene.ana, number, "Anybody there?")

    assert scene.check().conclusion == "failure"
