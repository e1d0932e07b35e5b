"""Webhooks: which, in which order, signed how, and what the log keeps."""

import hashlib
import hmac
import json
import socket
import uuid
from typing import Any

import github as pygithub
import pytest

from tests.bot.conftest import StartGithub
from tests.bot.sandbox.conftest import Scene, installed, integration
from tests.fakes.receiver import Receiver
from warden_bot.sandbox import Sandbox


@pytest.fixture
def listening(scene: Scene, receiver: Receiver) -> Receiver:
    """A receiver that has had its ping and knows of the installation."""
    scene.github.webhook_url = receiver.url
    scene.github.wait_for_deliveries()
    receiver.received.clear()
    return receiver


def events(github: Sandbox, receiver: Receiver) -> list[tuple[str, str | None]]:
    github.wait_for_deliveries()
    return [
        (each.headers["X-GitHub-Event"], json.loads(each.body).get("action"))
        for each in receiver.received
    ]


def bodies(github: Sandbox, receiver: Receiver) -> list[dict[str, Any]]:
    github.wait_for_deliveries()
    return [json.loads(each.body) for each in receiver.received]


def test_setting_the_address_sends_a_ping_and_the_installation(
    github: Sandbox, receiver: Receiver
) -> None:
    github.webhook_url = receiver.url
    assert events(github, receiver) == [("ping", None), ("installation", "created")]
    assert "installation" not in json.loads(receiver.received[0].body)


def test_events_before_there_is_an_address_are_lost(scene: Scene, receiver: Receiver) -> None:
    scene.github.webhook_url = receiver.url
    assert ("pull_request", "opened") not in events(scene.github, receiver)


def test_every_header_is_there_and_the_signature_covers_the_raw_bytes(
    start_github: StartGithub, receiver: Receiver
) -> None:
    github = start_github(webhook_url=receiver.url, webhook_secret="It's a Secret to Everybody")
    github.wait_for_deliveries()
    for each in receiver.received:
        expected = hmac.new(b"It's a Secret to Everybody", each.body, hashlib.sha256).hexdigest()
        assert each.headers["X-Hub-Signature-256"] == f"sha256={expected}"
        assert (
            str(uuid.UUID(each.headers["X-GitHub-Delivery"])) == each.headers["X-GitHub-Delivery"]
        )
        assert each.headers["X-GitHub-Hook-Installation-Target-ID"] == str(github.app_id)
        assert each.headers["X-GitHub-Hook-Installation-Target-Type"] == "integration"
        assert each.headers["X-GitHub-Hook-ID"].isdecimal()
        assert each.headers["User-Agent"].startswith("GitHub-Hookshot/")
        assert each.headers["Content-Type"] == "application/json"


def test_each_thing_people_do_is_told_once_and_in_order(scene: Scene, listening: Receiver) -> None:
    repository, number = scene.repository, scene.number
    review = repository.review(scene.bob, number, "APPROVED")
    repository.dismiss_review(scene.carl, number, review)
    repository.edit_title(scene.ana, number, "Retry settlement when the bank times out")
    repository.edit_title(scene.ana, number, "Retry settlement when the bank times out")
    repository.set_draft(scene.ana, number, draft=True)
    repository.set_draft(scene.ana, number, draft=False)
    repository.push(scene.ana, "retry", {"settle.py": "retry = 5\n"}, "Cap it")
    repository.close(scene.ana, number)
    repository.reopen(scene.ana, number)
    repository.merge(scene.bob, number)
    assert events(scene.github, listening) == [
        ("pull_request_review", "submitted"),
        ("pull_request_review", "dismissed"),
        ("pull_request", "edited"),
        ("pull_request", "converted_to_draft"),
        ("pull_request", "ready_for_review"),
        ("push", None),
        ("pull_request", "synchronize"),
        ("pull_request", "closed"),
        ("pull_request", "reopened"),
        ("push", None),
        ("pull_request", "closed"),
    ]


def test_every_event_but_the_ping_names_the_installation(scene: Scene, listening: Receiver) -> None:
    scene.repository.review(scene.bob, scene.number, "APPROVED")
    scene.repository.push(scene.ana, "retry", {"settle.py": "retry = 5\n"}, "Cap it")
    installations = {body["installation"]["id"] for body in bodies(scene.github, listening)}
    assert installations == {scene.github.installation_id}


def test_an_edit_says_what_was_there_before(scene: Scene, listening: Receiver) -> None:
    scene.repository.push(scene.bob, "release", {"NOTES.md": "x\n"}, "Start a release")
    before = scene.repository.pull_request(scene.number).base_sha
    scene.repository.edit_body(scene.ana, scene.number, "## Why\n\nMore.")
    scene.repository.edit_base(scene.ana, scene.number, "release")
    changes = [body.get("changes") for body in bodies(scene.github, listening)]
    assert changes[1:] == [
        {"body": {"from": "## Why\n\nTimeouts."}},
        {"base": {"ref": {"from": "main"}, "sha": {"from": before}}},
    ]


