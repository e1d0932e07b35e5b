"""Patterns of policies on text of strangers: RE2's language, and never more than so much work."""

import builtins
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_policies import regex
from warden_policies.regex import (
    MAX_PATTERN,
    MAX_PROGRAM,
    MAX_TEXT,
    Regex,
    RegexUnavailable,
    TextTooLong,
    compiled,
    first_found,
)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("src/sec", "a/src/sec/b", True),
        ("^src/", "a/src/", False),
        (r"\b(?i)domain\s*lgtm\b", "Domain LGTM!", True),
        (r"^ok\z", "ok\n", False),
        (r"\pL", "Ü", True),
        (r"\Qa.b\E", "a.b", True),
        (r"\w", "Ü", False),
        ("^b$", "a\nb", False),
        ("(?m)^b$", "a\nb", True),
        (".", "\ud800", True),
        ("", "", True),
    ],
)
def test_a_pattern_means_what_it_means_to_policy_bot(pattern: str, text: str, found: bool) -> None:
    assert first_found((pattern,), text) == (pattern if found else None)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "not a regular expression: missing ): ("),
        ("*.py", "not a regular expression: no argument for repetition operator: *"),
        ("(?=a)", "not a regular expression: invalid perl operator: (?="),
        (r"(a)\1", r"not a regular expression: invalid escape sequence: \1"),
        ("(?:x{1000}){1000}", "not a regular expression: invalid repetition size: {1000}"),
        (
            r"\pL{1000}",
            "not a regular expression: pattern too large - compile failed",
        ),
        (
            "[^a]{1000}[^b]{1000}",
            "not a regular expression: 16004 instructions long, more than 10000",
        ),
        ("a" * (MAX_PATTERN + 1), "not a regular expression: longer than 4096 characters"),
    ],
)
def test_what_is_no_pattern_is_refused_in_words(pattern: str, why: str) -> None:
    assert list(Regex().broken(pattern)) == [((), why)]


HOSTILE = ["(a+)+$", "(a|aa)+$", "(.*)*b", r"(\w+\s?)+$", "(?:a?){60}a{60}$"]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_pattern_that_others_never_end_with_is_searched_for(pattern: str) -> None:
    text = "a" * (MAX_TEXT - 1) + "!"

    assert first_found((pattern,), text) is None
    assert compiled(pattern).programsize <= MAX_PROGRAM


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_text_that_is_none_of_githubs_is_not_searched(pattern: str) -> None:
    assert first_found(("b$",), "a" * (MAX_TEXT - 1) + "b") == "b$"
    with pytest.raises(TextTooLong, match="1048576 bytes of text, more than the 262144"):
        first_found((pattern,), "a" * 1024 * 1024)


def test_a_pattern_is_compiled_once() -> None:
    assert compiled("^once$") is compiled("^once$")


def test_without_google_re2_nothing_is_searched_and_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name == "re2":
            raise ImportError(name)
        return there(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    compiled.cache_clear()
    message = "regular expressions need google-re2: install 'changewarden[policy]'"

    assert list(Regex().broken("a")) == [((), message)]
    with pytest.raises(RegexUnavailable, match="install 'changewarden"):
        regex.first_found(("a",), "a")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, text: str) -> None:
    if not list(Regex().broken(pattern)):
        assert first_found((pattern,), text) in (None, pattern)
