"""Bytes and headers in, a typed event out."""

import hashlib
import hmac
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_bot.events import (
    Ignored,
    Stirred,
    Touched,
    UnreadablePayloadError,
    parse,
    signature_matches,
)

OURS = 4242
HEAD = "a" * 40
BASE: dict[str, Any] = {
    "repository": {"id": 7, "full_name": "demo/payments"},
    "installation": {"id": 11},
}


def body(**members: Any) -> bytes:
    return json.dumps({**BASE, **members}).encode()


def check_run(app: int | None, *numbers: int) -> dict[str, Any]:
    pulls = [{"number": number} for number in numbers]
    return {"app": {"id": app} if app else None, "head_sha": HEAD, "pull_requests": pulls}


PULL_ACTIONS = [
    "opened",
    "reopened",
    "synchronize",
    "edited",
    "ready_for_review",
    "converted_to_draft",
    "labeled",
    "unlabeled",
    "closed",
]


@pytest.mark.parametrize("action", PULL_ACTIONS)
def test_a_changed_pull_request_is_decided_again(action: str) -> None:
    event = parse("pull_request", body(action=action, pull_request={"number": 3}), own_app_id=OURS)
    assert event == Touched(11, 7, "demo/payments", (3,))


@pytest.mark.parametrize("action", ["submitted", "edited", "dismissed"])
def test_a_review_is_a_reason_to_decide_again(action: str) -> None:
    payload = body(action=action, pull_request={"number": 3}, review={})
    event = parse("pull_request_review", payload, own_app_id=OURS)
    assert event == Touched(11, 7, "demo/payments", (3,))


@pytest.mark.parametrize("action", ["created", "edited", "deleted"])
def test_what_is_said_about_a_pull_request_is_a_reason_too(action: str) -> None:
    issue = {"number": 3, "pull_request": {"url": "https://..."}}
    event = parse("issue_comment", body(action=action, issue=issue), own_app_id=OURS)
    assert event == Touched(11, 7, "demo/payments", (3,))


@pytest.mark.parametrize("issue", [{"number": 3}, {"number": 3, "pull_request": None}])
def test_what_is_said_about_an_issue_is_none(issue: dict[str, Any]) -> None:
    event = parse("issue_comment", body(action="created", issue=issue), own_app_id=OURS)
    assert event == Ignored("issue_comment on an issue")


ABOUT_PEOPLE = [
    ("member", "edited", BASE, Stirred(11, 7)),
    ("member", "removed", BASE, Stirred(11, 7)),
    ("team", "removed_from_repository", BASE, Stirred(11, 7)),
    ("team", "deleted", {"repository": None}, Stirred(11)),
    ("membership", "removed", BASE, Stirred(11)),
    ("organization", "member_removed", {}, Stirred(11)),
    ("team", "created", BASE, Ignored("team.created")),
    ("organization", "member_invited", BASE, Ignored("organization.member_invited")),
    ("repository_ruleset", "edited", BASE, Ignored("repository_ruleset.edited")),
]


@pytest.mark.parametrize(("name", "action", "members", "expected"), ABOUT_PEOPLE)
def test_what_changes_who_may_do_what_concerns_every_open_pull_request_there(
    name: str, action: str, members: dict[str, Any], expected: object
) -> None:
    assert parse(name, body(action=action, **members), own_app_id=OURS) == expected


@pytest.mark.parametrize("members", [{"repository": None}, {"installation": None}])
def test_a_change_of_members_that_says_not_where_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePayloadError):
        parse("member", body(action="added", **members), own_app_id=OURS)


def test_a_status_concerns_every_pull_request_with_that_head() -> None:
    event = parse("status", body(sha=HEAD, state="failure"), own_app_id=OURS)
    assert event == Touched(11, 7, "demo/payments", (), HEAD)


@pytest.mark.parametrize(
    ("action", "app", "expected"),
    [
        ("completed", 15368, Touched(11, 7, "demo/payments", (3, 4), HEAD)),
        ("completed", None, Touched(11, 7, "demo/payments", (3, 4), HEAD)),
        ("completed", OURS, Ignored("check_run.completed of our own")),
        ("rerequested", OURS, Touched(11, 7, "demo/payments", (3, 4), HEAD, rerun=True)),
        ("rerequested", 15368, Touched(11, 7, "demo/payments", (3, 4), HEAD)),
        ("created", 15368, Touched(11, 7, "demo/payments", (3, 4), HEAD)),
        ("created", OURS, Ignored("check_run.created of our own")),
    ],
)
def test_a_check_of_another_app_counts_and_our_own_does_not(
    action: str, app: int | None, expected: object
) -> None:
    payload = body(action=action, check_run=check_run(app, 3, 4))
    assert parse("check_run", payload, own_app_id=OURS) == expected


