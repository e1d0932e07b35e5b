"""The page of a pull request."""

import http.client
from typing import Any
from urllib.parse import urlsplit

from tests.bot.sandbox.conftest import Scene, installed
from warden_bot.sandbox import Sandbox


def get(github: Sandbox, path: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(github.base_url).netloc, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    policy = response.headers.get("Content-Security-Policy", "")
    answer = response.status, response.read().decode(), policy
    connection.close()
    return answer


def test_it_shows_what_github_would_show(scene: Scene) -> None:
    scene.repository.review(scene.bob, scene.number, "APPROVED", "Fine by me")
    output: Any = {"title": "Blocked: 1 of 2", "summary": "ana adds a rollback plan"}
    repository = installed(scene.github).get_repo("demo/payments")
    repository.create_check_run("changewarden", scene.head, conclusion="failure", output=output)
    status, page, policy = get(scene.github, "/demo/payments/pull/1")
    assert (status, "default-src 'none'" in policy) == (200, True)
    for words in ("Retry settlement", scene.head, "bob: approved", "Fine by me", *output.values()):
        assert words in page


def test_text_of_others_is_only_text(scene: Scene) -> None:
    evil = "<script>alert(1)</script>"
    scene.repository.edit_title(scene.ana, scene.number, evil)
    scene.repository.edit_body(scene.ana, scene.number, evil)
    scene.repository.review(scene.bob, scene.number, "COMMENTED", evil)
    scene.repository.report_check(scene.github.app(), scene.head, evil, "queued")
    _, page, _ = get(scene.github, "/demo/payments/pull/1")
    assert evil not in page
    assert page.count("&lt;script&gt;") >= 4


def test_it_says_who_merged(scene: Scene) -> None:
    scene.repository.merge(scene.bob, scene.number)
    assert "Merged by bob" in get(scene.github, "/demo/payments/pull/1")[1]


def test_other_pages_do_not_exist(scene: Scene) -> None:
    for path in ("/", "/demo/payments/pull/2", "/demo/nothing/pull/1", "/demo/payments/issues/1"):
        assert get(scene.github, path)[0] == 404
