from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup

from warden_bot.web.pages.words import (
    absolute,
    from_milliseconds,
    relative,
    visible,
    web_address,
    who,
)
from warden_policies.outcome import Action

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-90), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(minutes=60), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=24), "1 d ago"),
        (timedelta(days=400), "400 d ago"),
    ],
)
def test_how_long_ago(ago: timedelta, words: str) -> None:
    assert relative(NOON - ago, NOON) == words


def test_a_time_is_shown_in_utc() -> None:
    assert absolute(datetime.fromisoformat("2026-11-03T13:05:59+02:00")) == "3 Nov 2026, 11:05 UTC"
    assert from_milliseconds(1_793_707_200_000) == NOON


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Naïve 日本語 🚢", "Naïve 日本語 🚢"),
        ("invoice\u202egnp.exe", "invoice\ufffdgnp.exe"),
        ("a\u200bb\u2066c", "a\ufffdb\ufffdc"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell\ufffd null\ufffd escape\ufffd[31m"),
        ("one\ntwo\tthree\u00a0four\u2028five", "one\ntwo three four five"),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_nothing_invisible_reaches_a_page(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize("value", [None, 7, Markup("<b>\u200b</b>")])
def test_what_is_no_plain_text_is_left_alone(value: object) -> None:
    assert visible(value) is value


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://github.com/acme/shop/pull/7", True),
        ("http://127.0.0.1:8181/acme/shop/pull/7", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, kept: bool) -> None:
    assert web_address(url) == (url if kept else None)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((), "somebody with write access who is not a contributor"),
        (("ana",), "ana"),
        (("ana", "b\u202eob"), "ana, b\ufffdob"),
    ],
)
def test_who_can_do_it(people: tuple[str, ...], words: str) -> None:
    assert who(Action(people, "approve")) == words