@pytest.mark.parametrize(
    ("name", "members", "reason"),
    [
        ("ping", {"zen": "…"}, "ping"),
        ("star", {"action": "created"}, "star.created"),
        ("pull_request", {"action": "assigned"}, "pull_request.assigned"),
        ("something_new", {}, "something_new"),
        ("pull_request", {"action": ["opened"]}, "pull_request"),
        ("pull_request", {"action": {"opened": 1}}, "pull_request"),
        ("pull_request", {"action": "\ud800"}, "pull_request"),
        ("pull_request", {"action": "x" * 100_000}, "pull_request"),
    ],
)
def test_what_changes_no_decision_is_named_and_ignored(
    name: str, members: dict[str, Any], reason: str
) -> None:
    assert parse(name, body(**members), own_app_id=OURS) == Ignored(reason)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"payload=%7B%7D",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"action": "opened", "pull_request": {"number": 1}}).encode(),
        body(action="opened", pull_request=None),
        body(action="opened", pull_request={"number": "three"}),
        body(action="opened"),
        body(action="opened", pull_request={"number": 0}),
        body(action="opened", pull_request={"number": True}),
        body(action="opened", pull_request={"number": 3.0}),
        body(action="opened", pull_request={"number": float("inf")}),
        body(action="opened", pull_request={"number": 2**63}),
        body(action="opened", pull_request={"number": 3}, installation={"id": float("nan")}),
        body(action="opened", pull_request={"number": 3}, installation=None),
        body(action="opened", pull_request={"number": 3}, repository={"id": 7}),
        *(
            body(
                action="opened",
                pull_request={"number": 3},
                repository={"id": 7, "full_name": full_name},
            )
            for full_name in ("payments", "demo/payments/..", "../../user", "a/\ud800", "a/" * 999)
        ),
        b'{"action": "opened", "pull_request": {"number": %s}}' % (b"9" * 5_000),
    ],
)
def test_a_body_that_github_does_not_send_is_refused(payload: bytes) -> None:
    with pytest.raises(UnreadablePayloadError):
        parse("pull_request", payload, own_app_id=OURS)


KNOWN = [
    *("pull_request", "pull_request_review", "check_run", "issue_comment", "status"),
    *("member", "membership", "team", "organization"),
]


@given(st.binary(max_size=200), st.sampled_from([*KNOWN, "ping", ""]))
def test_no_bytes_make_the_parser_fail_in_any_other_way(payload: bytes, name: str) -> None:
    with suppress(UnreadablePayloadError):
        parse(name, payload, own_app_id=OURS)


@pytest.mark.parametrize("issue", [None, [], "3", 3, {}, {"number": "3", "pull_request": {}}])
def test_a_comment_that_github_does_not_send_is_refused(issue: object) -> None:
    with pytest.raises(UnreadablePayloadError):
        parse("issue_comment", body(action="created", issue=issue), own_app_id=OURS)


@pytest.mark.parametrize("sha", [None, "main", 7, ""])
def test_a_status_that_github_does_not_send_is_refused(sha: object) -> None:
    with pytest.raises(UnreadablePayloadError):
        parse("status", body(sha=sha), own_app_id=OURS)


@pytest.mark.parametrize(
    "run",
    [
        None,
        [],
        {**check_run(15368), "head_sha": "main"},
        {**check_run(15368), "head_sha": None},
        {**check_run(15368), "app": 7},
        {**check_run(15368), "pull_requests": None},
        {**check_run(15368), "pull_requests": ["3"]},
    ],
)
def test_a_check_run_that_github_does_not_send_is_refused(run: object) -> None:
    with pytest.raises(UnreadablePayloadError):
        parse("check_run", body(action="completed", check_run=run), own_app_id=OURS)


SECRET, OLD = b"current", b"previous"
PAYLOAD = b"Hello, World!"


def signature(secret: bytes, payload: bytes = PAYLOAD) -> str:
    return "sha256=" + hmac.new(secret, payload, hashlib.sha256).hexdigest()


def test_the_documented_example_of_a_signature() -> None:
    published = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert signature_matches([b"It's a Secret to Everybody"], PAYLOAD, published)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (signature(SECRET), True),
        (signature(OLD), True),
        (signature(b"somebody else's"), False),
        (signature(SECRET, b"another body"), False),
        (signature(SECRET).removeprefix("sha256="), False),
        (signature(SECRET).upper(), False),
        ("sha1=" + "0" * 40, False),
        ("", False),
        ("sha256=", False),
        ("sha256=é" + "\udcff", False),
    ],
)
def test_only_the_right_signature_matches(header: str, expected: bool) -> None:
    assert signature_matches([SECRET, OLD], PAYLOAD, header) is expected
