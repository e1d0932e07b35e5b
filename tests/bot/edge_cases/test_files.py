"""Which files change: renames, links, thousands of them, and hundreds of commits."""

from typing import TypeAlias

from tests.bot.edge_cases.conftest import Quiet
from warden_bot.sandbox import Content, Executable, Submodule, Symlink, Written
from warden_policies.model import ChangedFile, EntryKind, FileChange

Files: TypeAlias = dict[str, Content | None]


def test_row_30_a_rename_is_known_at_both_paths(quiet: Quiet) -> None:
    text = "a\nb\nc\nd\n"
    quiet.repository.push(quiet.carl, "main", {"payments/old.py": text}, "Base")
    quiet.repository.push(quiet.ana, "move", {"m.py": "1\n"}, "Begin")
    files = {"payments/old.py": None, "docs/new.py": text + "e\n"}
    quiet.repository.push(quiet.ana, "move", files, "Move")
    number = quiet.repository.open_pull_request(quiet.ana, "move", "Move")

    assert quiet.look(number).change.files == (
        ChangedFile("docs/new.py", FileChange.RENAMED, 1, 0, "payments/old.py"),
        ChangedFile("m.py", FileChange.ADDED, 1, 0),
    )


def test_row_30_what_becomes_a_link_a_program_or_another_repository_is_flagged(
    quiet: Quiet,
) -> None:
    before: Files = {
        "file": "1\n",
        "link": Symlink("file"),
        "tool": Executable("1\n"),
        "same": "1\n",
    }
    quiet.repository.push(quiet.carl, "main", before, "Base")
    after: Files = {
        "file": Symlink("/etc/passwd"),
        "link": "2\n",
        "tool": "1\n",
        "same": "2\n",
        "module": Submodule("1" * 40),
        "run": Executable("#!/bin/sh\n"),
    }
    quiet.repository.push(quiet.ana, "kinds", after, "All kinds")
    quiet.repository.push(quiet.ana, "kinds", {"run": None}, "Not that")
    number = quiet.repository.open_pull_request(quiet.ana, "kinds", "Kinds")

    kinds = {
        file.path: (file.entry, file.previous_entry)
        for file in quiet.look(number).change.files or ()
    }
    assert kinds == {
        "file": (EntryKind.SYMLINK, EntryKind.FILE),
        "link": (EntryKind.FILE, EntryKind.SYMLINK),
        "tool": (EntryKind.FILE, EntryKind.EXECUTABLE),
        "same": (EntryKind.FILE, None),
        "module": (EntryKind.SUBMODULE, None),
    }


def test_row_30_a_link_that_is_taken_away_was_one(quiet: Quiet) -> None:
    quiet.repository.push(quiet.carl, "main", {"link": Symlink("file")}, "Base")
    quiet.repository.push(quiet.ana, "off", {"link": None}, "Off")
    number = quiet.repository.open_pull_request(quiet.ana, "off", "Off")

    (file,) = quiet.look(number).change.files or ()
    assert (file.change, file.previous_entry) == (FileChange.REMOVED, EntryKind.SYMLINK)


def test_row_31_more_files_than_github_compares_are_read_from_its_list(quiet: Quiet) -> None:
    files = {f"src/{number:04}.py": "1\n" for number in range(310)}
    quiet.repository.push(quiet.ana, "topic", files, "Many")
    change = quiet.change

    assert len(change.files or ()) == change.changed_files == 311
    assert change.unread == ()


def test_row_31_more_files_than_github_lists_are_not_known_and_it_says_so(quiet: Quiet) -> None:
    files = {f"src/{number:04}.py": "1\n" for number in range(3_000)}
    quiet.repository.push(quiet.ana, "topic", files, "Far too many")
    change = quiet.change

    assert change.files is None
    (gap,) = change.unread
    assert (gap.part, gap.why) == (
        "files",
        "3001 files changed, and GitHub lists no more than 3000",
    )


def test_row_32_every_one_of_hundreds_of_commits_is_read(quiet: Quiet) -> None:
    """The last one but a few is by somebody else, far beyond REST's 250."""
    start = quiet.repository.head("topic")
    for number in range(2):
        quiet.repository.push(quiet.ana, "topic", {"n": f"{number}\n"}, f"Step {number}")
    quiet.repository.push_series(quiet.ana, "topic", [f"Step {n}" for n in range(2, 257)])
    written = Written(author=quiet.carl)
    late = quiet.repository.push(quiet.ana, "topic", {"late": "1\n"}, "Late", written=written)
    commits = quiet.change.commits

    assert len(commits) == 259
    assert (commits[0].sha, commits[-1].sha) == (start, late)
    author = commits[-1].authors[0].person
    assert author is not None
    assert author.login == "carl"


def test_what_was_merged_keeps_its_files(quiet: Quiet) -> None:
    quiet.repository.merge(quiet.carl, quiet.number)
    snapshot = quiet.look()

    assert snapshot.state == "merged"
    assert snapshot.change.files == (ChangedFile("app.py", FileChange.ADDED, 1, 0),)
