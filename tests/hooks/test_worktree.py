"""Files on disk: walked without following links, read without being fooled."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.repository import new_repository, write
from tests.hooks.systems import linux
from warden_hooks import worktree
from warden_hooks.errors import UsageError
from warden_hooks.source import Skipped, SkipReason, SourceFile

LIMIT = 10_000


def seen(*paths: str) -> list[str]:
    return [source.path for source in worktree.sources(paths, LIMIT)]


def reasons(*paths: str) -> dict[str, SkipReason]:
    sources = worktree.sources(paths, LIMIT)
    return {item.path: item.reason for item in sources if isinstance(item, Skipped)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_is_walked_in_order_and_git_is_left_out(folder: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/config", "b/.git", ".hidden"):
        write(folder, name, "x")
    assert seen() == [".hidden", "a.txt", "b/1.txt", "b/2.txt"]


def test_a_file_named_twice_is_scanned_once(folder: Path) -> None:
    write(folder, "a/f", "x")
    assert seen("a/f", "./a/f", "a", str(folder / "a")) == ["a/f"]


def test_paths_are_told_from_the_top_of_the_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_repository(folder / "r")
    write(folder, "r/a/b/f", "x")
    outside = write(folder, "g", "x")
    monkeypatch.chdir(folder / "r" / "a")
    assert seen("b") == ["a/b/f"]
    assert seen(str(outside)) == [outside.as_posix()]


def test_links_on_the_way_are_named_and_those_asked_for_are_followed(folder: Path) -> None:
    write(folder, "real/f", "x")
    (folder / "real" / "loop").symlink_to(folder)
    (folder / "link").symlink_to("real")
    assert reasons() == {
        "link": SkipReason.SYMBOLIC_LINK,
        "real/loop": SkipReason.SYMBOLIC_LINK,
    }
    assert seen("link") == ["real/f", "real/loop"]


def test_what_is_no_file_is_named_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert reasons() == {"pipe": SkipReason.NOT_A_FILE}
    # Asked for, it is one more that could not be read, and no pass.
    assert reasons("pipe") == {"pipe": SkipReason.UNREADABLE}
    assert reasons("/dev/zero") == {"/dev/zero": SkipReason.UNREADABLE}


def test_a_link_to_itself_is_named(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    (folder / "other").symlink_to("loop/below")
    assert reasons() == {"loop": SkipReason.SYMBOLIC_LINK, "other": SkipReason.SYMBOLIC_LINK}
    assert reasons("loop") == {"loop": SkipReason.UNREADABLE}
    assert reasons("loop/below") == {"loop/below": SkipReason.UNREADABLE}


def test_what_no_file_system_can_hold_is_named(folder: Path) -> None:
    name, path = "x" * 300, "/".join(["x" * 200] * 30)
    assert reasons(name, path) == {name: SkipReason.UNREADABLE, path: SkipReason.UNREADABLE}


@linux
def test_what_cannot_be_read_is_named(folder: Path) -> None:
    """Opens, and fails to be read from its beginning."""
    assert [*reasons("/proc/self/mem").values()] == [SkipReason.UNREADABLE]


@linux
def test_what_says_to_be_empty_and_is_not_is_read(folder: Path) -> None:
    (source,) = worktree.sources(["/proc/self/status"], LIMIT)
    assert isinstance(source, SourceFile)
    assert source.text.startswith("Name:")


def test_a_folder_that_became_a_file_meanwhile_is_read(folder: Path) -> None:
    write(folder, "a/1", "x")
    write(folder, "b/2", "x")
    sources = worktree.sources([], LIMIT)
    assert next(sources).path == "a/1"
    (folder / "b" / "2").unlink()
    (folder / "b").rmdir()
    write(folder, "b", "now a file")
    assert [source.path for source in sources] == ["b"]


def test_a_file_that_became_something_else_between_look_and_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last moment: it is looked at, swapped, and then opened."""
    outside = write(folder.parent, "outside", "never to be read")
    made: dict[str, Callable[[Path], object]] = {
        "folder": Path.mkdir,
        "link": lambda path: path.symlink_to(outside),
        "pipe": os.mkfifo,
        "vanished": lambda path: None,
    }
    real = os.open

    def swap(path: str, *arguments: int) -> int:
        Path(path).unlink()
        made[Path(path).name](Path(path))
        return real(path, *arguments)

    for name in made:
        write(folder, name, "x")
    monkeypatch.setattr(os, "open", swap)
    assert reasons() == {
        "folder": SkipReason.NOT_A_FILE,
        "link": SkipReason.SYMBOLIC_LINK,
        "pipe": SkipReason.NOT_A_FILE,
        "vanished": SkipReason.NOT_FOUND,
    }


def test_a_folder_that_is_gone_is_said(folder: Path) -> None:
    (folder / "gone").mkdir()
    os.chdir(folder / "gone")
    (folder / "gone").rmdir()
    with pytest.raises(UsageError, match="the current folder is gone"):
        seen()


def test_what_does_not_exist_is_named(folder: Path) -> None:
    assert reasons("nowhere", "no/where") == {
        "nowhere": SkipReason.NOT_FOUND,
        "no/where": SkipReason.NOT_FOUND,
    }


def test_a_file_that_vanishes_during_the_walk_is_named(folder: Path) -> None:
    write(folder, "a", "x")
    write(folder, "b", "x")
    sources = worktree.sources([], LIMIT)
    assert next(sources).path == "a"
    (folder / "b").unlink()
    assert list(sources) == [Skipped("b", SkipReason.NOT_FOUND)]


def test_a_file_under_another_file_is_unreadable(folder: Path) -> None:
    write(folder, "f", "x")
    assert reasons("f/g") == {"f/g": SkipReason.UNREADABLE}


def test_binary_and_large_files_are_named(folder: Path) -> None:
    write(folder, "a", b"\0")
    write(folder, "b", b"x" * (LIMIT + 1))
    write(folder, "c", b"\0" * (LIMIT + 1))
    assert reasons() == {
        "a": SkipReason.BINARY,
        "b": SkipReason.TOO_LARGE,
        "c": SkipReason.BINARY,
    }


def test_a_deep_folder_is_walked_to_its_end(folder: Path) -> None:
    deep = folder
    for _ in range(600):
        deep /= "d"
    deep.mkdir(parents=True)
    assert seen() == []
    write(deep, "f", "x")
    assert seen() == ["d/" * 600 + "f"]
