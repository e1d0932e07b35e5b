"""Which files a commit would hold, which of their lines are new, and that git is asked right."""

import os
import shutil
from pathlib import Path

import pytest

from tests.hooks.repository import commit, git, new_repository, stage, write
from warden_hooks import staged
from warden_hooks.errors import UsageError
from warden_hooks.git import EVERY_LINE, GitError
from warden_hooks.source import Skipped, SkipReason, SourceFile

LIMIT = 10_000


def seen(*names: str) -> dict[str, SourceFile | Skipped]:
    return {source.path: source for source in staged.sources(names, LIMIT)}


def text_of(source: SourceFile | Skipped) -> str:
    assert isinstance(source, SourceFile)
    return source.text


def added(source: SourceFile | Skipped) -> tuple[range, ...] | None:
    assert isinstance(source, SourceFile)
    return source.added


def reasons(*names: str) -> dict[str, SkipReason]:
    return {path: item.reason for path, item in seen(*names).items() if isinstance(item, Skipped)}


def test_before_the_first_commit_every_line_of_every_staged_file_is_new(repository: Path) -> None:
    stage(repository, "a/b.txt", "one\n")
    write(repository, "untracked.txt", "two\n")
    assert {path: added(source) for path, source in seen().items()} == {"a/b.txt": EVERY_LINE}


def test_content_comes_from_the_index_and_not_from_the_work_tree(repository: Path) -> None:
    stage(repository, "f", "staged\n")
    write(repository, "f", "edited\n")
    assert text_of(seen()["f"]) == "staged\n"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param("a\nb\nc\n", "a\nB\nc\nd\n", (range(2, 3), range(4, 5)), id="changed, added"),
        pytest.param("a\nb\nc\n", "a\nc\n", (), id="only removed"),
        pytest.param("a\n", "x\ny\na\n", (range(1, 3),), id="added at the top"),
        pytest.param("a", "a\n", (range(1, 2),), id="only the last line feed"),
        pytest.param("a\n", "@@ -1 +1 @@\na\n", (range(1, 2),), id="content like a hunk"),
        pytest.param("a\rb\n", "a\rb\nc\n", (range(2, 3),), id="a lone return ends no line"),
    ],
)
def test_only_added_lines_count(
    repository: Path, before: str, after: str, lines: tuple[range, ...]
) -> None:
    stage(repository, "f", before)
    commit(repository)
    stage(repository, "f", after)
    assert added(seen()["f"]) == lines


