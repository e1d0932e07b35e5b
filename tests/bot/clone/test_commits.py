"""The commits of a change, from git: through every parent, with everybody who is named in them."""

from pathlib import Path

import pytest

from tests.bot.clone.book import Book, git
from tests.bot.clone.conftest import OpenHistory
from tests.bot.clone.shapes import MAIN
from warden_bot.clone.commit_object import CommitObject, Trailer
from warden_bot.clone.commits import commits_between
from warden_bot.clone.errors import GitFailedError


def read(folder: Path, open_history: OpenHistory, content: bytes) -> CommitObject:
    """What is read of a commit with exactly these bytes, which git itself might not write."""
    Book([]).write(folder)
    tree = git(folder, "mktree").strip().encode()
    command = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    name = git(folder, *command, given=b"tree %s\n" % tree + content).strip()
    return open_history(folder).commit(name)


def test_row_10_a_side_branch_counts_with_all_who_made_it(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    book = Book()
    base = book.commit((), MAIN)
    first = book.commit(base, MAIN | {"a": "1"})
    side = book.commit(
        base, MAIN | {"b": "1"}, "Side", "Bob <bob@example.org>", "Carl <carl@x.org>"
    )
    head = book.commit((first, side), MAIN | {"a": "1", "b": "1"})
    names = book.write(tmp_path / "repository")
    commits = commits_between(open_history(tmp_path / "repository"), names[base], names[head])
    assert {commit.sha for commit in commits} == {names[first], names[side], names[head]}
    (found,) = (commit for commit in commits if commit.sha == names[side])
    assert (found.author_email, found.committer_email) == ("bob@example.org", "carl@x.org")
    assert commits[-1].parents == (names[first], names[side])


def test_what_the_base_has_is_not_part_of_the_change(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    book = Book()
    old = book.commit((), MAIN)
    base = book.commit(old, MAIN | {"b": "1"})
    first = book.commit(old, MAIN | {"a": "1"})
    head = book.commit((first, base), MAIN | {"a": "1", "b": "1"})
    names = book.write(tmp_path / "repository")
    commits = commits_between(open_history(tmp_path / "repository"), names[base], names[head])
    assert [commit.sha for commit in commits] == [names[first], names[head]]


def test_row_32_more_than_250_commits_are_all_there_parents_first(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    book = Book()
    base = at = book.commit((), MAIN)
    for number in range(300):
        at = book.commit(at, {"a": f"{number}\n"})
    names = book.write(tmp_path / "repository")
    commits = commits_between(open_history(tmp_path / "repository"), names[base], names[at])
    assert [commit.sha for commit in commits] == names[1:]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Fix", ()),
        ("Fix\n\nCo-authored-by: Bob <b@x.org>", (Trailer("co-authored-by", "Bob <b@x.org>"),)),
        (
            "Fix\n\nCO-AUTHORED-BY :  Bob <b@x.org> \r\nOn-Behalf-Of: @ana <a@x.org>\n",
            (
                Trailer("co-authored-by", "Bob <b@x.org>"),
                Trailer("on-behalf-of", "@ana <a@x.org>"),
            ),
        ),
        (
            "Co-authored-by: Bob <b@x.org>\n\nNot in the last paragraph\n\nSigned-off-by: x <x>",
            (Trailer("co-authored-by", "Bob <b@x.org>"),),
        ),
        ("Fix\n\nco-authored-by Bob", ()),
        ("Fix\n\n> Co-authored-by: Bob <b@x.org>", ()),
        ("Fix\n\nCo-authored-by:", (Trailer("co-authored-by", ""),)),
    ],
)
def test_everybody_whom_a_message_names_is_told(
    tmp_path: Path, open_history: OpenHistory, message: str, expected: tuple[Trailer, ...]
) -> None:
    who = b"author A <a@x.org> 1 +0000\ncommitter A <a@x.org> 1 +0000\n\n"
    assert read(tmp_path / "r", open_history, who + message.encode()).trailers == expected


SIGNED = b"gpgsig -----BEGIN\n author Eve <eve@x.org> 1 +0000\n -----END\n"


@pytest.mark.parametrize(
    ("headers", "author", "committer"),
    [
        (b"author A <a@x.org> 1 +0000\ncommitter C <c@x.org> 1 +0000\n", "a@x.org", "c@x.org"),
        (b"author A <a@x.org> 1 +0000\n", "a@x.org", ""),
        (b"author A < a@x.org > 1 +0000\ncommitter C <> 1 +0000\n", "a@x.org", ""),
        (b"author A <a@x.org> <b@x.org> 1 +0000\ncommitter C <c\n", "a@x.org", ""),
        (b"author A a@x.org 1 +0000\ncommitter\n", "", ""),
        (b"author A <a@x.org> 1 +0000\nauthor B <b@x.org> 1 +0000\n", "", ""),
        (b"author A <\xe9@x.org> 1 +0000\n" + SIGNED, "\\xe9@x.org", ""),
    ],
)
def test_a_name_that_cannot_be_read_is_nobodys(
    tmp_path: Path, open_history: OpenHistory, headers: bytes, author: str, committer: str
) -> None:
    found = read(tmp_path / "r", open_history, headers + b"\nMessage\n")
    assert (found.author_email, found.committer_email) == (author, committer)


def test_a_commit_that_is_not_here_is_an_error(tmp_path: Path, open_history: OpenHistory) -> None:
    Book([]).write(tmp_path / "r")
    with pytest.raises(GitFailedError, match="is not a commit of this clone"):
        open_history(tmp_path / "r").commit("1" * 40)
