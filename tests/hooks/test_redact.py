"""What is shown of a secret, and what names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_hooks.redact import (
    SHORTEST_WITH_PREFIX,
    Cover,
    fingerprint,
    masked,
    redacted,
)


@pytest.mark.parametrize(
    ("secret", "shown", "result"),
    [
        pytest.param("AKIA" + "Q" * 16, 4, "AKIA" + "*" * 16, id="a public prefix"),
        pytest.param("abc", 3, "***", id="short: nothing"),
        pytest.param("abcdefghijkl", 4, "abc*********", id="never more than a quarter"),
        pytest.param("abcdefghijklmnop", 0, "*" * 16, id="no public prefix"),
        pytest.param("HEAD\r\n" + "x" * 50, 4, "HEAD", id="the first line only"),
        pytest.param("x" * 500, 4, "xxxx" + "*" * 76, id="cut when it is long"),
    ],
)
def test_a_secret_is_masked(secret: str, shown: int, result: str) -> None:
    assert redacted(secret, shown) == result


@given(st.text(min_size=1), st.integers(0, 12))
def test_no_more_than_the_public_prefix_is_ever_shown(secret: str, shown: int) -> None:
    text = redacted(secret, shown)
    hidden = text[shown if len(secret) >= SHORTEST_WITH_PREFIX else 0 :]
    assert set(hidden) <= {"*"}


LINE = "first = 0123456789abcdef; second = ghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("covers", "result"),
    [
        pytest.param([], LINE, id="none"),
        pytest.param(
            [Cover(8, 24, 4), Cover(35, 51, 0)],
            "first = 0123************; second = ****************",
            id="two",
        ),
        pytest.param(
            [Cover(8, 24, 4), Cover(8, 24, 0)],
            "first = 0123************; second = ghijklmnopqrstuv",
            id="two names for one secret",
        ),
        pytest.param(
            [Cover(8, 24, 4), Cover(0, 51, 0)], "*" * 51, id="a wider one hides the prefix too"
        ),
        pytest.param([Cover(0, 500, 31)], LINE[:31] + "*" * 20, id="one that goes on"),
    ],
)
def test_a_line_is_masked_wherever_anything_matched(covers: list[Cover], result: str) -> None:
    assert masked(LINE, 0, len(LINE), covers) == result


def test_a_line_in_the_middle_of_a_match_is_all_mask() -> None:
    text = "header\nbody\r\nfooter"
    assert masked(text, 7, 11, [Cover(0, len(text), 4)]) == "****"


def test_equal_secrets_have_one_fingerprint_and_everything_else_changes_it() -> None:
    def name(key: bytes = b"k", rule: str = "rule", secret: str = "value", path: str = "p") -> str:
        return fingerprint(key, rule, secret, path)

    names = [
        name(),
        name(key=b"other"),
        name(rule="other"),
        name(secret="other"),
        name(path="other"),
        name(path="p\0v", secret="alue"),
        name(path="caf\udce9"),
    ]
    assert name() == name()
    assert len(set(names)) == len(names)
    assert all(len(value) == 64 for value in names)
