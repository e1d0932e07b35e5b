"""`scan --from-ref`: whose allowances count, and what is no pass."""

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.reports import Report, secret
from tests.hooks.repository import commit, committed, git, head, write
from warden_hooks.allowances.file import PATH
from warden_hooks.cli import main


def allow(folder: Path, name: str, days: int = 30) -> None:
    reason = "a token of the sandbox, worthless"
    assert main(["allow", name, "--reason", reason, "--owner", "ana", "--days", str(days)]) == 0


def name_of(document: dict[str, Any]) -> str:
    (item,) = document["findings"]
    return f"{item['rule']}-{item['fingerprint'][:6]}"


def test_allowances_are_those_of_the_last_commit_and_not_of_the_work_tree(
    repository: Path, base: str, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    allow(repository, name_of(report("--from-ref", base)))
    assert report("--from-ref", base)["code"] == 1
    git(repository, "add", PATH)
    assert report("--from-ref", base)["code"] == 1
    commit(repository)
    (repository / PATH).unlink()
    capsys.readouterr()
    assert main(["scan", "--from-ref", base]) == 0
    assert capsys.readouterr().out == "1 finding allowed (changewarden allowances)\n"
    assert report("--from-ref", base, "--to-ref", "HEAD~1")["code"] == 1


def test_a_finding_that_only_an_older_commit_holds_can_be_allowed(
    repository: Path, base: str, report: Report
) -> None:
    committed(repository, "a.py", secret())
    committed(repository, "a.py", "x = 1\n")
    allow(repository, name_of(report("--from-ref", base)))
    git(repository, "add", PATH)
    commit(repository)
    assert report("--from-ref", base)["code"] == 0


def test_allowances_that_cannot_be_read_are_no_pass(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "a.py", secret())
    write(repository, PATH, "allowances = [ what?\n")
    git(repository, "add", "--all")
    commit(repository)
    assert main(["scan", "--from-ref", base]) == 2
    assert f"{PATH} in {head(repository)[:12]}" in capsys.readouterr().err


def test_an_expired_allowance_is_said(
    repository: Path, base: str, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    allow(repository, name_of(report("--from-ref", base)))
    text = (repository / PATH).read_text()
    today = datetime.now(UTC).date()
    late = text.replace(str(today + timedelta(days=30)), str(today - timedelta(days=1)))
    committed(repository, PATH, late)
    capsys.readouterr()
    assert main(["scan", "--from-ref", base]) == 0
    assert "expired yesterday (owner ana)" in capsys.readouterr().out


def test_a_comment_in_the_committed_file_allows(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = "  # changewarden: ignore[github-token] a token of the sandbox\n"
    committed(repository, "a.py", secret().replace("\n", comment))
    assert main(["scan", "--from-ref", base]) == 0
    assert capsys.readouterr().out == "1 finding allowed by comments in the code\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to-ref", "HEAD"], "--to-ref needs --from-ref"),
        (["--from-ref", "HEAD", "--staged"], "not allowed with argument"),
        (["--from-ref", "HEAD", "--push"], "not allowed with argument"),
        (["--from-ref", "nowhere"], "there is no commit 'nowhere' here"),
        (["--from-ref", ""], "a commit has to be named, not ''"),
        (["--from-ref", "HEAD", "--to-ref", ""], "a commit has to be named, not ''"),
        (["--remote", "origin"], "--remote is for --push"),
        (["--path", "a.py"], "--path names what comes by --stdin"),
        (["--committed", "a.py"], "PATH means nothing to"),
    ],
)
def test_wrong_usage_is_no_pass(
    repository: Path,
    base: str,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert main(["scan", *arguments]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_a_missing_object_is_no_pass(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", "x = 1\n")
    blob = git(repository, "rev-parse", "HEAD:a.py").strip()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert main(["scan", "--from-ref", base]) == 3
    assert f"object {blob} is missing or damaged" in capsys.readouterr().err


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_partial_clone_fetches_nothing_and_says_what_to_fetch(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str], left_out: str
) -> None:
    committed(repository, "a.py", secret())
    git(repository, "config", "uploadpack.allowFilter", "true")
    options = ("--quiet", "--no-checkout", f"--filter={left_out}")
    partial = repository.parent / "partial"
    git(repository.parent, "clone", *options, repository.as_uri(), partial.name)
    with contextlib.chdir(partial):
        assert main(["scan", "--from-ref", base]) == 2
        error = capsys.readouterr().err
        assert "this is a partial clone" in error
        git(partial, *error.partition("fix: git ")[2].split(), "--quiet")
        assert main(["scan", "--from-ref", base]) == 1
