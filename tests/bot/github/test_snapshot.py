"""GitHub's answers into a Change: whole, or not at all, and never on a guess."""

from typing import Any

import pytest

from tests.bot.github.answers import (
    BASE,
    HEAD,
    MERGE,
    Answers,
    Json,
    branch,
    checks,
    comment,
    commit,
    dismissed,
    page,
    pull,
    review,
    run,
    signature,
    snapshot,
    status,
)
from warden_bot.errors import RetryLaterError
from warden_bot.github.snapshot import PolicyFile
from warden_policies.codec import decode_change, encode_change
from warden_policies.people import unattributed


def test_a_whole_answer_is_a_change_that_can_be_replayed() -> None:
    taken = snapshot(pull())

    assert decode_change(encode_change(taken.change)) == taken.change
    assert (taken.state, taken.merge_sha, taken.policy.source) == ("open", None, b"version: 1\n")


NULLS = [
    {"reviews": None},
    {"commits": None},
    {"headCommit": None},
    {"headRefOid": None},
    {"title": None},
    {"body": None},
    {"isDraft": None},
    {"baseRef": {"name": "main", "target": None}},
    {"reviews": page(None)},
    {"reviews": page(review(fullDatabaseId=None))},
    {"reviews": page(review(submittedAt=None))},
    {"reviews": page(review(authorCanPushToRepository=None))},
    {"reviews": page(review(state="PRAISED"))},
    {"commits": page({"commit": None})},
    {"commits": page(commit(authors=None))},
    {"headCommit": checks(page(None))},
    {"headCommit": checks(page(run(databaseId=None)))},
    {"headCommit": checks(page(run(checkSuite=None)))},
    {"headCommit": checks(page(run(conclusion="MAYBE")))},
    {"headCommit": checks(page({"__typename": "StatusContext"}))},
    {"headCommit": checks(page(status(state="SPLENDID")))},
    {"comments": None},
    {"comments": page(comment(fullDatabaseId=None))},
    {"comments": page(comment(body=None))},
    {"labels": None},
    {"labels": page({"name": None})},
    {"timeline": None},
    {"timeline": page(None)},
    {"timeline": page(dismissed(1, previousReviewState="PRAISED"))},
    {"commits": page(commit(parents=None))},
    {"commits": page(commit(parents={"totalCount": 2, "nodes": [{"oid": BASE}]}))},
    {"commits": page(commit(message=None))},
    {"commits": page(commit(signature=signature(state=None)))},
]


@pytest.mark.parametrize("hole", NULLS, ids=str)
def test_an_answer_with_a_hole_in_it_is_no_answer(hole: Json) -> None:
    with pytest.raises(RetryLaterError):
        snapshot(pull(**hole))


@pytest.mark.parametrize("answer", [{}, {"repository": []}, [], "<html>", None])
def test_neither_is_something_else_entirely(answer: Any) -> None:
    with pytest.raises(RetryLaterError):
        snapshot(answer)


@pytest.mark.parametrize(
    "known",
    [
        {"reviews": page(review(author=None))},
        {"reviews": page(review(commit=None))},
        {"reviews": page(review(author={"__typename": "Mannequin", "login": "m"}))},
        {"headCommit": checks(None)},
        {"headCommit": checks(page(run(checkSuite={"app": None})))},
        {"headCommit": checks(page(status(creator=None)))},
        {"headRepository": None},
        {"comments": page(comment(author=None))},
        {"commits": page(commit(signature=signature(signer=None)))},
        {"author": None},
        {"author": {"__typename": "Organization", "login": "acme"}},
    ],
    ids=str,
)
def test_what_github_may_leave_out_is_read_as_nobody_or_nothing(known: Json) -> None:
    change = snapshot(pull(**known)).change

    assert decode_change(encode_change(change)) == change


@pytest.mark.parametrize("user", [None, {"databaseId": None, "login": "ana"}])
def test_an_author_without_an_account_number_is_nobody_we_know(user: Json | None) -> None:
    authors = {"totalCount": 1, "nodes": [{"email": "ana@example.org", "user": user}]}

    assert unattributed(snapshot(pull(commits=page(commit(authors=authors)))).change) == (HEAD,)


