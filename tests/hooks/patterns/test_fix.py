"""`changewarden scan --fix`: mends what can be, and never what is not staged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.repository import commit, git, stage, write
from tests.hooks.systems import unix
from warden_hooks.cli import main
from warden_hooks.pattern_fix import mended
from warden_hooks.patterns.core import Hit

BEFORE = "import yaml\n\ndef read(request):\n    return yaml.load(request.body)\n"
RULES = """\
rules:
  - id: our-old-name
    languages: [python]
    severity: WARNING
    message: It has a new name.
    pattern: old_name($X)
    fix: new_name($X)
"""


@pytest.fixture
def repository_with_a_fix(repository: Path) -> Path:
    stage(repository, ".github/changewarden.yml", "patterns:\n  rules: rules\n")
    stage(repository, "rules/a.yml", RULES)
    commit(repository)
    return repository


def test_a_staged_file_is_mended_on_disk_and_left_to_be_looked_at(
    repository_with_a_fix: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = stage(repository_with_a_fix, "a.py", "old_name(1)\nx = old_name('é')  # kept\r\n")
    assert main(["scan", "--staged", "--fix"]) == 0, "a warning stops nothing"
    assert file.read_bytes() == "new_name(1)\nx = new_name('é')  # kept\r\n".encode()
    assert "mended: 2 places in a.py; look at it with git diff" in capsys.readouterr().out
    assert git(repository_with_a_fix, "show", ":a.py").startswith("old_name(1)")


def test_what_is_not_staged_is_never_touched(
    repository_with_a_fix: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository_with_a_fix, "a.py", "old_name(1)\n")
    work = "old_name(1)\nhalf a thought\n"
    file = write(repository_with_a_fix, "a.py", work)
    main(["scan", "--staged", "--fix"])
    assert file.read_text() == work
    assert "not mended: a.py: it is not on disk as it is staged" in capsys.readouterr().out
    other = write(repository_with_a_fix, "b.py", "old_name(1)\n")
    main(["scan", "--fix", "b.py"])
    assert other.read_text() == "old_name(1)\n"
    assert "not mended: b.py: it is not staged" in capsys.readouterr().out


@unix
def test_a_files_mode_is_kept_and_a_link_left_alone(repository_with_a_fix: Path) -> None:
    file = stage(repository_with_a_fix, "tool.py", "old_name(1)\n")
    file.chmod(0o750)
    git(repository_with_a_fix, "add", "tool.py")
    main(["scan", "--staged", "--fix"])
    assert file.read_text() == "new_name(1)\n"
    assert file.stat().st_mode & 0o7777 == 0o750


def test_what_a_comment_allows_is_left_as_it_is(repository_with_a_fix: Path) -> None:
    text = "old_name(1)  # nosemgrep\n"
    file = stage(repository_with_a_fix, "a.py", text)
    main(["scan", "--staged", "--fix"])
    assert file.read_text() == text


def test_commits_are_not_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--from-ref", "HEAD", "--fix"]) == 2
    assert "--fix is for files" in capsys.readouterr().err


def hit(start: int, end: int, fix: str | None = "X") -> Hit:
    return Hit("r", 0, start, end, fix=fix)


@pytest.mark.parametrize(
    ("hits", "after"),
    [
        ([], b"abcdef"),
        ([hit(0, 1)], b"Xbcdef"),
        ([hit(5, 6), hit(0, 1)], b"XbcdeX"),
        ([hit(0, 3), hit(2, 4)], b"Xdef"),
        ([hit(0, 6), hit(2, 4)], b"X"),
        ([hit(2, 2)], b"abXcdef"),
        ([hit(2, 4, fix=None)], b"abcdef"),
        ([hit(2, 4, fix="")], b"abef"),
    ],
)
def test_fixes_are_put_in_their_places(hits: list[Hit], after: bytes) -> None:
    assert mended(b"abcdef", hits)[0] == after


@given(st.binary(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_what_no_fix_covers_stays(data: bytes, places: list[tuple[int, int]]) -> None:
    hits = [hit(min(place), max(place), "") for place in places if max(place) <= len(data)]
    after, _ = mended(data, hits)
    covered = {at for each in hits for at in range(each.start, each.end)}
    kept = bytes(byte for at, byte in enumerate(data) if at not in covered)
    it = iter(after)
    assert all(byte in it for byte in kept)
