"""What is remembered of a history: used when it is whole and true, else forgotten."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.history.conftest import Scan
from tests.hooks.history.histories import Made, grow, make
from tests.hooks.planted import aws_key, password
from tests.hooks.repository import git
from warden_hooks.history.remembered import NoMemory, Remembered, memory
from warden_hooks.history.sweep import Kind
from warden_hooks.secrets import cache
from warden_hooks.source import SkipReason

RULES = b"r" * 32
BLOB, OTHER = b"ab" * 20, b"cd" * 20
CLEAN = [
    Made({"a.py": b"import os\n", "logo.png": b"\0", "notes": f"key: {password()}\n".encode()}),
    Made({"a.py": b"import os, sys\n"}),
]
KEY_LINE = f'KEY = "{aws_key()}"\n'.encode()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home/changewarden"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory"


def noted(file: Path, kind: Kind = Kind.SILENT, paths: tuple[bytes, ...] = ()) -> None:
    first = Remembered(str(file), RULES)
    first.note(BLOB, kind, paths)
    first.keep()


def recalled(file: Path, paths: tuple[bytes, ...] = (), rules: bytes = RULES) -> Kind | None:
    return Remembered(str(file), rules).recall(BLOB, paths)


@pytest.mark.parametrize("kind", [Kind.SILENT, Kind.BINARY])
def test_what_no_path_could_change_is_remembered_for_all_of_them(file: Path, kind: Kind) -> None:
    noted(file, kind, (b"a.py",))
    assert recalled(file, (b"a.py",)) is recalled(file, (b"a.py", b".env")) is kind


def test_what_is_clean_is_remembered_for_its_paths(file: Path) -> None:
    noted(file, Kind.CLEAN, (b"a.py", b"b.py"))
    assert recalled(file, (b"b.py", b"a.py")) is Kind.CLEAN
    assert recalled(file, (b"a.py",)) is None
    assert recalled(file, (b"a.py", b"b.py", b".env")) is None
    assert recalled(file) is None


def test_what_was_found_is_not_remembered(file: Path) -> None:
    for kind in (Kind.FOUND, Kind.DOUBTFUL):
        noted(file, kind)
        assert recalled(file) is None


def test_other_rules_remember_nothing(file: Path) -> None:
    noted(file)
    assert recalled(file, rules=b"s" * 32) is None


def test_what_was_not_met_again_is_forgotten(file: Path) -> None:
    first = Remembered(str(file), RULES)
    for blob in (BLOB, OTHER):
        first.note(blob, Kind.SILENT, ())
    first.keep()
    second = Remembered(str(file), RULES)
    assert second.recall(BLOB, ()) is Kind.SILENT
    second.keep()
    third = Remembered(str(file), RULES)
    assert (third.recall(BLOB, ()), third.recall(OTHER, ())) == (Kind.SILENT, None)


def test_nothing_is_written_when_nothing_is_new(file: Path) -> None:
    noted(file)
    before = file.stat().st_mtime_ns, file.stat().st_ino
    again = Remembered(str(file), RULES)
    again.recall(BLOB, ())
    again.keep()
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="shorter"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:10], id="cut"),
        pytest.param(lambda data: data + data[-37:], id="longer"),
        pytest.param(lambda data: b"X" + data[1:], id="another format"),
        pytest.param(lambda data: data[:-1] + bytes([data[-1] ^ 1]), id="one bit"),
        pytest.param(lambda data: data[:56] + bytes([19]) + data[57:], id="another width"),
    ],
)
def test_a_damaged_file_is_no_memory(file: Path, damage: Callable[[bytes], bytes]) -> None:
    noted(file)
    assert recalled(file) is Kind.SILENT
    file.write_bytes(damage(file.read_bytes()))
    assert recalled(file) is None


def test_a_file_that_others_could_write_is_no_memory(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(file)
    assert file.stat().st_mode & 0o777 == 0o600
    # changewarden: ignore-next-line[py-chmod-world-writable] what has to be noticed
    file.chmod(0o622)
    assert recalled(file) is None
    file.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert recalled(file) is None


def test_a_link_is_not_followed(file: Path, tmp_path: Path) -> None:
    noted(file)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert recalled(file) is None


def test_a_folder_that_others_can_write_is_no_place(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make(tmp_path / "r", []))
    assert isinstance(memory(RULES), Remembered)
    # changewarden: ignore-next-line[py-chmod-world-writable] what has to be noticed
    home.chmod(0o777)
    assert isinstance(memory(RULES), NoMemory)


def test_a_file_that_cannot_be_written_is_no_error(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", refuse)
    noted(file)
    assert [*file.parent.iterdir()] == []


def test_each_repository_has_its_own_whichever_way_it_is_entered(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "r", CLEAN)
    git(folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"), "main")
    (tmp_path / "link").symlink_to(folder)
    make(tmp_path / "other", CLEAN)
    for place in ("r", "tree", "link", "r/.git", "other"):
        monkeypatch.chdir(tmp_path / place)
        kept = memory(RULES)
        assert isinstance(kept, Remembered)
        kept.note(BLOB, Kind.SILENT, ())
        kept.keep()
    assert len([*home.iterdir()]) == 2


def test_a_second_scan_reads_only_what_is_new(
    file: Path, tmp_path: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "r", [*CLEAN, Made({"leak.py": KEY_LINE})])
    first = scanned(folder, Remembered(str(file), RULES))
    second = scanned(folder, Remembered(str(file), RULES))
    assert first.history
    assert second.history
    assert (first.history.remembered, second.history.remembered) == (0, 2)
    assert second.findings == first.findings
    assert second.skipped == first.skipped
    assert [skipped.reason for skipped in second.skipped] == [SkipReason.BINARY]
    assert (second.files, second.size) == (first.files, first.size)
    monkeypatch.setattr(cache, "read_own", lambda _: None)
    assert scanned(folder, Remembered(str(file), RULES)).findings == first.findings


def test_a_clean_content_is_read_again_when_a_commit_gives_it_another_name(
    file: Path, tmp_path: Path, scanned: Scan
) -> None:
    text = f"DB_PASSWORD={password()}\n".encode()
    folder = make(tmp_path / "r", [Made({"notes.po": text})])
    assert scanned(folder, Remembered(str(file), RULES)).findings == ()
    grow(folder, [Made({"deploy/.env": text})], day=1)
    result = scanned(folder, Remembered(str(file), RULES))
    assert [finding.location.path for finding in result.findings] == ["deploy/.env"]


def test_the_limit_of_another_scan_counts_for_nothing(
    file: Path, tmp_path: Path, scanned: Scan
) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": b"import os\n" * 50})])
    scanned(folder, Remembered(str(file), RULES))
    small = scanned(folder, Remembered(str(file), RULES), max_bytes=100)
    assert [skipped.reason for skipped in small.skipped] == [SkipReason.TOO_LARGE]
    assert scanned(folder, Remembered(str(file), RULES)).skipped == ()