def test_a_push_says_what_moved_and_whether_it_was_forced(
    scene: Scene, listening: Receiver
) -> None:
    second = scene.repository.push(scene.ana, "retry", {"settle.py": "retry = 5\n"}, "Cap it")
    third = scene.repository.force_push(scene.ana, "retry", "main", {"a.py": "1\n"}, "Anew")
    pushes = [body for body in bodies(scene.github, listening) if "pusher" in body]
    told = [(each["before"], each["after"], each["forced"]) for each in pushes]
    assert told == [(scene.head, second, False), (second, third, True)]
    assert pushes[0]["head_commit"]["message"] == "Cap it"
    synchronized = [body for body in bodies(scene.github, listening) if "number" in body]
    assert [(each["before"], each["after"]) for each in synchronized] == [
        (scene.head, second),
        (second, third),
    ]


def test_deleting_the_branch_closes_its_pull_request(scene: Scene, listening: Receiver) -> None:
    scene.repository.delete_branch(scene.ana, "retry")
    assert events(scene.github, listening) == [("push", None), ("pull_request", "closed")]
    assert bodies(scene.github, listening)[0]["deleted"] is True


def test_a_merge_is_a_closing_with_merged_true(scene: Scene, listening: Receiver) -> None:
    sha = scene.repository.merge(scene.bob, scene.number)
    pull = bodies(scene.github, listening)[-1]["pull_request"]
    assert (pull["merged"], pull["merge_commit_sha"], pull["merged_by"]["login"]) == (
        True,
        sha,
        "bob",
    )


def test_check_runs_of_every_app_are_told_and_a_rerun_only_to_its_owner(
    scene: Scene, listening: Receiver
) -> None:
    theirs = scene.repository.report_check(
        scene.github.app(), scene.head, "test", "completed", "success"
    )
    ours = installed(scene.github).get_repo("demo/payments").create_check_run("cw", scene.head)
    ours.edit(status="completed", conclusion="failure")
    (mine,) = [run for run in scene.repository.check_runs(scene.head) if run.id == ours.id]
    scene.repository.rerequest_check(scene.bob, theirs)
    scene.repository.rerequest_check(scene.bob, mine)
    told = [(body["action"], body["check_run"]["name"]) for body in bodies(scene.github, listening)]
    assert told == [
        ("created", "test"),
        ("completed", "test"),
        ("created", "cw"),
        ("completed", "cw"),
        ("rerequested", "cw"),
    ]


def test_a_failed_delivery_is_kept_and_sent_again_under_its_guid(
    scene: Scene, listening: Receiver
) -> None:
    listening.status = 503
    scene.repository.review(scene.bob, scene.number, "APPROVED")
    scene.github.wait_for_deliveries()
    failed = scene.github.deliveries[-1]
    assert (failed.status_code, failed.redelivery) == (503, False)
    listening.status = 202
    requester = integration(scene.github).requester
    _, listed = requester.requestJsonAndCheck("GET", "/app/hook/deliveries?status=failure")
    assert [each["guid"] for each in listed] == [failed.guid]
    requester.requestJsonAndCheck("POST", f"/app/hook/deliveries/{failed.id}/attempts")
    scene.github.wait_for_deliveries()
    again = scene.github.deliveries[-1]
    assert (again.guid, again.redelivery, again.status) == (failed.guid, True, "OK")
    first, second = listening.received
    assert (first.body, first.headers["X-GitHub-Delivery"]) == (
        second.body,
        second.headers["X-GitHub-Delivery"],
    )
    _, shown = requester.requestJsonAndCheck("GET", f"/app/hook/deliveries/{again.id}")
    assert shown["request"]["payload"]["review"]["state"] == "approved"
    assert "X-Hub-Signature-256" not in shown["request"]["headers"]


def test_a_receiver_that_is_down_is_a_failure_in_the_log(github: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    github.webhook_url = f"http://127.0.0.1:{port}/webhook"
    github.wait_for_deliveries()
    assert {(each.status, each.status_code) for each in github.deliveries} == {
        ("failed to connect to host", 502)
    }


def test_the_log_is_paged_by_a_cursor(github: Sandbox, receiver: Receiver) -> None:
    github.webhook_url = receiver.url
    for _ in range(3):
        github.redeliver(1)
    github.wait_for_deliveries()
    requester = integration(github).requester
    numbers: list[int] = []
    path: str | None = "/app/hook/deliveries?per_page=2"
    while path:
        headers, page = requester.requestJsonAndCheck("GET", path)
        numbers += [each["id"] for each in page]
        link = headers.get("link", "")
        path = link.split(">")[0].lstrip("<").removeprefix(github.api_url) if link else None
    assert numbers == [5, 4, 3, 2, 1]


def test_an_unknown_delivery_is_not_found(github: Sandbox) -> None:
    requester = integration(github).requester
    with pytest.raises(pygithub.UnknownObjectException):
        requester.requestJsonAndCheck("GET", "/app/hook/deliveries/7")
    with pytest.raises(pygithub.UnknownObjectException):
        requester.requestJsonAndCheck("POST", "/app/hook/deliveries/7/attempts")
    with pytest.raises(LookupError):
        github.redeliver(7)
