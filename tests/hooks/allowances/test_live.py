"""A scan of a repository with allowances: what passes, what warns, what stops."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hooks.planted import github_token, password
from tests.hooks.repository import commit, git, stage, write
from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import PATH, allowances, render
from warden_hooks.allowances.live import warning
from warden_hooks.allowances.lookup import look_at_files
from warden_hooks.cli import main

KEY = bytes(range(32))
RULE = "github-token"


def text(seed: int = 1) -> str:
    return f"token = '{github_token(seed)}'\n"


def entries(folder: Path, days: int, *, owner: str = "ana@example.org") -> list[Entry]:
    """One for each finding in the folder, which expires in so many days."""
    today = datetime.now(UTC).date()
    return [
        Entry(
            found.fingerprint,
            found.rule,
            found.location.path,
            "a token of the sandbox, worthless",
            owner,
            today + timedelta(days=days),
        )
        for found in look_at_files([str(folder)], KEY).findings
    ]


def allow(folder: Path, days: int = 30) -> None:
    """Stage a file that allows everything on disk."""
    stage(folder, PATH, render(allowances(KEY, entries(folder, days))))


def test_what_is_allowed_passes_and_is_counted(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", text())
    stage(repository, "other.py", text(2))
    allow(repository)
    assert main(["scan", "--staged"]) == 0
    assert main(["scan"]) == 0
    assert capsys.readouterr().out == "2 findings allowed (changewarden allowances)\n" * 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("app.py", text(2), id="a rotated value in the same place"),
        pytest.param("moved.py", text(), id="the same value in another file"),
        pytest.param("app.py", text() + text(2), id="a second value beside it"),
    ],
)
def test_another_secret_is_a_finding(repository: Path, name: str, content: str) -> None:
    stage(repository, "app.py", text())
    allow(repository)
    assert main(["scan", "--staged"]) == 0
    stage(repository, name, content)
    assert main(["scan", "--staged"]) == 1


def test_the_line_may_move_and_the_file_be_edited(repository: Path) -> None:
    stage(repository, "app.py", text())
    allow(repository)
    stage(repository, "app.py", f"# moved\n\n\nother = 'x'; {text()}")
    assert main(["scan", "--staged"]) == 0


@pytest.mark.parametrize("days", [-1, -7])
def test_an_expired_allowance_warns_with_its_owner(
    repository: Path, capsys: pytest.CaptureFixture[str], days: int
) -> None:
    stage(repository, "app.py", text())
    allow(repository, days)
    (entry,) = entries(repository, days)
    assert main(["scan", "--staged"]) == 0
    today = datetime.now(UTC).date()
    assert warning(entry, today) in capsys.readouterr().out
    ago = "yesterday" if days == -1 else "7 days ago"
    assert warning(entry, today) == (
        f"warning: allowance {entry.id} expired {ago} (owner ana@example.org); "
        f"from {entry.expires + timedelta(days=8)} on it blocks: changewarden triage"
    )


def test_after_a_week_it_is_a_finding_again_with_its_owner(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", text().replace("\n", "  # changewarden: ignore[x] no\n"))
    allow(repository, -8)
    assert main(["scan", "--staged"]) == 1
    output = capsys.readouterr().out
    assert "= note: its allowance expired 8 days ago (owner ana@example.org); not ignored" in output


def test_an_entry_that_is_not_staged_allows_no_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", text())
    write(repository, PATH, render(allowances(KEY, entries(repository, 30))))
    assert main(["scan", "--staged"]) == 1
    assert f"{PATH} has changes that are not staged: git add {PATH}\n" in capsys.readouterr().out
    assert main(["scan"]) == 0
    git(repository, "add", PATH)
    assert main(["scan", "--staged"]) == 0


def test_an_entry_that_was_only_removed_on_disk_still_counts(repository: Path) -> None:
    stage(repository, "app.py", text())
    allow(repository)
    (repository / PATH).unlink()
    assert main(["scan", "--staged"]) == 0
    assert main(["scan"]) == 1


def test_a_broken_file_allows_nothing_and_says_so(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", text())
    allow(repository)
    broken = (repository / PATH).read_text(encoding="utf-8").replace("owner =", "ownr =")
    stage(repository, PATH, broken)
    for arguments in (["scan"], ["scan", "--staged"], ["scan", "--format", "json"]):
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"{PATH}:4: unknown key 'ownr', did you mean 'owner'?" in captured.err
        assert captured.err.startswith(
            "changewarden: the allowances cannot be read, so nothing is allowed\n"
        )


def test_a_path_alone_allows_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(repository, ".env", f"DB_PASSWORD={password()}\n")
    allow(repository)
    line = (repository / PATH).read_text(encoding="utf-8").split("\n")[3]
    cut = line[: line.index("fingerprint")] + line[line.index("rule") :]
    stage(repository, PATH, (repository / PATH).read_text(encoding="utf-8").replace(line, cut))
    assert main(["scan", "--staged"]) == 2
    assert "a path or a rule alone would allow every secret there" in capsys.readouterr().err


def test_the_file_is_not_asked_about_without_findings(repository: Path) -> None:
    stage(repository, "app.py", "x = 1\n")
    write(repository, PATH, "broken")
    assert main(["scan", "--staged"]) == 0


def test_the_file_itself_is_clean(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(repository, "app.py", text())
    stage(repository, "other.py", f"db_password = '{password()}'\n")
    allow(repository)
    assert main(["scan", PATH]) == 0
    assert capsys.readouterr().out == ""


def test_a_scan_writes_nothing(repository: Path) -> None:
    stage(repository, "app.py", text())
    allow(repository, -2)
    commit(repository)
    stage(repository, "new.py", text(2))
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    assert main(["scan", "--staged"]) == 1
    assert main(["scan"]) == 1
    assert before == {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}


def test_json_holds_only_what_is_not_allowed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", text())
    allow(repository)
    write(repository, "new.py", text(2))
    assert main(["scan", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [found["path"] for found in document["findings"]] == ["new.py"]


def test_it_works_without_git_and_from_a_folder_below(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "a/app.py", text())
    allow(repository)
    monkeypatch.chdir(repository / "a")
    assert main(["scan"]) == 0
    assert main(["scan", "--staged"]) == 0
    plain = tmp_path / "plain"
    write(plain, "app.py", text())
    monkeypatch.chdir(plain)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(plain, PATH, render(allowances(KEY, entries(plain, 30))))
    assert main(["scan"]) == 0
