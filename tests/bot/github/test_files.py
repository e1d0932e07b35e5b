"""The files of base...head: all of them, of exactly these commits, or an honest gap."""

from typing import Any

import pytest

from tests.bot.github.answers import (
    HEAD,
    MERGE,
    Answers,
    Json,
    Rest,
    changed,
    pull,
    snapshot,
)
from warden_bot.errors import RetryLaterError
from warden_bot.github.snapshot import take_snapshot
from warden_policies.example import AFTERNOON
from warden_policies.model import Change, ChangedFile, EntryKind, FileChange


def change(rest: Rest, **fields: Any) -> Change:
    return snapshot(pull(**fields), rest=rest).change


def why_not(found: Change) -> str:
    assert found.files is None
    (gap,) = found.unread
    assert gap.part == "files"
    return gap.why


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (changed(), ChangedFile("app.py", FileChange.MODIFIED, 1, 1)),
        (changed(status="changed"), ChangedFile("app.py", FileChange.MODIFIED, 1, 1)),
        (changed(status="added"), ChangedFile("app.py", FileChange.ADDED, 1, 1)),
        (
            changed(status="copied", previous_filename="b.py"),
            ChangedFile("app.py", FileChange.ADDED, 1, 1),
        ),
        (
            changed(status="renamed", previous_filename="b.py"),
            ChangedFile("app.py", FileChange.RENAMED, 1, 1, previous_path="b.py"),
        ),
        (changed(status="removed"), ChangedFile("app.py", FileChange.REMOVED, 1, 1)),
    ],
)
def test_a_file_says_what_became_of_it(entry: Json, expected: ChangedFile) -> None:
    assert change(Rest(compared=[entry])).files == (expected,)


def test_no_files_are_an_answer_too() -> None:
    assert change(Rest(compared=[])).files == ()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        (0o100644, EntryKind.FILE),
        (0o100755, EntryKind.EXECUTABLE),
        (0o120000, EntryKind.SYMLINK),
        (0o160000, EntryKind.SUBMODULE),
    ],
)
def test_a_path_may_lead_to_more_than_a_file(mode: int, kind: EntryKind) -> None:
    files = change(Rest(compared=[changed()], mode=mode)).files

    assert files is not None
    assert (files[0].entry, files[0].previous_entry) == (kind, None)


def test_an_entry_of_a_kind_that_nobody_knows_is_no_answer() -> None:
    with pytest.raises(RetryLaterError):
        change(Rest(compared=[changed()], mode=0o140000))


def many(count: int, **fields: Any) -> list[Json]:
    return [changed(f"src/{number:04}.py", **fields) for number in range(count)]


def counts(number: int) -> Json:
    return {"changedFiles": number, "additions": number, "deletions": number}


def test_up_to_299_files_are_compared_and_nothing_else_is_asked_for() -> None:
    answers = Answers(pull(**counts(299)), rest=Rest(compared=many(299)))
    taken = take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)

    assert len(taken.change.files or ()) == 299
    assert answers.pages == []


@pytest.mark.parametrize("total", [300, 301, 3_000])
def test_beyond_that_the_pull_requests_own_list_is_read_to_the_end(total: int) -> None:
    rest = Rest(compared=many(300), listed=many(total))
    answers = Answers(pull(**counts(total)), rest=rest)
    taken = take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)

    assert len(taken.change.files or ()) == total
    assert answers.pages == list(range(1, total // 100 + 1 + (total % 100 > 0)))


GAPS = [
    pytest.param(3_001, 3_000, {}, "3001 files changed", id="more than GitHub lists"),
    pytest.param(400, 399, {}, "do not add up", id="a list that is cut off"),
    pytest.param(400, 400, {"additions": 2}, "do not add up", id="other lines than counted"),
]


@pytest.mark.parametrize(("total", "listed", "fields", "words"), GAPS)
def test_a_list_that_is_not_whole_is_no_list(
    total: int, listed: int, fields: Json, words: str
) -> None:
    rest = Rest(compared=many(300), listed=many(listed, **fields))

    assert words in why_not(change(rest, **counts(total)))


def test_a_list_that_lacks_what_was_compared_is_of_another_base() -> None:
    rest = Rest(compared=[*many(299), changed("src/other.py")], listed=many(400))

    assert "the base branch has moved" in why_not(change(rest, **counts(400)))


def test_a_list_of_another_head_is_not_believed() -> None:
    """Somebody pushed, let the list be read, and pushed back."""
    elsewhere = [changed("a.py", contents_url="https://x/contents/a.py?ref=" + "d" * 40)]
    rest = Rest(compared=many(300), listed=many(399) + elsewhere)

    with pytest.raises(RetryLaterError, match="kept changing"):
        change(rest, **counts(400))


def test_two_histories_with_nothing_in_common_have_no_files_that_can_be_told() -> None:
    assert "nothing in common" in why_not(change(Rest(compared=None)))


def test_what_was_merged_is_listed_since_comparing_it_shows_nothing() -> None:
    removed = changed("b.py", "removed", contents_url="https://x/contents/b.py?ref=" + "9" * 40)
    rest = Rest(compared=[], listed=[changed("a.py"), removed])
    merged = {"state": "MERGED", "mergeCommit": {"oid": MERGE}}
    found = change(rest, **counts(2), **merged)

    assert [file.path for file in found.files or ()] == ["a.py", "b.py"]


@pytest.mark.parametrize("later", [{"headRefOid": "d" * 40}, {"baseRefName": "release"}])
def test_a_pull_request_that_moved_meanwhile_is_looked_at_again(later: Json) -> None:
    answers = Answers(pull(), rest=Rest(later=later))

    with pytest.raises(RetryLaterError, match="kept changing"):
        take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)
    assert answers.asked == 3
    assert HEAD not in "".join(answers.details), "what is asked about travels in variables"
