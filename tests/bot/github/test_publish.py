"""Recorded decisions into the one check run of a commit: its size and its words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.builders import BOB, HEAD, approval, change, policy, ready
from warden_bot.github.client import CheckRun
from warden_bot.github.publish import Shown, check_run
from warden_policies.evaluate import evaluate
from warden_policies.model import Change, Person

GITHUB_SUMMARY = 65_535
GITHUB_TITLE = 255


def shown(number: int, decided: Change, trouble: str | None = None) -> Shown:
    checkpoint = "github.example/app/1/installation/2\n" + "x" * 300
    return Shown(number, evaluate(policy(), decided), number, checkpoint, None, trouble)


def observing(number: int, decided: Change, trouble: str | None = None) -> Shown:
    enforced = shown(number, decided, trouble)
    until = decided.evaluated_at.replace(year=2027)
    return replace(enforced, decision=replace(enforced.decision, observing_until=until))


def run(decided: Sequence[Shown]) -> CheckRun:
    return check_run(HEAD, decided)


def test_a_thousand_pull_requests_on_one_commit_and_a_flood_of_reviews_fit() -> None:
    strangers = tuple(
        approval(Person(id, "s" * 39), id=id, can_push=False) for id in range(10, 2_000)
    )
    flooded = shown(100_000, ready(reviews=strangers))
    made = run([replace(flooded, number=number) for number in range(100_000, 101_000)])

    assert len(made.summary.encode()) < GITHUB_SUMMARY
    assert "and 989 more" in made.summary


def test_the_reason_of_a_failure_is_words_and_no_markup() -> None:
    trouble = "the App lacks <img src=x> @acme/all | \u202e `x`" + "!" * 1_000
    made = run([shown(1, change(reviews=(approval(BOB),)), trouble)])

    assert made.conclusion == "failure"
    assert len(made.title) < GITHUB_TITLE
    assert not any(sign in made.summary for sign in ("<img", "@acme", "\u202e"))
    assert "\u202e" not in made.title


@pytest.mark.parametrize("trouble", [None, "GitHub answered 502"])
def test_one_that_is_in_doubt_or_blocked_outweighs_one_that_is_allowed(trouble: str | None) -> None:
    allowed, other = shown(1, ready()), shown(2, ready() if trouble else change(), trouble)

    assert run([allowed]).conclusion == "success"
    assert run([allowed, other]).conclusion == "failure"
    assert "This commit is also the head of #1." in run([allowed, other]).summary


def test_a_policy_that_only_observes_stops_nobody_and_says_so() -> None:
    made = run([observing(1, change())])

    assert made.conclusion == "neutral"
    assert made.title.startswith("Would block: ")
    assert "until then this stops nobody" in made.summary


@pytest.mark.parametrize(
    ("decided", "conclusion"),
    [
        ([observing(1, ready())], "success"),
        ([observing(1, change(), "GitHub answered 502")], "failure"),
        ([observing(1, change()), shown(2, change())], "failure"),
        ([observing(1, change()), shown(2, ready())], "success"),
    ],
    ids=["allowed", "in doubt", "one enforces and blocks", "one enforces and allows"],
)
def test_what_observes_hides_nothing_that_is_enforced(
    decided: list[Shown], conclusion: str
) -> None:
    assert run(decided).conclusion == conclusion
