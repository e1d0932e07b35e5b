"""What GitHub says of a pull request's parts, each as our vocabulary has it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bot.github.answers import (
    ANA,
    BASE,
    BOB,
    CARL,
    Json,
    checks,
    comment,
    commit,
    dismissed,
    forced,
    labeled,
    page,
    person_in_commit,
    pull,
    review,
    signature,
    snapshot,
    status,
)
from warden_policies.model import (
    AccountKind,
    Change,
    CommitStatus,
    Dismissal,
    KeyKind,
    Label,
    Person,
    ReviewState,
    Verification,
)

MAIN_ANA, MAIN_BOB, MAIN_CARL = Person(1, "ana"), Person(2, "bob"), Person(3, "carl")


def change(**fields: Any) -> Change:
    return snapshot(pull(**fields)).change


LABELS = [
    pytest.param([], [], (), id="none"),
    pytest.param(["docs"], [labeled("docs")], (Label("docs", MAIN_CARL),), id="put there"),
    pytest.param(
        ["docs"],
        [labeled("docs"), labeled("docs", 2, off=True), labeled("docs", 3, BOB)],
        (Label("docs", MAIN_BOB),),
        id="taken off and put there again by somebody else",
    ),
    pytest.param(
        ["docs"],
        [labeled("docs"), labeled("docs", 2, off=True)],
        (Label("docs"),),
        id="taken off the last time, and yet there",
    ),
    pytest.param(["docs"], [labeled("docs", actor=None)], (Label("docs"),), id="by nobody"),
    pytest.param([], [labeled("docs")], (), id="gone without a trace"),
    pytest.param(
        ["risk", "docs"],
        [labeled("risk"), labeled("docs", 2, ANA)],
        (Label("docs", MAIN_ANA), Label("risk", MAIN_CARL)),
        id="two, by name",
    ),
]


@pytest.mark.parametrize(("names", "events", "expected"), LABELS)
def test_a_label_names_whoever_put_it_there_the_last_time(
    names: list[str], events: list[Json], expected: tuple[Label, ...]
) -> None:
    labels = page(*({"name": name} for name in names))

    assert change(labels=labels, timeline=page(*events)).labels == expected


def test_a_review_that_somebody_ended_says_who_did_and_why_and_what_it_had_said() -> None:
    reviews = page(review(1, state="DISMISSED"), review(2))
    first, second = change(reviews=reviews, timeline=page(dismissed(1))).reviews

    ended = Dismissal(
        MAIN_CARL,
        "Fixed",
        ReviewState.CHANGES_REQUESTED,
        datetime(2026, 11, 23, 15, tzinfo=UTC),
    )
    assert (first.state, first.dismissal) == (ReviewState.DISMISSED, ended)
    assert second.dismissal is None


@pytest.mark.parametrize(
    ("event", "by", "reason"),
    [
        (dismissed(1, actor=None), None, "Fixed"),
        (dismissed(1, dismissalMessage=None), MAIN_CARL, ""),
        (dismissed(1, actor=ANA), MAIN_ANA, "Fixed"),
    ],
)
def test_what_is_not_known_of_a_dismissal_is_left_out(
    event: Json, by: Person | None, reason: str
) -> None:
    (found,) = change(reviews=page(review(1, state="DISMISSED")), timeline=page(event)).reviews

    assert found.dismissal is not None
    assert (found.dismissal.by, found.dismissal.reason) == (by, reason)


@pytest.mark.parametrize("event", [None, dismissed(2), dismissed(1, review=None)])
def test_a_dismissal_that_is_not_on_the_timeline_was_nobodys(event: Json | None) -> None:
    timeline = page(event) if event else page()
    (found,) = change(reviews=page(review(1, state="DISMISSED")), timeline=timeline).reviews

    assert found.dismissal is None


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (None, False),
        ("2026-11-23T14:01:59Z", False),  # while it was a draft
        ("2026-11-23T14:05:00Z", True),
    ],
)
def test_a_review_tells_when_its_words_were_changed(edited: str | None, *, told: bool) -> None:
    (found,) = change(reviews=page(review(body="LGTM", lastEditedAt=edited))).reviews

    assert (found.body, found.edited_at is not None) == ("LGTM", told)


def test_comments_are_in_the_order_of_their_numbers_with_their_edits() -> None:
    later = comment(12, author=None, lastEditedAt="2026-11-23T14:30:00Z")
    comments = change(comments=page(later, comment(2))).comments

    assert comments is not None
    assert [(each.id, each.author, each.edited_at is None) for each in comments] == [
        (2, MAIN_CARL, True),
        (12, None, False),
    ]


def test_whoever_rewrote_the_head_branch_is_known_to_have_pushed() -> None:
    timeline = page(forced(1, CARL), forced(2, BOB), forced(3, CARL), forced(4, None))

    assert change(timeline=timeline).pushers == (MAIN_BOB, MAIN_CARL)


def test_a_robot_is_never_taken_for_a_person_of_the_same_name() -> None:
    robot = {"__typename": "Bot", "login": "bob", "databaseId": 90}
    (found,) = change(reviews=page(review(author=robot))).reviews

    assert found.author == Person(90, "bob[bot]", AccountKind.BOT)


def test_a_status_has_a_name_a_state_and_whoever_said_so() -> None:
    contexts = page(status("z", state="EXPECTED", creator=None), status("a", state="FAILURE"))
    found = change(headCommit=checks(contexts))

    assert found.statuses == (CommitStatus("a", "failure", MAIN_BOB), CommitStatus("z", "pending"))
    assert found.checks == ()


SIGNATURES = [
    (None, None),
    (signature(keyId="K1"), Verification(True, MAIN_ANA, KeyKind.GPG, "K1")),
    (
        signature("SshSignature", keyFingerprint="F1"),
        Verification(True, MAIN_ANA, KeyKind.SSH, "F1"),
    ),
    (signature("SmimeSignature"), Verification(True, MAIN_ANA, KeyKind.SMIME)),
    (
        signature("UnknownSignature"),
        Verification(False, MAIN_ANA),
    ),
    (
        signature(isValid=False, state="UNKNOWN_KEY", signer=None, keyId=None),
        Verification(False, None, state="UNKNOWN_KEY"),
    ),
]


@pytest.mark.parametrize(("signed", "expected"), SIGNATURES, ids=str)
def test_a_signature_says_whose_key_it_was_and_whether_github_vouches_for_it(
    signed: Json | None, expected: Verification | None
) -> None:
    (found,) = change(commits=page(commit(signature=signed))).commits

    assert found.verification == expected


def test_a_commit_names_its_parents_and_where_it_was_made() -> None:
    parents = {"totalCount": 2, "nodes": [{"oid": BASE}, {"oid": "e" * 40}]}
    (found,) = change(commits=page(commit(parents=parents, committedViaWeb=True))).commits

    assert (found.parents, found.on_web) == ((BASE, "e" * 40), True)


def operators(message: str, **fields: Any) -> list[tuple[str, int | None]]:
    (found,) = change(commits=page(commit(message=message)), **fields).commits
    return [(each.email, each.person.id if each.person else None) for each in found.operators]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("On-behalf-of: Ana <ana@example.org>", [("ana@example.org", 1)]),
        ("on-behalf-of:   ANA@example.org", [("ANA@example.org", 1)]),
        ("On-behalf-of: 2+bob@users.noreply.github.com", [("2+bob@users.noreply.github.com", 2)]),
        (
            "On-behalf-of: B <2+renamed@users.noreply.github.com>",
            [("2+renamed@users.noreply.github.com", 2)],
        ),
        (
            "On-behalf-of: E <66+eve@users.noreply.github.com>",
            [("66+eve@users.noreply.github.com", None)],
        ),
        ("On-behalf-of: 2+bob@example.org", [("2+bob@example.org", None)]),
        ("On-behalf-of: somebody", [("somebody", None)]),
        ("On-behalf-of:", [("", None)]),
        ("On-behalf-of: @acme <acme@example.org>", []),
        ("I did this on-behalf-of: nobody", []),
        ("Signed-off-by: Ana <ana@example.org>", []),
    ],
)
def test_whom_an_agent_worked_for_is_found_among_those_who_are_known(
    line: str, expected: list[tuple[str, int | None]]
) -> None:
    assert operators(f"Change it\n\n{line}\n") == expected


def test_every_operator_is_kept_once_and_found_by_any_commits_address() -> None:
    other = commit("d" * 40, authors={"totalCount": 1, "nodes": [person_in_commit("dina", 4)]})
    message = "Change it\n\nOn-behalf-of: dina@example.org\nOn-behalf-of: D <dina@example.org>\n"
    first, _ = change(commits=page(commit(message=message), other)).commits

    assert [each.person for each in first.operators] == [Person(4, "dina")]


def test_where_the_head_lies_and_when_it_was_opened() -> None:
    fork = change(headRepository={"nameWithOwner": "eve/shop"}, lastEditedAt="2026-11-23T13:00:00Z")

    assert (fork.head_repository, change(headRepository=None).head_repository) == ("eve/shop", None)
    assert fork.opened_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert fork.body_edited_at == datetime(2026, 11, 23, 13, tzinfo=UTC)
