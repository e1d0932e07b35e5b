"""What GitHub's failures mean to us, GraphQL's above all: they come with status 200."""

from datetime import timedelta
from typing import Any

import pytest
from github.GithubException import GithubException

from warden_bot.errors import ForbiddenError, GoneError, RefusedError, RetryLaterError
from warden_bot.github.failures import data_of, meaning

DATA = {"organization": None, "repository": {"name": "shop"}}


def error(kind: str, *path: object) -> dict[str, Any]:
    return {"type": kind, "path": list(path), "message": "..."}


def data(
    *errors: dict[str, Any], absent: tuple[str, ...] = ("organization",), **headers: str
) -> Any:
    return data_of({"data": DATA, "errors": list(errors)}, headers, absent)


def test_data_without_errors_is_data() -> None:
    assert data_of({"data": DATA}, {}, ()) == DATA


def test_what_may_be_missing_may_be_missing() -> None:
    assert data(error("NOT_FOUND", "organization")) == DATA


@pytest.mark.parametrize(
    "errors",
    [
        (error("NOT_FOUND", "repository"),),
        (error("NOT_FOUND", "repository"), error("NOT_FOUND", "organization")),
        (error("NOT_FOUND", "organization", "defaultBranchRef"),),
        (error("NOT_FOUND", "repository", "pullRequest"),),
        ({"type": "NOT_FOUND"},),
    ],
)
def test_anything_else_that_is_missing_is_gone(errors: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(GoneError):
        data(*errors)


def test_a_field_that_we_may_not_read_is_named_with_what_to_do() -> None:
    refused = (
        error("FORBIDDEN", "team3", "team"),
        error("FORBIDDEN", "repository", "pullRequest", "commits", "nodes", 0, "commit", "file"),
    )
    with pytest.raises(ForbiddenError) as raised:
        data(*refused, error("NOT_FOUND", "organization"))

    assert str(raised.value) == (
        "the App may not read repository.pullRequest.commits.nodes.commit.file, team.team: give"
        " it the permissions that docs/howto/run-the-service.md lists, and accept them for the"
        " installation"
    )


@pytest.mark.parametrize(
    "errors",
    [
        (error("SOMETHING"),),
        (error("FORBIDDEN", "organization"), error("NOT_FOUND", "repository")),
        ({"message": "Something went wrong"},),
    ],
)
def test_other_errors_and_mixtures_are_to_be_tried_again(
    errors: tuple[dict[str, Any], ...],
) -> None:
    with pytest.raises(RetryLaterError, match="answered the query with errors"):
        data(*errors)


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({}, timedelta(seconds=60)),
        ({"Retry-After": "7"}, timedelta(seconds=7)),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, timedelta(seconds=60)),
    ],
)
def test_a_limit_says_how_long_to_wait(headers: dict[str, str], after: timedelta) -> None:
    with pytest.raises(RetryLaterError, match="rate limit") as raised:
        data_of({"data": None, "errors": [error("RATE_LIMITED")]}, headers, ())
    assert raised.value.after == after


@pytest.mark.parametrize("reply", [{}, {"errors": []}, {"data": DATA, "errors": [None]}])
def test_an_answer_of_another_shape_is_none(reply: dict[str, Any]) -> None:
    with pytest.raises((AttributeError, KeyError)):
        data_of(reply, {}, ())


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (403, {"X-Accepted-GitHub-Permissions": "contents=read"}, ForbiddenError),
        (403, {}, RefusedError),
        (404, {}, GoneError),
        (502, {}, RetryLaterError),
    ],
)
def test_a_refusal_over_http_says_what_it_takes(
    status: int, headers: dict[str, str], kind: type[Exception]
) -> None:
    found = meaning(GithubException(status, {}, headers))

    assert type(found) is kind
    assert "contents=read" in str(found) or "X-Accepted-GitHub-Permissions" not in headers
