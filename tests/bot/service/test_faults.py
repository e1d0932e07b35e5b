"""What goes wrong around a decision: nothing is lost, doubled or falsely green."""

import pytest

from tests.bot.service.conftest import Scene, wait_until
from warden_bot.store import work


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_answer_that_fails_is_asked_for_again(scene: Scene, status: int) -> None:
    scene.github.fail_next("POST", "/api/graphql", status)
    scene.open()
    assert scene.check().conclusion == "action_required"


@pytest.mark.parametrize("after", [True, False])
def test_a_check_run_whose_creation_seemed_to_fail_exists_once(scene: Scene, after: bool) -> None:
    scene.github.fail_next("POST", "/check-runs$", 502, after=after)
    scene.open()
    assert scene.check().conclusion == "action_required"


def test_an_update_that_seemed_to_fail_is_repeated(scene: Scene) -> None:
    number = scene.open()
    scene.settle()
    scene.github.fail_next("PATCH", "/check-runs/", 502, after=True)
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_a_revoked_token_is_replaced_once_and_the_work_goes_on(scene: Scene) -> None:
    scene.open()
    scene.settle()
    scene.github.revoke_tokens()
    scene.push(content="2\n")
    assert scene.check().conclusion == "action_required"


def test_a_green_check_turns_red_when_it_cannot_be_decided_again(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    head = scene.repository.head("topic")
    scene.github.fail_next("POST", "/api/graphql", 502, times=1_000)
    scene.repository.edit_body(scene.ana, number, "")
    wait_until(
        lambda: scene.our_runs(head)[0].conclusion == "failure", "the green check to be withdrawn"
    )
    (run,) = scene.our_runs(head)
    assert run.title == "Could not evaluate: GitHub answered 502; retrying"


def test_a_rate_limit_is_obeyed(scene: Scene) -> None:
    scene.github.fail_next("POST", "/api/graphql", 429, headers={"Retry-After": "120"})
    scene.open()
    scene.github.wait_for_deliveries()
    wait_until(lambda: bool(postponed(scene)), "the work to be postponed")
    (item,) = postponed(scene)
    assert item.last_error == "GitHub's rate limit is reached"
    assert item.due_at - scene.service.store.now() > 100_000


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, {"Retry-After": "9" * 30}),
        (429, {"Retry-After": "\u00b2"}),
        (403, {"Retry-After": str(10**9)}),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" * 30}),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(10**10 - 1)}),
    ],
)
def test_no_header_of_an_answer_can_hold_work_for_longer_than_an_hour(
    scene: Scene, status: int, headers: dict[str, str]
) -> None:
    scene.github.fail_next("POST", "/api/graphql", status, headers=headers)
    scene.open()
    scene.github.wait_for_deliveries()
    wait_until(lambda: bool(postponed(scene)), "the work to be postponed")
    (item,) = postponed(scene)
    assert (item.last_error or "").startswith("GitHub")
    assert item.due_at - scene.service.store.now() <= 3_600_000


def test_a_suspended_installation_is_refused_and_not_hammered(scene: Scene) -> None:
    number = scene.open()
    scene.settle()
    scene.github.suspend()
    scene.repository.edit_body(scene.ana, number, "")
    scene.github.wait_for_deliveries()
    wait_until(lambda: bool(postponed(scene)), "the work to be postponed")
    (item,) = postponed(scene)
    assert item.last_error == "GitHub answered 403"


def postponed(scene: Scene) -> tuple[work.Dirty, ...]:
    with scene.service.store.reading() as connection:
        return tuple(item for item in work.dirty(connection) if item.attempts)


def test_a_burst_of_sixty_events_is_at_most_two_evaluations(scene: Scene) -> None:
    number = scene.open()
    scene.settle()
    before = scene.looks
    with scene.github.hold("POST", "/api/graphql") as gate:
        scene.repository.edit_title(scene.ana, number, "Title 0")
        assert gate.waiting.wait(20)
        for turn in range(1, 60):
            scene.repository.edit_title(scene.ana, number, f"Title {turn}")
        scene.github.wait_for_deliveries()
    scene.settle()
    assert scene.looks - before <= 2
    assert scene.entries(number)[-1].sequence <= 2


def test_the_same_delivery_five_times_is_one_evaluation(scene: Scene) -> None:
    scene.open()
    scene.settle()
    before = scene.looks
    (opened,) = [
        delivery
        for delivery in scene.github.deliveries
        if (delivery.event, delivery.action) == ("pull_request", "opened")
    ]
    for _ in range(5):
        scene.github.redeliver(opened.id)
    scene.settle()
    assert scene.looks == before


def test_a_person_can_ask_for_the_check_to_be_run_again(scene: Scene) -> None:
    scene.open()
    run = scene.check()
    writes = scene.requests("PATCH", "check-runs")
    scene.repository.rerequest_check(scene.ana, run)
    assert scene.check().conclusion == "action_required"
    assert scene.requests("PATCH", "check-runs") == writes + 1


def test_reviews_beyond_one_page_are_all_read(scene: Scene) -> None:
    number = scene.open()
    for turn in range(120):
        scene.repository.review(scene.carl, number, "COMMENTED", f"Remark {turn}")
    scene.repository.review(scene.bob, number, "APPROVED")
    scene.tests_pass()
    assert scene.check().conclusion == "success"
