"""The rules of a repository itself, from its base."""

from pathlib import Path

import pytest

from tests.hooks.reports import Report
from tests.hooks.repository import commit, stage, write
from tests.hooks.systems import linux
from warden_hooks.cli import main
from warden_hooks.patterns import rule_files

CONFIGURATION = """\
version: 1
requirements:
  Review: { require: { approvals: { count: 1 } } }
patterns:
  rules: .changewarden/patterns
"""
RULE = """\
rules:
  - id: our-no-print
    languages: [python]
    severity: ERROR
    message: Do not print $X, log it.
    pattern: print($X)
"""
PLACE = ".changewarden/patterns/print.yml"
ONLY = ("--staged", "--only=patterns")


@pytest.fixture
def with_rule(repository: Path) -> Path:
    stage(repository, ".github/changewarden.yml", CONFIGURATION)
    stage(repository, PLACE, RULE)
    commit(repository)
    return repository


def test_a_rule_of_the_base_is_applied(with_rule: Path, report: Report) -> None:
    stage(with_rule, "a.py", "print(1 + x)\n")
    found = report(*ONLY)
    [finding] = found["findings"]
    assert (finding["rule"], found["code"]) == ("our-no-print", 1)
    assert finding["message"] == "Do not print 1 + x, log it."
    assert report(*ONLY)["findings"] == [finding], "from memory, too"


def test_what_the_engine_says_of_the_rules_is_asked_once(
    with_rule: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(with_rule, "a.py", "print(1)\n")
    first = report(*ONLY)

    def refused(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(rule_files, "filters", refused)
    assert report(*ONLY) == first


@pytest.mark.parametrize("damaged", [b"", b"garbage", b"a\tb\n", None])
def test_what_is_remembered_of_them_and_is_damaged_is_not_believed(
    with_rule: Path, report: Report, monkeypatch: pytest.MonkeyPatch, damaged: bytes | None
) -> None:
    """Above all not an empty file: it would say that there are no rules."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(with_rule / ".git" / "cache"))
    stage(with_rule, "a.py", "print(1)\n")
    assert report(*ONLY)["code"] == 1
    [kept] = (with_rule / ".git" / "cache").glob("changewarden/patterns-*/rules-*")
    kept.write_bytes(kept.read_bytes()[:-30] if damaged is None else damaged)
    stage(with_rule, "b.py", "print(2)\n")
    assert {item["path"] for item in report(*ONLY)["findings"]} == {"a.py", "b.py"}


@linux
def test_without_room_for_asking_about_them_it_is_said(
    with_rule: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("XDG_CACHE_HOME", str(with_rule / ".git" / "cache"))
    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    stage(with_rule, "a.py", "print(1)\n")
    assert main(["scan", *ONLY]) in (2, 3)
    assert "temporary files cannot be written: No space left" in capsys.readouterr().err


def test_a_change_cannot_choose_the_rules_that_judge_it(with_rule: Path, report: Report) -> None:
    stage(with_rule, PLACE, RULE.replace("ERROR", "INFO"))
    stage(with_rule, ".github/changewarden.yml", CONFIGURATION.replace("patterns", "other"))
    stage(with_rule, "a.py", "print(1)\n")
    assert report(*ONLY)["code"] == 1


def test_rules_that_are_new_do_not_count_yet(repository: Path, report: Report) -> None:
    commit(repository)
    stage(repository, ".github/changewarden.yml", CONFIGURATION)
    stage(repository, PLACE, RULE)
    stage(repository, "a.py", "print(1)\n")
    assert report(*ONLY)["code"] == 0


def test_on_disk_they_are_taken_as_they_are_there(with_rule: Path, report: Report) -> None:
    write(with_rule, PLACE, RULE.replace("our-no-print", "our-other"))
    write(with_rule, "a.py", "print(1)\n")
    assert [item["rule"] for item in report("--only=patterns", "a.py")["findings"]] == ["our-other"]


@pytest.mark.parametrize(
    ("configuration", "rule", "message"),
    [
        (CONFIGURATION, RULE.replace("ERROR", "ERRO"), f"{PLACE}:2:5: our-no-print: severity"),
        (CONFIGURATION, RULE.replace("print($X)", "*x"), f"{PLACE}:6:14: alias '*x'"),
        (CONFIGURATION, RULE.replace("print($X)", "'def ((('"), "rule our-no-print: Rule parse"),
        (CONFIGURATION, RULE.replace("pattern:", "patern:"), "rule our-no-print: Rule parse"),
        (CONFIGURATION, RULE.replace("our-no-print", "py-shell-true"), "two rules have the id"),
        (CONFIGURATION.replace("rules:", "rulse:"), RULE, "unknown key 'rulse'"),
        (CONFIGURATION.replace(".changewarden/patterns", "../x"), RULE, "a folder in the repos"),
        (CONFIGURATION.replace("/patterns", "/nothing"), RULE, "there is no rule file there"),
        (CONFIGURATION.replace("patterns:", "patterns: ["), RULE, ".github/changewarden.yml:"),
    ],
)
def test_what_is_wrong_with_them_is_said_and_is_no_pass(
    repository: Path,
    configuration: str,
    rule: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stage(repository, ".github/changewarden.yml", configuration)
    stage(repository, PLACE, rule)
    commit(repository)
    stage(repository, "a.py", "x = 1\n")
    assert main(["scan", *ONLY]) == 2
    assert message in capsys.readouterr().err


def test_the_check_of_the_policy_knows_them(with_rule: Path) -> None:
    assert main(["policy", "check", ".github/changewarden.yml"]) == 0
    write(with_rule, ".github/changewarden.yml", CONFIGURATION.replace("rules:", "rulse:"))
    assert main(["policy", "check", ".github/changewarden.yml"]) == 2
