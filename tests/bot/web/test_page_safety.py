"""What strangers write or ask for does no harm, and every answer says what a browser may do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.bot.web.reading import ONE, page
from tests.bot.web.story import BLOCKED, OPENED, Book, numbered
from warden_bot.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from warden_policies.model import Change, Person

HOSTILE = "<script>alert('x')</script> \"quoted\" & \u202egnp.exe \x1b[31m \u200b{{ 7*7 }}"

HARMLESS = (
    "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &#34;quoted&#34; &amp;"
    " \ufffdgnp.exe \ufffd[31m \ufffd{{ 7*7 }}"
)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(replace(BLOCKED, title=HOSTILE), id="title"),
        pytest.param(replace(BLOCKED, opener=Person(1, HOSTILE)), id="login"),
        pytest.param(replace(BLOCKED, head_ref=HOSTILE), id="branch"),
        pytest.param(replace(BLOCKED, body=f"# {HOSTILE}\n"), id="heading"),
    ],
)
def test_foreign_text_stays_text(client: FlaskClient, book: Book, change: Change) -> None:
    book.decided(change)
    for path in (ONE, "/changes"):
        text = page(client, path)
        assert "<script" not in text
        assert re.search("[\x00-\x09\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]", text) is None
    assert HARMLESS[:40] in page(client, ONE)


def test_foreign_text_in_an_attribute_stays_in_it(client: FlaskClient, book: Book) -> None:
    book.decided(OPENED)
    text = client.get("/changes", query_string={"q": HOSTILE}).text
    assert f'value="{HARMLESS}"' in text


def test_a_huge_title_does_not_make_a_huge_page(client: FlaskClient, book: Book) -> None:
    book.decided(replace(OPENED, title="x" * 10_000))
    assert len(page(client, "/changes")) < 10_000
    assert "x" * 301 not in page(client, ONE)


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://github.com/acme/shop/pull/7", True), ("javascript:alert(1)", False)],
)
def test_only_a_web_address_becomes_a_link(
    client: FlaskClient, book: Book, url: str, linked: bool
) -> None:
    book.decided(replace(OPENED, url=url))
    assert (f'href="{url}"' in page(client, ONE)) is linked
    assert "javascript:" not in page(client, ONE)


@pytest.mark.parametrize(
    "name",
    [
        "acme/shop/8",
        "acme/other/7",
        "acme/sho_/7",
        "%25/%25/7",
        "%3Cscript%3E/x/7",
        "a/b/2147483647",
    ],
)
def test_a_change_that_nobody_decided_is_not_found(
    client: FlaskClient, book: Book, name: str
) -> None:
    book.decided(OPENED)
    text = page(client, f"/changes/{name}", 404)
    assert "No decision about" in text
    assert "<script" not in text
    answer = client.get(f"/changes/{name}.json")
    assert (answer.status_code, answer.mimetype) == (404, "application/json")
    assert answer.json
    assert answer.json["message"].startswith("no decision about ")


@pytest.mark.parametrize(
    "path", ["/changes/acme/shop/99999999999999999999", "/nothing", "/changes/"]
)
def test_other_addresses_get_a_page_that_helps(client: FlaskClient, path: str) -> None:
    assert "There is no such page" in page(client, path, 404)
    answer = client.get(f"{path}.json")
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_a_wrong_method_is_told_which_are_right(client: FlaskClient) -> None:
    answer = client.post("/changes")
    assert (answer.status_code, answer.mimetype) == (405, "application/json")
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_shows_nothing_of_it(
    client: FlaskClient, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("inner detail")

    book.decided(OPENED)
    monkeypatch.setattr("warden_bot.web.pages.routes.listing", fail)
    client.application.testing = False
    text = page(client, "/changes", 500)
    assert "This page could not be made" in text
    assert "inner detail" not in text


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/changes", "/changes.json", ONE, f"{ONE}.json", "/changes/no/thing/1"),
        *("/nothing", "/nothing.json", "/healthz", "/readyz", "/static/pages.css"),
    ],
)
def test_every_answer_has_the_headers(client: FlaskClient, book: Book, path: str) -> None:
    book.decided(OPENED)
    with client.get(path) as answer:
        headers = answer.headers
    wanted = dict(HEADERS)
    if path.startswith("/static/"):
        wanted["Cache-Control"] = "no-cache"
    assert {name: headers.get(name) for name in wanted} == wanted
    assert "Set-Cookie" not in headers


def test_the_policy_allows_no_script_and_the_pages_need_none(
    client: FlaskClient, book: Book
) -> None:
    assert "script" not in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    book.story()
    for path in ("/changes", ONE, "/changes/no/thing/1", "/nothing"):
        text = client.get(path).text
        assert re.search(r"<script|<style|\sstyle=|\son\w+=", text) is None
        addresses = re.findall(r'(?:src|href|action)="([^"]*)"', text)
        outside = [address for address in addresses if not address.startswith(("/", "#"))]
        assert outside == [OPENED.url] * (path == ONE)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "most"), [("/changes", 1), ("/changes.json", 1), (ONE, 3), (f"{ONE}.json", 3)]
)
def test_more_rows_are_no_more_queries(
    client: FlaskClient, book: Book, path: str, most: int
) -> None:
    book.decided(OPENED)
    with counted_queries() as few:
        page(client, path)
    for number in range(8, 20):
        book.decided(numbered(OPENED, number, "Another"))
    book.story()
    with counted_queries() as many:
        page(client, path)
    selects = [statement for statement in many if statement.startswith("SELECT")]
    assert len(many) == len(few)
    assert len(selects) <= most