def test_a_pull_request_without_commits_can_be_read() -> None:
    change = snapshot(pull(commits=page(), headCommit={"nodes": []})).change

    assert (change.commits, change.checks) == ((), ())


@pytest.mark.parametrize("state", ["CLOSED", "MERGED"])
def test_a_pull_request_outlives_its_base_branch(state: str) -> None:
    merge = {"oid": MERGE} if state == "MERGED" else None
    taken = snapshot(pull(state=state, baseRef=None, mergeCommit=merge))

    assert (taken.change.base_sha, taken.state) == (BASE, state.lower())
    assert (taken.policy.source, taken.policy.problem) == (
        None,
        "the branch does not exist any more",
    )


def test_an_open_pull_request_without_a_base_branch_is_about_to_change() -> None:
    with pytest.raises(RetryLaterError, match="base branch"):
        snapshot(pull(baseRef=None))


def test_only_a_merged_pull_request_has_a_merge_commit() -> None:
    assert snapshot(pull(mergeCommit={"oid": MERGE})).merge_sha is None
    assert snapshot(pull(mergeCommit={"oid": MERGE}, state="MERGED")).merge_sha == MERGE
    with pytest.raises(RetryLaterError, match="merge commit"):
        snapshot(pull(state="MERGED"))


def test_the_order_of_an_answer_does_not_matter() -> None:
    def change(*numbers: int) -> bytes:
        reviews = page(*(review(number) for number in numbers))
        runs = checks(page(*(run(number) for number in numbers)))
        return encode_change(snapshot(pull(reviews=reviews, headCommit=runs)).change)

    assert change(1, 2, 10) == change(10, 2, 1)


MOVED = "kept changing"
PAGES = [
    pytest.param(
        [pull(reviews=page(review(1), more=True, total=2)), pull(reviews=page(review(1), total=2))],
        MOVED,
        id="the same node on two pages",
    ),
    pytest.param(
        [pull(reviews=page(review(1), more=True, total=2)), pull(reviews=page(review(2), total=3))],
        MOVED,
        id="another total on the second page",
    ),
    pytest.param(
        [
            pull(reviews=page(review(1), more=True, total=2)),
            pull(reviews=page(review(2), total=2), headRefOid="d" * 40),
        ],
        MOVED,
        id="another head on the second page",
    ),
    pytest.param(
        [pull(headCommit=checks(None, oid="d" * 40))], MOVED, id="a head that lags behind"
    ),
    pytest.param([pull(headCommit={"nodes": []})], MOVED, id="commits but no last one"),
    pytest.param(
        [pull(reviews=page(review(1), total=2))], "did not list all", id="fewer than announced"
    ),
    pytest.param(
        [pull(reviews=page(more=True, total=2))], "did not list all", id="empty pages without end"
    ),
    pytest.param(
        [pull(reviews=page(review(1), more=True, total=50))], MOVED, id="one page without end"
    ),
]


@pytest.mark.parametrize(("answers", "words"), PAGES)
def test_pages_that_do_not_fit_together_are_no_picture(answers: list[Json], words: str) -> None:
    with pytest.raises(RetryLaterError, match=words):
        snapshot(*(answers * 3))


def test_what_moved_once_is_read_again_from_the_start() -> None:
    lagging, good = pull(headCommit=checks(None, oid="d" * 40)), pull()

    assert snapshot(lagging, good).change == snapshot(good).change


def test_every_page_is_asked_for_once() -> None:
    pages = [page(review(number), more=number < 3, total=3) for number in (1, 2, 3)]
    answers = Answers(*(pull(reviews=each) for each in pages))

    assert len(snapshot(*answers.answers).change.reviews) == 3


def test_another_branch_than_the_default_one_does_not_choose_its_policy_alone() -> None:
    taken = snapshot(pull(baseRefName="lax", baseRef=branch("lax", "version: 2\n")))

    assert taken.policy.source == b"version: 2\n"
    assert taken.floor == PolicyFile(b"version: 1\n", where=f"main at {BASE[:7]}")
    assert snapshot(pull()).floor is None
