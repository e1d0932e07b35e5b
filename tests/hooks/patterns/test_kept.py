"""What was found in a content before."""

import os
from pathlib import Path

import pytest

from tests.hooks.systems import unix
from warden_hooks.patterns import kept
from warden_hooks.patterns.head import Head
from warden_hooks.patterns.kept import Kept

BLOB = "1" * 40


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "changewarden"


def memory(digest: str = "a" * 32, engine: str = "1.0") -> Kept:
    found = kept.of(Head(digest, engine, {}), engine, create=True)
    assert found
    return found


@pytest.mark.usefixtures("folder")
def test_what_was_found_is_known_again() -> None:
    memory().note(BLOB, "python", "", b'[["rule", 1, 2]]')
    assert memory().recall(BLOB, "python", "") == b'[["rule", 1, 2]]'


@pytest.mark.usefixtures("folder")
def test_that_nothing_was_found_is_known_too() -> None:
    memory().note(BLOB, "python", "")
    assert memory().recall(BLOB, "python", "") == b""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("digest", "engine", "blob", "language", "path"),
    [
        ("b" * 32, "1.0", BLOB, "python", "a.yml"),
        ("a" * 32, "1.1", BLOB, "python", "a.yml"),
        ("a" * 32, "1.0", "2" * 40, "python", "a.yml"),
        ("a" * 32, "1.0", BLOB, "yaml", "a.yml"),
        ("a" * 32, "1.0", BLOB, "python", "b.yml"),
        ("a" * 32, "1.0", BLOB, "python", ""),
        ("a" * 32, "1.0", BLOB, "python", "a.ym"),
    ],
)
def test_another_question_is_not_known(
    digest: str, engine: str, blob: str, language: str, path: str
) -> None:
    memory().note(BLOB, "python", "a.yml", b"found")
    assert memory(digest, engine).recall(blob, language, path) is None


@pytest.mark.parametrize("damage", [b"", b"0\n", b"0\n\n[", b"0\n\nx", b"1\na\n."])
def test_what_is_damaged_is_not_known(folder: Path, damage: bytes) -> None:
    memory().note(BLOB, "python", "", b"found")
    [file] = folder.glob("patterns-*/*-python")
    file.write_bytes(damage)
    assert memory().recall(BLOB, "python", "") is None


@unix
def test_what_somebody_else_may_have_written_is_not_known(folder: Path) -> None:
    memory().note(BLOB, "python", "")
    [file] = folder.glob("patterns-*/*-python")
    # changewarden: ignore-next-line[py-chmod-world-writable] what has to be noticed
    file.chmod(0o666)
    assert memory().recall(BLOB, "python", "") is None


@unix
def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    memory().note(BLOB, "python", "")
    [file] = folder.glob("patterns-*/*-python")
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert memory().recall(BLOB, "python", "") is None


def test_what_nobody_asked_about_for_longest_is_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST", 4)
    monkeypatch.setattr(kept, "_FEWER", 2)
    for number in range(5):
        memory().note(str(number) * 40, "python", "")
        [file] = folder.glob(f"patterns-*/{number}*")
        os.utime(file, (number, number))
    assert memory().recall("0" * 40, "python", "") == b"", "and is asked about now"
    memory().tidy()
    left = {number for number in range(5) if memory().recall(str(number) * 40, "python", "") == b""}
    assert left == {0, 4}


def test_nothing_is_kept_where_others_may_write(folder: Path) -> None:
    folder.mkdir(mode=0o777)
    # changewarden: ignore-next-line[py-chmod-world-writable] what has to be noticed
    folder.chmod(0o777)
    assert kept.of(Head("a" * 32, "1.0", {}), "1.0", create=True) is None
