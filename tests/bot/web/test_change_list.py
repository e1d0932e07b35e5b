"""The list of changes over a real store."""

import html
import json

import pytest
from flask.testing import FlaskClient

from tests.bot.web.reading import block, page, twin, words
from tests.bot.web.story import ALLOWED, BLOCKED, BROKEN_POLICY, OPENED, Book, numbered
from warden_policies.language.native import parse_policy


def test_home_is_the_list(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (302, "/changes")


def test_an_empty_list_teaches_a_policy_that_works(client: FlaskClient) -> None:
    text = page(client, "/changes")
    assert "No change has been decided yet" in text
    example = html.unescape(block(text, "copy"))
    assert [asked.name for asked in parse_policy(example.encode(), "p").requirements] == [
        "Peer review",
        "Change record",
        "Policy change",
    ]


def test_the_list_says_what_is_missing_and_who_is_next(client: FlaskClient, book: Book) -> None:
    book.decided(BLOCKED)
    text = words(page(client, "/changes"))
    assert "Open: 1 blocked" in text
    assert "acme/shop#7 · by ana · just now · 23 Nov 2026, 14:01 UTC" in text
    assert '→ ana : add a "Rollback plan" section (20+ characters) to the description' in text
    assert "Blocked Met Not met rollback plan missing Met" in text


def test_a_policy_that_cannot_be_used_is_told_in_place_of_requirements(
    client: FlaskClient, book: Book
) -> None:
    book.decided(ALLOWED, BROKEN_POLICY)
    text = page(client, "/changes")
    assert "Change Verdict Requirements" in words(text)
    assert "Error Could not decide: .github/changewarden.yml:3:3: missing key" in words(text)
    assert 'colspan="1"' in text


def test_the_newest_decision_is_first(client: FlaskClient, book: Book) -> None:
    for number in (1, 2, 3):
        book.decided(numbered(OPENED, number, f"Number {number}"))
    book.decided(numbered(ALLOWED, 2, "Number 2"))
    numbers = [change["number"] for change in twin(client, "/changes.json")["changes"]]
    assert numbers == [2, 3, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("refund", [478]),
        ("REFUND", [478]),
        ("ana", [12, 48, 478]),
        ("acme/www", [12]),
        ("shop#48", [48]),
        ("#48", [48]),
        ("ana refunds", [478]),
        ("refunds www", []),
        ("100%", [12]),
        ("_", []),
        ("'; drop table pull_request --", []),
        ("\x00", []),
        ("  ", [12, 48, 478]),
    ],
)
def test_the_filter_finds_every_word(
    client: FlaskClient, book: Book, query: str, found: list[int]
) -> None:
    book.decided(numbered(OPENED, 478, "Refunds twice"))
    book.decided(numbered(OPENED, 48, "Settle"))
    book.decided(numbered(OPENED, 12, "Be 100% sure", "acme/www"))
    answer = client.get("/changes.json", query_string={"q": query})
    numbers = [change["number"] for change in json.loads(answer.text)["changes"]]
    assert sorted(numbers) == found
    text = client.get("/changes", query_string={"q": query}).text
    assert ("No change matches" in text) is (not found)


def test_a_list_that_was_cut_says_so(
    client: FlaskClient, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warden_bot.web.pages.routes.MAX_ROWS", 2)
    for number in (1, 2):
        book.decided(numbered(OPENED, number, "One of many"))
    assert "2 changes, the latest decision first" in page(client, "/changes")
    book.decided(numbered(OPENED, 3, "One of many"))
    assert "Showing the latest 2; filter to find older ones" in page(client, "/changes")
    assert twin(client, "/changes.json")["more"]
