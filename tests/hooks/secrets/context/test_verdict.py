"""What name, value and place come to."""

import base64

import pytest

from tests.hooks.planted import ALPHANUMERIC, characters
from warden_hooks.secrets.context.names import telling
from warden_hooks.secrets.context.verdict import HIGH, LOW, MEDIUM, NONE, verdict

DRAWN = characters(ALPHANUMERIC, 32, 7)
MADE_UP = "Zx7" + "#kQ9v" + "!mT2"


def level(name: str, value: str, *, sample: bool = False, loose: bool = False) -> int:
    told = telling(name)
    assert told is not None
    return verdict(told, value, sample=sample, loose=loose)[0]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("api_key", DRAWN, HIGH),
        ("key", DRAWN, MEDIUM),
        ("password", DRAWN, HIGH),
        ("password", MADE_UP, MEDIUM),
        ("token", MADE_UP, LOW),
        ("password", "whiteduke", LOW),
        ("token", "whiteduke", NONE),
        ("key", MADE_UP, NONE),
        ("key", "buildkeyboard", NONE),
    ],
)
def test_name_and_value_are_weighed_together(name: str, value: str, expected: int) -> None:
    assert level(name, value) == expected


def test_a_sample_and_a_chance_each_take_a_step() -> None:
    assert level("api_key", DRAWN, sample=True) == MEDIUM
    assert level("api_key", DRAWN, loose=True) == MEDIUM
    assert level("api_key", DRAWN, sample=True, loose=True) == LOW
    assert level("password", MADE_UP, sample=True) == LOW
    assert level("password", "whiteduke", sample=True) == NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MADE_UP, MEDIUM),
        (DRAWN, HIGH),
        ("admin", LOW),
        ("your secret here", NONE),
        ("${X}-1", NONE),
    ],
)
def test_base64_of_a_text_is_judged_as_the_text(text: str, expected: int) -> None:
    assert level("password", base64.b64encode(text.encode()).decode()) == expected
