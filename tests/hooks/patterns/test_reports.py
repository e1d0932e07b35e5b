"""Insecure patterns in every format."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.patterns.code import BAD, BAD_LINE, RULE, WARNED, WARNED_PATH, WARNING_RULE
from tests.hooks.repository import stage
from warden_hooks.cli import main
from warden_hooks.patterns.pack import pattern_rules

REPORT = """\
changewarden: commit stopped, 1 insecure pattern in 1 file

error[{rule}]: {title}
 --> app.py:6:15
  |
6 |     os.system("ls " + name)
  |               ^^^^^^^^^^^^ new in this commit
  = why: """


@pytest.fixture
def printed(repository: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(form: str, *, ignored: bool = False) -> str:
        line = BAD.splitlines()[BAD_LINE - 1]
        comment = f"  # changewarden: ignore[{RULE}] the name is one of a closed list"
        stage(repository, "app.py", BAD.replace(line, line + comment) if ignored else BAD)
        stage(repository, WARNED_PATH, WARNED)
        main(["scan", "--staged", "--only=patterns", "--format", form, "--color", "never"])
        return capsys.readouterr().out

    return run


def test_people_read_where_why_and_what_to_do(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", BAD)
    main(["scan", "--staged", "--only=patterns", "--color", "never"])
    text = capsys.readouterr().out
    rule = pattern_rules()[RULE]
    assert text.startswith(REPORT.format(rule=RULE, title=rule.title))
    assert max(map(len, text.splitlines())) <= 100
    assert f"\n  = fix: {rule.fix}\n" in text
    assert f"\n  = more: changewarden explain {RULE}\n" in text
    assert f"\n  = not a problem? changewarden allow {RULE}-" in text


def test_sarif_has_the_rule_with_its_weakness(printed: Any) -> None:
    [run] = json.loads(printed("sarif"))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    bad, warned = rules[RULE], rules[WARNING_RULE]
    assert "external/cwe/cwe-78" in bad["properties"]["tags"]
    assert "OWASP A05:2025 Injection" in bad["properties"]["tags"]
    assert bad["defaultConfiguration"]["level"] == "error"
    assert warned["defaultConfiguration"]["level"] == "warning"
    assert bad["helpUri"].startswith("https://")
    result = next(result for result in run["results"] if result["ruleId"] == RULE)
    assert rules[RULE]["fullDescription"]["text"] in result["message"]["text"]
    assert run["invocations"][0]["executionSuccessful"]


def test_sarif_passes_on_what_a_comment_allows(printed: Any) -> None:
    [run] = json.loads(printed("sarif", ignored=True))["runs"]
    result = next(result for result in run["results"] if result["ruleId"] == RULE)
    [suppression] = result["suppressions"]
    assert suppression == {"kind": "inSource", "justification": "the name is one of a closed list"}


def test_sarif_says_when_not_everything_was_checked(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.js", "function f( {\n  eval(req.query.code)\n")
    main(["scan", "--staged", "--only=patterns", "--format", "sarif"])
    [run] = json.loads(capsys.readouterr().out)["runs"]
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [note] = invocation["toolExecutionNotifications"]
    assert note["level"] == "error"
    assert note["message"]["text"].startswith("not checked for insecure patterns: line 1")


def test_github_shows_errors_and_warnings(printed: Any) -> None:
    lines = printed("github").splitlines()
    assert any(line.startswith("::error file=app.py,line=6,") and RULE in line for line in lines)
    assert any(line.startswith(f"::warning file={WARNED_PATH},line=6,") for line in lines)
    assert all("fix: " in line for line in lines)


def test_gitlab_grades_them(printed: Any) -> None:
    issues = {issue["check_name"]: issue for issue in json.loads(printed("gitlab"))}
    assert issues[RULE]["severity"] == "critical"
    assert issues[WARNING_RULE]["severity"] == "major"


def test_the_list_of_rules_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    found = {rule["id"]: rule for rule in document["patterns"]}
    assert found[RULE]["cwe"] == ["CWE-78"]
    assert found[RULE]["blocking"]
    main(["rules"])
    assert f"{RULE} " in capsys.readouterr().out


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", f"{RULE}-3f9c2a"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"{RULE}: ")
    assert "CWE-78, OWASP A05:2025 Injection" in text
    assert f"# changewarden: ignore[{RULE}] why this one is safe" in text


def test_a_rule_that_is_nearly_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "py-comand-from-request"]) == 2
    assert f"did you mean {RULE!r}?" in capsys.readouterr().err
