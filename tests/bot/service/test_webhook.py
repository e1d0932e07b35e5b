"""The door: what is let in is on disk; what is not, is refused before anything is stored."""

import hashlib
import hmac
import http.client
import json
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.bot.service.conftest import Scene, settings_for, wait_until
from warden_bot.inbox import Inbox
from warden_bot.sandbox import Sandbox
from warden_bot.service import Service
from warden_bot.store import deliveries, work

PAYLOAD: dict[str, Any] = {"zen": "One change, one record."}


def post(
    scene: Scene, body: bytes, *, secret: str | None = None, **headers: str
) -> tuple[int, dict[str, Any]]:
    """Deliver `body`, signed as GitHub signs it unless `headers` say otherwise."""
    key = (secret or scene.github.webhook_secret).encode()
    sent = {
        "Content-Type": "application/json",
        "X-GitHub-Event": "ping",
        "X-GitHub-Delivery": "11111111-2222-3333-4444-555555555555",
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(scene.service.url.removeprefix("http://"), timeout=20)
    try:
        connection.request("POST", "/webhook", body, {k: v for k, v in sent.items() if v})
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    is_json = (response.headers["Content-Type"] or "").startswith("application/json")
    return response.status, json.loads(content) if is_json else {}


def stored(scene: Scene) -> int:
    with scene.service.store.reading() as connection:
        return sum(deliveries.count_by_outcome(connection).values())


GOOD = json.dumps(PAYLOAD).encode()


def test_a_known_event_without_consequence_is_kept_and_counted(scene: Scene) -> None:
    scene.settle()
    before = stored(scene)
    assert post(scene, GOOD)[0] == 202
    assert post(scene, GOOD, X_GitHub_Event="unheard_of", X_GitHub_Delivery="other")[0] == 202
    assert stored(scene) == before + 2


REFUSED = [
    pytest.param(401, GOOD, {"X_Hub_Signature_256": ""}, id="no signature"),
    pytest.param(401, GOOD, {"X_Hub_Signature_256": "sha256=" + "0" * 64}, id="wrong signature"),
    pytest.param(401, GOOD, {"X_Hub_Signature_256": "sha256=\xe9"}, id="not even hexadecimal"),
    pytest.param(401, GOOD, {"secret": "somebody else's"}, id="another secret"),
    pytest.param(400, b"not json", {}, id="not JSON"),
    pytest.param(400, b"[]", {}, id="not an object"),
    pytest.param(
        400, b'{"action": "opened"}', {"X_GitHub_Event": "pull_request"}, id="half a payload"
    ),
    pytest.param(400, GOOD, {"X_GitHub_Delivery": ""}, id="no GUID"),
    pytest.param(400, GOOD, {"X_GitHub_Event": "e" * 65}, id="an endless event name"),
    pytest.param(
        415, GOOD, {"Content_Type": "application/x-www-form-urlencoded"}, id="sent as a form"
    ),
    pytest.param(403, GOOD, {"X_GitHub_Hook_Installation_Target_ID": "1"}, id="another App"),
]


@pytest.mark.parametrize(("status", "body", "headers"), REFUSED)
def test_what_is_refused_is_not_stored(
    scene: Scene, status: int, body: bytes, headers: dict[str, str]
) -> None:
    scene.settle()
    before = stored(scene)
    assert post(scene, body, **headers)[0] == status
    assert stored(scene) == before


def test_the_secrets_are_not_in_what_a_debugger_shows(scene: Scene) -> None:
    inbox = Inbox(scene.service.store, [b"hush"], 1, wake=lambda: None)
    assert "hush" not in repr(inbox)


def signed_event(scene: Scene, name: str, guid: str, **members: Any) -> int:
    """Deliver an event about the scene's repository, unless `members` say otherwise."""
    base = {
        "repository": {"id": scene.repository.id, "full_name": scene.repository.full_name},
        "installation": {"id": scene.github.installation_id},
    }
    body = json.dumps(base | members).encode()
    return post(scene, body, X_GitHub_Event=name, X_GitHub_Delivery=guid)[0]


def test_a_check_on_a_forks_commit_has_its_pull_request_decided_again(scene: Scene) -> None:
    """GitHub names no pull request in a check run on a commit that came from a fork."""
    number = scene.open()
    scene.settle()
    before = scene.looks
    run = {
        "app": {"id": 15368},
        "head_sha": scene.repository.head("topic"),
        "pull_requests": [],
    }
    assert signed_event(scene, "check_run", "1", action="completed", check_run=run) == 202
    scene.settle()
    assert scene.looks == before + 1
    assert len(scene.entries(number)) == 1


def test_a_name_that_belongs_to_another_repository_now_leads_to_no_decision(scene: Scene) -> None:
    number = scene.open()
    scene.settle()
    before = scene.entries(number)
    gone = {"id": scene.repository.id + 1_000, "full_name": scene.repository.full_name}
    pull = {"number": number}
    members = {"action": "edited", "pull_request": pull, "repository": gone}
    assert signed_event(scene, "pull_request", "1", **members) == 202
    wait_until(lambda: bool(errors(scene)), "the work to be postponed")
    assert "another repository now" in errors(scene)[0]
    assert scene.entries(number) == before


def errors(scene: Scene) -> list[str]:
    with scene.service.store.reading() as connection:
        return [item.last_error for item in work.dirty(connection) if item.last_error]


@pytest.mark.parametrize("installation", [7_777, 2**63 - 1])
def test_an_installation_that_is_not_ours_is_soon_given_up(scene: Scene, installation: int) -> None:
    number = scene.open()
    scene.settle()
    members = {"action": "edited", "pull_request": {"number": number}}
    foreign = {"installation": {"id": installation}}
    assert signed_event(scene, "pull_request", "1", **members, **foreign) == 202
    scene.settle()
    assert len(scene.entries(number)) == 1


def test_a_body_that_says_it_is_over_the_cap_is_413_before_it_is_read(scene: Scene) -> None:
    scene.settle()
    before = stored(scene)
    connection = http.client.HTTPConnection(scene.service.url.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", "/webhook")
    connection.putheader("Content-Length", str(25 * 1024 * 1024 + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert stored(scene) == before


def test_connections_that_never_finish_a_request_keep_no_delivery_out(scene: Scene) -> None:
    scene.settle()
    port = int(scene.service.url.rpartition(":")[2])
    with ExitStack() as idle:
        for _ in range(150):
            one = idle.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n")
        assert post(scene, GOOD)[0] == 202


def test_a_body_that_does_not_say_its_length_is_counted(github: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(github, tmp_path / "data", CHANGEWARDEN_MAX_BODY_BYTES="1024")
    with Service(settings) as service:
        connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=20)
        chunks = (b" " * 512 for _ in range(3))
        connection.request("POST", "/webhook", chunks, encode_chunked=True)
        assert connection.getresponse().status == 413
        connection.close()


def test_health_and_readiness(scene: Scene) -> None:
    connection = http.client.HTTPConnection(scene.service.url.removeprefix("http://"), timeout=20)
    for path in ("/healthz", "/readyz"):
        connection.request("GET", path)
        response = connection.getresponse()
        assert (response.status, json.loads(response.read())["status"]) == (200, "ok")
    connection.close()
