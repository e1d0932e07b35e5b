"""Paths of Windows and macOS, and what their Python lacks, as far as this machine can play them."""

import json
import ntpath
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.hooks.planted import github_token
from tests.hooks.repository import git, stage, write
from tests.hooks.surroundings import begun, blob
from warden_hooks import git as our_git
from warden_hooks import source, staged, worktree
from warden_hooks.cli import main
from warden_hooks.source import as_in_index

SECRET = f"token = '{github_token()}'\n"
COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Ångström-é.py") for form in ("NFC", "NFD"))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (source, staged, worktree):
        monkeypatch.setattr(module, "os", SimpleNamespace(path=ntpath, sep="\\"))


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "sys", SimpleNamespace(platform="darwin"))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.py", "sub/a.py"),
        (".\\deep\\a.py", "sub/deep/a.py"),
        ("deep/a.py", "sub/deep/a.py"),
        ("..\\a.py", "a.py"),
        ("..\\..\\a.py", "../a.py"),
        ("C:\\Users\\Ana\\r\\a.py", "a.py"),
        ("C:/Users/Ana/r/a.py", "a.py"),
        ("c:\\users\\ANA\\r\\sub\\a.py", "sub/a.py"),
        ("C:a.py", "sub/a.py"),
        ("D:\\a.py", "D:/a.py"),
        ("\\\\server\\share\\a.py", "//server/share/a.py"),
    ],
)
def test_a_name_as_typed_on_windows_is_found_in_the_index(
    windows: None, name: str, path: str
) -> None:
    assert staged.from_top(name, our_git.WorkTree("C:/Users/Ana/r", "sub/")) == path


@pytest.mark.parametrize(
    ("file", "root", "shown"),
    [
        ("C:\\r\\sub\\a.py", "C:\\r", "sub/a.py"),
        ("C:\\a.py", "C:\\", "a.py"),
        ("C:\\rest\\a.py", "C:\\r", "C:/rest/a.py"),
        ("D:\\a.py", "C:\\r", "D:/a.py"),
    ],
)
def test_a_file_on_windows_is_told_as_the_index_has_it(
    windows: None, file: str, root: str, shown: str
) -> None:
    assert worktree._display(file, root) == shown


def test_elsewhere_a_backslash_is_a_letter(repository: Path) -> None:
    assert as_in_index("a\\b") == "a\\b"
    stage(repository, "a\\b.py", SECRET)
    assert main(["scan", "--staged", "a\\b.py"]) == 1


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    main(["scan", "--format=json", *arguments])
    document = json.loads(capsys.readouterr().out)
    return [(finding["path"], finding["fingerprint"]) for finding in document["findings"]]


def test_on_macos_a_name_has_one_form_on_disk_and_in_the_index(
    repository: Path, mac: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """An allowance made from one counts for the other: the fingerprint is the same."""
    entry = f"100644,{blob(repository, SECRET)},{COMPOSED}"
    git(repository, "update-index", "--add", "--cacheinfo", entry)
    write(repository, DECOMPOSED, SECRET)
    assert DECOMPOSED != COMPOSED
    in_index = findings(capsys, "--staged")
    assert [path for path, _ in in_index] == [COMPOSED]
    assert findings(capsys, "--staged", DECOMPOSED) == in_index
    assert findings(capsys, DECOMPOSED) == in_index
    assert findings(capsys) == in_index


def test_elsewhere_two_forms_are_two_files(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (COMPOSED, DECOMPOSED):
        stage(repository, name, SECRET)
    assert {path for path, _ in findings(capsys, "--staged")} == {COMPOSED, DECOMPOSED}
    assert [path for path, _ in findings(capsys, "--staged", DECOMPOSED)] == [DECOMPOSED]


def test_names_that_differ_in_case_alone_are_both_read(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the file system holds only one of them."""
    begun(repository)
    for name, text in (("readme.py", "x = 1\n"), ("README.py", SECRET)):
        entry = f"100644,{blob(repository, text)},{name}"
        git(repository, "update-index", "--add", "--cacheinfo", entry)
    assert [path for path, _ in findings(capsys, "--staged")] == ["README.py"]
    assert main(["scan", "--staged", "README.py"]) == 1
    assert main(["scan", "--staged", "readme.py"]) == 0


WITHOUT = """\
import os, subprocess, sys
for name in {names}:
    if hasattr(os, name):
        delattr(os, name)
from warden_hooks.secrets import later
later._MAKER = "pass"  # which would start a Python that has them all
from warden_hooks.cli import main
raise SystemExit(main(sys.argv[1:]))
"""
NOT_ON_WINDOWS = (
    *("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "geteuid", "getuid", "uname"),
    *("posix_spawn", "posix_spawnp", "posix_fallocate"),
)


def test_what_only_some_systems_have_is_not_needed(repository: Path, tmp_path: Path) -> None:
    begun(repository)
    stage(repository, "a.py", SECRET)
    write(repository, "b.py", "x = 1\n")
    code = WITHOUT.format(names=NOT_ON_WINDOWS)
    home = {"XDG_CACHE_HOME": "", "HOME": "", "LOCALAPPDATA": str(tmp_path / "home")}

    def run(*arguments: str) -> int:
        command = [sys.executable, "-c", code, "scan", *arguments]
        return subprocess.run(
            command, env=os.environ | home, capture_output=True, check=False
        ).returncode

    assert run("--staged") == 1
    assert run("a.py") == 1
    folder = tmp_path / "home" / ".cache" / "changewarden"
    (kept,) = (file for file in folder.glob("*[!g]") if file.is_file())  # and `.making`
    made = kept.stat().st_mtime_ns
    git(repository, "add", "b.py")
    git(repository, "rm", "--quiet", "--cached", "a.py")
    assert run("--staged") == 0
    assert run("b.py") == 0
    assert kept.stat().st_mtime_ns == made, "made again"