def test_a_renamed_file_adds_only_what_its_old_self_did_not_have(repository: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    stage(repository, "old", text)
    stage(repository, "same", text + "different\n")
    commit(repository)
    git(repository, "mv", "old", "new")
    git(repository, "mv", "same", "other")
    stage(repository, "new", text + "added\n")
    assert {path: added(source) for path, source in seen().items()} == {
        "new": (range(21, 22),),
        "other": (),
    }


def test_a_file_that_became_executable_adds_nothing(repository: Path) -> None:
    stage(repository, "f", "a\n")
    commit(repository)
    git(repository, "update-index", "--chmod=+x", "f")
    assert added(seen()["f"]) == ()


def test_a_deleted_file_is_not_looked_at(repository: Path) -> None:
    stage(repository, "f", "a\n")
    commit(repository)
    git(repository, "rm", "--quiet", "f")
    assert seen() == {}


def test_a_link_that_became_a_file_is_new(repository: Path) -> None:
    (repository / "f").symlink_to("target")
    git(repository, "add", "f")
    commit(repository)
    (repository / "f").unlink()
    stage(repository, "f", "a\n")
    assert added(seen()["f"]) == EVERY_LINE


def test_an_attribute_cannot_hide_lines(repository: Path) -> None:
    stage(repository, ".gitattributes", "* -diff\n")
    stage(repository, "f", "a\n")
    commit(repository)
    stage(repository, "f", "a\nb\n")
    assert added(seen()["f"]) is None


@pytest.mark.parametrize(
    "setting",
    [
        ("diff.noprefix", "true"),
        ("diff.external", "false"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
    ],
    ids=lambda setting: setting[0],
)
def test_no_configuration_changes_the_answer(repository: Path, setting: tuple[str, str]) -> None:
    git(repository, "config", *setting)
    stage(repository, "né.txt", "a\nb\nc\nd\n")
    commit(repository)
    stage(repository, "né.txt", "A\nb\nc\nD\n")
    assert added(seen()["né.txt"]) == (range(1, 2), range(4, 5))


@pytest.mark.parametrize(
    "name", ["a b.txt", "tab\there", "line\nfeed", '"quoted"', "-n", ":(top)", "*.txt", "日本.txt"]
)
def test_any_name_works(repository: Path, name: str) -> None:
    stage(repository, "other", "x\n")
    write(repository, name, "a\n")
    git(repository, "add", ".")
    commit(repository)
    write(repository, name, "a\nb\n")
    git(repository, "add", ".")
    assert added(seen()[name]) == (range(2, 3),)
    assert added(seen(name)[name]) == (range(2, 3),)


def test_a_name_that_is_not_utf8_works(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    write(repository, name, "a\n")
    git(repository, "add", ".")
    assert list(seen()) == [name]
    assert list(seen(name)) == [name]


def test_named_files_without_staged_changes_are_scanned_whole(repository: Path) -> None:
    stage(repository, "old", "a\n")
    stage(repository, "changed", "a\n")
    stage(repository, "not named", "a\n")
    commit(repository)
    stage(repository, "changed", "a\nb\n")
    assert {path: added(source) for path, source in seen("old", "changed").items()} == {
        "old": None,
        "changed": (range(2, 3),),
    }


def test_a_named_folder_means_the_files_in_it(repository: Path) -> None:
    stage(repository, "a/one", "1\n")
    stage(repository, "a/b/two", "2\n")
    stage(repository, "ab", "3\n")
    assert sorted(seen("a")) == ["a/b/two", "a/one"]
    assert sorted(seen(".")) == ["a/b/two", "a/one", "ab"]


def test_names_are_relative_to_the_current_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "a/f", "a\n")
    stage(repository, "f", "top\n")
    monkeypatch.chdir(repository / "a")
    assert list(seen("f")) == ["a/f"]
    assert list(seen("../f")) == ["f"]
    assert list(seen(str(repository / "a" / "f"))) == ["a/f"]
    assert sorted(seen()) == ["a/f", "f"]


def test_a_name_that_the_index_does_not_know_is_named(repository: Path) -> None:
    write(repository, "untracked", "a\n")
    stage(repository, "f", "a\n")
    commit(repository)
    git(repository, "rm", "--quiet", "f")
    assert reasons("untracked", "f", "../outside") == {
        "untracked": SkipReason.NOT_IN_INDEX,
        "f": SkipReason.NOT_IN_INDEX,
        "../outside": SkipReason.NOT_IN_INDEX,
    }


def test_links_submodules_and_conflicts_are_named(repository: Path) -> None:
    inner = new_repository(repository / "inner")
    commit(inner)
    stage(repository, "f", "base\n")
    commit(repository)
    git(repository, "checkout", "--quiet", "-b", "other")
    stage(repository, "f", "theirs\n")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    stage(repository, "f", "ours\n")
    commit(repository)
    with pytest.raises(AssertionError):
        git(repository, "merge", "--quiet", "other")
    (repository / "link").symlink_to("f")
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "link", "inner")
    assert reasons() == {
        "f": SkipReason.UNMERGED,
        "link": SkipReason.SYMBOLIC_LINK,
        "inner": SkipReason.SUBMODULE,
    }
    assert reasons("f", "link") == {"f": SkipReason.UNMERGED, "link": SkipReason.SYMBOLIC_LINK}


def test_a_large_blob_is_named_and_the_next_one_still_read(repository: Path) -> None:
    stage(repository, "a", "x" * (LIMIT + 1))
    stage(repository, "b", b"\0" + b"x" * LIMIT)
    stage(repository, "c", "small\n")
    assert reasons() == {"a": SkipReason.TOO_LARGE, "b": SkipReason.BINARY}
    assert text_of(seen()["c"]) == "small\n"


def test_an_index_named_by_the_environment_is_the_one_that_is_read(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "in both", "a\n")
    shutil.copy(repository / ".git" / "index", repository / ".git" / "other")
    stage(repository, "in one", "b\n")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    assert list(seen()) == ["in both"]


def test_a_linked_work_tree_has_its_own_index(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository)
    stage(repository, "here", "a\n")
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    monkeypatch.chdir(tmp_path / "linked")
    stage(tmp_path / "linked", "there", "b\n")
    assert list(seen()) == ["there"]


def test_a_replaced_object_does_not_hide_what_will_be_committed(repository: Path) -> None:
    stage(repository, "f", "real\n")
    stage(repository, "g", "harmless\n")
    real, harmless = (git(repository, "rev-parse", f":{name}").strip() for name in "fg")
    git(repository, "replace", real, harmless)
    assert text_of(seen()["f"]) == "real\n"


def test_a_missing_object_is_an_error_and_not_an_empty_file(repository: Path) -> None:
    stage(repository, "f", "a\n")
    blob = git(repository, "rev-parse", ":f").strip()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match="missing or damaged"):
        seen()


def test_a_partial_clone_fetches_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "f", "a\n")
    commit(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    options = ("--quiet", "--no-checkout", "--filter=blob:none")
    git(tmp_path, "clone", *options, repository.as_uri(), "partial")
    monkeypatch.chdir(tmp_path / "partial")
    git(tmp_path / "partial", "read-tree", "HEAD")
    with pytest.raises(GitError):
        seen("f")
    missing = git(tmp_path / "partial", "rev-list", "--objects", "--missing=print", "HEAD")
    assert "?" in missing


def test_outside_a_repository_the_way_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="needs a git repository") as raised:
        seen()
    assert "without --staged" in raised.value.fix


def test_without_git_the_way_out_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(UsageError, match="git was not found"):
        seen()


def test_a_repository_with_sha256_names_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "--quiet", "--object-format=sha256")
    monkeypatch.chdir(folder)
    stage(folder, "f", "a\n")
    assert added(seen()["f"]) == EVERY_LINE
    commit(folder)
    stage(folder, "f", "a\nb\n")
    assert added(seen()["f"]) == (range(2, 3),)
