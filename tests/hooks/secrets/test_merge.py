"""One secret, one finding."""

from dataclasses import replace

import pytest

from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.merge import merge, plausible
from warden_policies.finding import Confidence
from warden_policies.rules import secret_rules

AWS, URL, GENERIC, JWT = "aws-access-key", "url-password", "generic-assigned-secret", "jwt-token"


def match(rule: str, start: int, end: int, doubt: str = "") -> RawMatch:
    return RawMatch(rule, start, end, "", 0, doubt)


def test_a_password_is_not_cut_short_by_decoding_what_would_end_it() -> None:
    """As in `user:one%40two@example.com`, of which the host has nobody's passwords."""
    whole = match(URL, 10, 30, "reserved host")
    piece = replace(match(URL, 10, 15), layers=("percent",))
    other = replace(match(AWS, 10, 30), layers=("percent",))
    assert plausible([whole, piece, other], secret_rules()) == [other]


def test_a_token_that_is_encoded_in_a_doubtful_value_is_one() -> None:
    """As in `token=ghp%5F...%26next=1`."""
    value = match(GENERIC, 10, 60, "code")
    token = replace(match("github-token", 10, 50), layers=("percent",))
    assert plausible([value, token], secret_rules()) == [token]


@pytest.mark.parametrize(
    ("matches", "merged"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [match(GENERIC, 0, 20), match(AWS, 0, 20)],
            [(AWS, 0, (GENERIC,))],
            id="the most specific rule names it",
        ),
        pytest.param(
            [match(JWT, 0, 20), match(URL, 5, 30)],
            [(URL, 5, (JWT,))],
            id="then the more severe",
        ),
        pytest.param(
            [match(AWS, 4, 10), match(AWS, 0, 20)], [(AWS, 0, ())], id="then the longer match"
        ),
        pytest.param(
            [match(AWS, 20, 40), match(AWS, 0, 20)],
            [(AWS, 0, ()), (AWS, 20, ())],
            id="neighbours are two",
        ),
        pytest.param(
            [match(AWS, 0, 20), match(AWS, 30, 50), match(GENERIC, 0, 50)],
            [(AWS, 0, ()), (AWS, 30, (GENERIC,))],
            id="two tokens under one wide match stay two",
        ),
        pytest.param(
            [match(AWS, 0, 20), match(GENERIC, 0, 20), match(URL, 0, 20)],
            [(AWS, 0, (GENERIC, URL))],
            id="three",
        ),
    ],
)
def test_overlapping_matches_become_one(
    matches: list[RawMatch], merged: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    for order in (matches, matches[::-1]):
        result = merge(order, secret_rules())
        assert [(one.match.rule, one.match.start, one.also) for one in result] == merged


def test_the_finding_is_as_sure_as_the_surest_of_its_matches() -> None:
    sure = replace(match(GENERIC, 0, 10), confidence=Confidence.HIGH)
    unsure = replace(match(AWS, 0, 10), confidence=Confidence.MEDIUM)
    (merged,) = merge([sure, unsure], secret_rules())
    assert (merged.match.rule, merged.confidence) == (AWS, Confidence.HIGH)


@pytest.mark.parametrize(
    ("matches", "left"),
    [
        pytest.param(
            [match(AWS, 0, 20, "entropy"), match(URL, 5, 20)], [URL], id="one's own doubt"
        ),
        pytest.param(
            [match(AWS, 0, 20, "published"), match(GENERIC, 0, 20)],
            [],
            id="of a value that is known",
        ),
        pytest.param(
            [match(AWS, 0, 20, "structure"), match(GENERIC, 0, 20)],
            [GENERIC],
            id="no secret of one kind may be one of another",
        ),
        pytest.param(
            [match(GENERIC, 0, 20, "placeholder"), match(AWS, 0, 20)],
            [AWS],
            id="the more specific rule knows better",
        ),
        pytest.param(
            [match(AWS, 0, 20, "published"), match(GENERIC, 0, 30)],
            [GENERIC],
            id="of another value that the known one is part of",
        ),
    ],
)
def test_what_one_rule_knows_to_be_no_secret_is_none(
    matches: list[RawMatch], left: list[str]
) -> None:
    assert [one.rule for one in plausible(matches, secret_rules())] == left
