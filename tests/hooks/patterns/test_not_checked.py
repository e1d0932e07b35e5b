"""What could not be looked at is never a pass."""

from pathlib import Path

import pytest

from tests.hooks.patterns.code import BAD
from tests.hooks.reports import Report, secret
from tests.hooks.repository import committed, stage, write
from warden_hooks.cli import main
from warden_hooks.patterns import command, find

ONLY = ("--staged", "--only=patterns")


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the engine nor anything that it found before is on this machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty-cache"))
    monkeypatch.setattr(find, "installed", lambda: None)
    monkeypatch.setattr(command, "found", lambda _: None)


def test_a_line_that_cannot_be_parsed_is_named(
    repository: Path, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.js", "function f( {\n  eval(req.query.code)\n")
    found = report(*ONLY)
    assert found["code"] == 3
    [unchecked] = found["not_checked"]
    assert unchecked["path"] == "app.js"
    assert "cannot be parsed" in unchecked["reason"]
    assert main(["scan", *ONLY]) == 3
    captured = capsys.readouterr()
    assert "not checked for insecure patterns: app.js: line 1" in captured.out
    assert "commit stopped, not everything could be checked" in captured.err


def test_a_line_that_was_there_before_is_no_news(repository: Path, report: Report) -> None:
    broken = "function f( {\n  eval(req.query.code)\n"
    committed(repository, "app.js", broken)
    stage(repository, "app.js", broken + "\n" * 20 + "let x = eval;\n")
    assert report(*ONLY)["code"] in (0, 3)


def test_an_engine_that_fails_is_our_fault_and_no_pass(
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine = write(tmp_path, "engine", "#!/bin/sh\nexit 2\n")
    engine.chmod(0o755)
    monkeypatch.setenv("CHANGEWARDEN_SEMGREP_CORE", str(engine))
    monkeypatch.setattr(command, "found", lambda _: None)
    stage(repository, "app.py", BAD)
    assert main(["scan", *ONLY]) == 2
    assert "engine ended with 2" in capsys.readouterr().err


@pytest.mark.usefixtures("no_engine")
def test_without_the_engine_the_hook_says_so_and_goes_on(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", BAD)
    assert main(["scan", "--staged"]) == 0
    captured = capsys.readouterr().err
    assert "patterns not checked: semgrep's engine is not installed" in captured
    assert "fix: pip install 'changewarden[patterns]'" in captured


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize("option", ["--require=patterns", "--only=patterns"])
def test_without_the_engine_who_needs_it_is_stopped(
    repository: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", BAD)
    assert main(["scan", "--staged", option]) == 2
    assert "patterns not checked" in capsys.readouterr().err


@pytest.mark.usefixtures("no_engine")
def test_without_the_engine_secrets_are_found_all_the_same(
    repository: Path, report: Report
) -> None:
    stage(repository, "app.py", BAD + secret(1))
    found = report("--staged")
    assert found["code"] == 1
    assert found["not_checked"] == [{"path": None, "reason": "semgrep's engine is not installed"}]


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize(("name", "text"), [("README.md", BAD), ("app.py", "greeting = 'hello'\n")])
def test_the_engine_is_not_missed_where_no_rule_may_match(
    repository: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, name, text)
    assert main(["scan", "--staged", "--require=patterns"]) == 0
    assert capsys.readouterr() == ("", "")
