"""What a requirement of approvals is said to ask is what its settings make it ask."""

import pytest

from warden_policies.actors import UNNAMED, Actors
from warden_policies.approval_words import asked, never
from warden_policies.eligibility import Content, Rules
from warden_policies.model import Permission


@pytest.mark.parametrize(
    ("count", "rules", "one_more", "words"),
    [
        (1, Rules(), False, "1 approval by people with write access"),
        (2, Rules(Actors(teams=("acme/payments",))), False,
         "2 approvals by the team acme/payments"),
        (1, Rules(Actors(("bob",), permission=Permission.MAINTAIN), bots=("robot[bot]",)), False,
         "1 approval by bob, anybody with maintain access or the robots robot[bot]"),
        (1, Rules(expire_after_days=1), False,
         "1 approval by people with write access, none older than a day"),
        (2, Rules(expire_after_days=30), True,
         "2 approvals by people with write access, none older than 30 days, and one more while a"
         " commit's author or committer is unknown"),
    ],
)  # fmt: skip
def test_what_is_asked(count: int, rules: Rules, one_more: bool, words: str) -> None:
    assert asked(count, rules, one_more=one_more) == words


def said(rules: Rules, lifters: Actors = UNNAMED, *, unknown_blocks: bool = True) -> str:
    return "\n".join(never(rules, lifters, unknown_blocks=unknown_blocks))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(), "Whoever opened the pull request, or is an author, co-author or committer"),
        (Rules(allow_opener=True), "committer in it cannot approve it, except for who opened it"),
        (Rules(allow_other_contributors=True), "Whoever opened the pull request cannot approve it"),
    ],
)
def test_who_may_not_approve_their_own_work(rules: Rules, words: str) -> None:
    assert words in said(rules)


def test_nothing_is_said_against_approving_own_work_where_all_may() -> None:
    assert "cannot approve it" not in said(Rules(allow_opener=True, allow_other_contributors=True))


def test_the_other_settings_change_what_never_counts() -> None:
    assert "unless git proves" in said(Rules())
    assert "whatever came after it" in said(Rules(content=Content.HEAD))
    assert "neither does a robot that is not named" in said(Rules(bots=("robot[bot]",)))
    assert "or bob dismisses it" in said(Rules(), Actors(("bob",)))
    assert "unknown" in said(Rules())
    assert "unknown" not in said(Rules(), unknown_blocks=False)
