"""`changewarden merge-allowances`, called by a real `git merge` as the documentation says."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hooks.allowances.builders import digits
from tests.hooks.repository import commit, git, stage
from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import PATH, allowances, entry_line, render
from warden_hooks.allowances.live import load
from warden_hooks.cli import main

KEY = bytes(range(32))
HOWTO = Path(__file__).parents[3] / "docs/howto/allow-a-finding.md"


def entry(number: int, days: int = 30, owner: str = "ana@example.org") -> Entry:
    expires = datetime.now(UTC).date() + timedelta(days=days)
    reason = "a token of the sandbox, worthless"
    return Entry(digits(number), "url-password", "app.py", reason, owner, expires)


def stage_entries(folder: Path, *entries: Entry, key: bytes = KEY) -> None:
    stage(folder, PATH, render(allowances(key, entries)))
    commit(folder)


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the two lines of the guide."""
    text = HOWTO.read_text(encoding="utf-8")
    command, attribute = re.findall(r"^(git config merge\..*|echo .*merge=.*)$", text, re.MULTILINE)
    (driver,) = re.findall(r'"(.*)"$', command)
    program = f"{sys.executable} -m warden_hooks.cli"
    git(folder, "config", command.split()[2], driver.replace("changewarden", program, 1))
    (line,) = re.findall(r'"(.*)"', attribute)
    stage(folder, ".gitattributes", line + "\n")


def branches(folder: Path, base: list[Entry], ours: list[Entry], theirs: list[Entry]) -> None:
    """Two branches with these entries; `main` is checked out."""
    stage_entries(folder, *base)
    git(folder, "checkout", "--quiet", "-b", "theirs")
    stage_entries(folder, *theirs)
    git(folder, "checkout", "--quiet", "main")
    stage_entries(folder, *ours)


def test_two_branches_that_each_added_an_entry_merge(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(repository, monkeypatch)
    branches(repository, [], [entry(1)], [entry(2)])
    git(repository, "merge", "--quiet", "-m", "Merge", "theirs")
    merged = load(str(repository), datetime.now(UTC).date())
    assert merged == allowances(KEY, [entry(1), entry(2)])
    assert git(repository, "status", "--porcelain") == ""


def test_an_entry_that_both_changed_keeps_the_earlier_end(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(repository, monkeypatch)
    branches(repository, [entry(1)], [entry(1, 60)], [entry(1, 40)])
    git(repository, "merge", "--quiet", "-m", "Merge", "theirs")
    merged = load(str(repository), datetime.now(UTC).date())
    assert merged == allowances(KEY, [entry(1, 40)])


def test_two_keys_are_a_conflict_that_names_what_is_lost(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(repository, monkeypatch)
    commit(repository)
    git(repository, "checkout", "--quiet", "-b", "theirs")
    stage_entries(repository, entry(2), key=b"a" * 32)
    git(repository, "checkout", "--quiet", "main")
    stage_entries(repository, entry(1), key=b"b" * 32)
    with pytest.raises(AssertionError, match="git merge"):
        git(repository, "merge", "-m", "Merge", "theirs")
    assert git(repository, "status", "--porcelain", "--", PATH).startswith("AA")
    merged = load(str(repository), datetime.now(UTC).date())
    assert merged == allowances(b"a" * 32, [entry(2)])


def test_without_the_driver_a_union_is_put_in_order(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, ".gitattributes", f"{PATH} merge=union\n")
    branches(repository, [], [entry(3), entry(1, 60)], [entry(2), entry(1, 40)])
    git(repository, "merge", "--quiet", "-m", "Merge", "theirs")
    assert main(["allowances", "--sort"]) == 0
    merged = load(str(repository), datetime.now(UTC).date())
    assert merged == allowances(KEY, [entry(1, 40), entry(2), entry(3)])


@pytest.fixture
def versions(repository: Path) -> list[str]:
    for name in ("base", "ours", "theirs"):
        (repository / name).write_bytes(render(allowances(KEY, [entry(1)])))
    return ["base", "ours", "theirs"]


def test_what_a_person_has_to_know_is_said(
    repository: Path, versions: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "ours").write_bytes(render(allowances(KEY, [entry(1, 60, "a\u202eb")])))
    (repository / "theirs").write_bytes(render(allowances(KEY, [entry(1, 50)])))
    assert main(["merge-allowances", *versions]) == 2
    assert "'owner' is empty or cannot be printed" in capsys.readouterr().err
    (repository / "ours").write_bytes(render(allowances(KEY, [entry(1, 60)])))
    assert main(["merge-allowances", *versions]) == 0
    error = capsys.readouterr().err
    assert error.startswith(f"changewarden: {PATH}: url-password-000001: changed on both sides;")
    (repository / "theirs").write_bytes(render(allowances(b"a" * 32, [entry(2)])))
    assert main(["merge-allowances", "base", "ours", "theirs"]) == 1
    error = capsys.readouterr().err
    assert error == (
        f"changewarden: {PATH}: made with another key, so its finding has to be allowed again:\n"
        f"{entry_line(entry(1, 50))}\n"
    )


def test_a_version_that_cannot_be_read_leaves_ours_as_it_is(
    repository: Path, versions: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "theirs").write_text("broken", encoding="utf-8")
    before = (repository / "ours").read_bytes()
    assert main(["merge-allowances", *versions]) == 2
    assert f"{PATH} (theirs):1: the first line has to be" in capsys.readouterr().err
    (repository / "theirs").write_bytes(b"")
    assert main(["merge-allowances", *versions]) == 2
    assert main(["merge-allowances", "base", "ours", "nowhere"]) == 2
    assert (repository / "ours").read_bytes() == before
