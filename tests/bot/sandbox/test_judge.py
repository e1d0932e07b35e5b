"""The judge of all traffic: it must catch a lying sandbox and a wrong client."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sandbox.conftest import Scene, client
from tests.fakes.openapi import SchemaObserver
from warden_bot.sandbox import Exchange, Sandbox
from warden_bot.sandbox.traffic import Reply


class Recorder:
    """An observer that keeps what it sees."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.webhooks: list[tuple[str, str | None, bytes]] = []

    def exchange(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def webhook(self, event: str, action: str | None, body: bytes) -> None:
        self.webhooks.append((event, action, body))


@pytest.fixture
def recorded(tmp_path: Path) -> Recorder:
    """A pull request opened and read."""
    recorder = Recorder()
    with Sandbox(tmp_path, observer=recorder) as github:
        repository = github.repository("demo/payments")
        ana = github.person("ana")
        repository.push(ana, "retry", {"a.py": "1\n"}, "Retry")
        number = repository.open_pull_request(ana, "retry", "Retry")
        reader = client(github, github.token_of(ana))
        reader.get_repo("demo/payments").get_pull(number).complete()
    return recorder


def judge(exchange: Exchange) -> list[str]:
    observer = SchemaObserver()
    observer.exchange(exchange)
    return observer.violations


def pull_with(recorded: Recorder, **changed: Any) -> Exchange:
    (exchange,) = recorded.exchanges
    body = json.loads(exchange.reply.body) | changed
    kept = {key: value for key, value in body.items() if value != "absent"}
    return Exchange("GET", exchange.path, {}, b"", Reply(200, json.dumps(kept).encode()))


def test_the_truth_passes(recorded: Recorder) -> None:
    assert judge(pull_with(recorded)) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"title": "absent"}, "missing ['title']", id="missing"),
        pytest.param({"title": None}, "$.title", id="null where there is none"),
        pytest.param({"state": "merged"}, "$.state", id="not in the list"),
        pytest.param({"created_at": "yesterday"}, "$.created_at", id="not an instant"),
        pytest.param({"url": "nowhere"}, "$.url", id="not an address"),
        pytest.param({"id": "1"}, "$.id", id="text for a number"),
    ],
)
def test_a_lying_reply_is_caught(recorded: Recorder, changed: dict[str, Any], words: str) -> None:
    (violation,) = judge(pull_with(recorded, **changed))
    assert words in violation


def test_a_lying_webhook_is_caught(recorded: Recorder) -> None:
    observer = SchemaObserver()
    event, action, raw = recorded.webhooks[-1]
    body = copy.deepcopy(json.loads(raw))
    observer.webhook(event, action, raw)
    assert observer.violations == []
    del body["pull_request"]["head"]
    observer.webhook(event, action, json.dumps(body).encode())
    observer.webhook(event, "exploded", raw)
    assert len(observer.violations) == 2


@pytest.mark.parametrize(
    ("exchange", "words"),
    [
        pytest.param(
            Exchange("GET", "/nothing", {}, b"", Reply(404, b"{}")), "unknown path", id="path"
        ),
        pytest.param(
            Exchange("GET", "/app/installations", {"sort": "name"}, b"", Reply(200, b"[]")),
            "unknown query key 'sort'",
            id="query key",
        ),
        pytest.param(
            Exchange("GET", "/app/installations", {"page": "two"}, b"", Reply(200, b"[]")),
            "query key 'page'",
            id="query value",
        ),
        pytest.param(
            Exchange(
                "POST",
                "/app/installations/1/access_tokens",
                {},
                b'{"permissions": {"checkz": "write"}}',
                Reply(401, b"{}"),
            ),
            "",
            id="body key of a refused request is not looked at",
        ),
        pytest.param(
            Exchange(
                "POST",
                "/app/installations/1/access_tokens",
                {},
                b'{"permissions": {"checkz": "write"}}',
                Reply(502, b"{}"),
            ),
            "unknown key 'checkz'",
            id="body key",
        ),
        pytest.param(
            Exchange("GET", "/app/installations", {}, b"", Reply(204, b"")),
            "status 204",
            id="success that is not described",
        ),
        pytest.param(
            Exchange("GET", "/app/installations", {}, b"", Reply(418, b"{}")),
            "status 418",
            id="error that is not described",
        ),
    ],
)
def test_a_wrong_client_is_caught(exchange: Exchange, words: str) -> None:
    violations = judge(exchange)
    assert bool(violations) is bool(words)
    assert all(words in violation for violation in violations)


def test_a_violation_never_shows_a_value() -> None:
    body = json.dumps({"token": ["secret value"], "expires_at": "2026-11-23T14:00:00Z"}).encode()
    path = "/app/installations/1/access_tokens"
    (violation,) = judge(Exchange("POST", path, {}, b"", Reply(201, body)))
    assert "$.token" in violation
    assert "secret value" not in violation


def test_a_request_outside_the_description_fails_the_test_that_sent_it(scene: Scene) -> None:
    """What the fixture would do at the end of a test, seen from inside one."""
    observer = SchemaObserver()
    observer.exchange(Exchange("GET", "/repos/demo/payments/labels", {}, b"", Reply(404, b"{}")))
    assert observer.violations == ["GET /repos/demo/payments/labels: unknown path"]
