"""`changewarden scan` and insecure patterns, on real repositories with the real engine."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.patterns.code import (
    BAD,
    BAD_LINE,
    GOOD,
    RULE,
    WARNED,
    WARNED_PATH,
    WARNING_RULE,
)
from tests.hooks.reports import Report
from tests.hooks.repository import committed, git, head, stage, write
from warden_hooks import fast
from warden_hooks.cli import main
from warden_hooks.patterns.core import Core

Scan = Callable[..., int]
ONLY = ("--staged", "--only=patterns")


def test_a_bad_line_stops_the_commit_and_a_mended_one_passes(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", BAD)
    assert main(["scan", "--staged"]) == 1
    printed = capsys.readouterr().out
    assert "commit stopped, 1 insecure pattern in 1 file" in printed
    assert f"error[{RULE}]" in printed
    assert f"app.py:{BAD_LINE}:" in printed
    assert "new in this commit" in printed
    stage(repository, "app.py", GOOD)
    assert main(["scan", "--staged"]) == 0
    assert capsys.readouterr() == ("", "")


def test_both_families_are_one_report(repository: Path, report: Report) -> None:
    from tests.hooks.reports import secret

    stage(repository, "app.py", BAD + secret(1))
    found = report("--staged")
    assert RULE in {finding["rule"] for finding in found["findings"]}
    assert len(found["findings"]) == 2
    assert found["code"] == 1


def test_a_finding_says_where_what_and_how_bad(repository: Path, report: Report) -> None:
    stage(repository, "app.py", BAD)
    [finding] = report(*ONLY)["findings"]
    assert finding["path"] == "app.py"
    assert (finding["line"], finding["end_line"]) == (BAD_LINE, BAD_LINE)
    assert BAD.splitlines()[BAD_LINE - 1][finding["column"] - 1 :].startswith(finding["redacted"])
    assert finding["cwe"] == ["CWE-78"]
    assert (finding["severity"], finding["blocking"]) == ("high", True)


def test_a_warning_is_told_and_stops_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, WARNED_PATH, WARNED)
    assert main(["scan", *ONLY]) == 0
    printed = capsys.readouterr().out
    assert "changewarden: 1 warning in 1 file" in printed
    assert f"warning[{WARNING_RULE}]" in printed
    assert "stopped" not in printed


def test_a_rule_for_some_paths_looks_at_no_others(repository: Path, report: Report) -> None:
    stage(repository, "docs/build.yml", WARNED)
    stage(repository, WARNED_PATH, WARNED)
    found = report(*ONLY)["findings"]
    assert {finding["path"] for finding in found} == {WARNED_PATH}
    again = report(*ONLY)["findings"]
    assert again == found, "the same content at two paths is two questions to the memory, too"


def test_only_new_lines_count_and_the_others_are_counted(
    repository: Path, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "app.py", BAD)
    stage(repository, "app.py", f"# a remark\n{BAD}")
    found = report(*ONLY)
    assert (found["findings"], found["on_other_lines"], found["code"]) == ([], 1, 0)
    assert main(["scan", *ONLY]) == 0
    assert "1 insecure pattern on lines that are not new (--all shows them)" in (
        capsys.readouterr().out
    )
    assert report(*ONLY, "--all")["code"] == 1


def test_what_is_staged_counts_and_not_what_is_on_disk(repository: Path, report: Report) -> None:
    stage(repository, "app.py", GOOD)
    write(repository, "app.py", BAD)
    assert report(*ONLY)["code"] == 0
    stage(repository, "app.py", BAD)
    write(repository, "app.py", GOOD)
    assert report(*ONLY)["code"] == 1


def test_columns_are_right_behind_other_characters(repository: Path, report: Report) -> None:
    line = BAD.splitlines()[BAD_LINE - 1]
    text = BAD.replace(line, f'    "é→😀"; {line.strip()}').replace("\n", "\r\n")
    stage(repository, "app.py", text)
    [finding] = report(*ONLY)["findings"]
    shown = text.split("\n")[finding["line"] - 1]
    place = slice(finding["column"] - 1, finding["end_column"] - 1)
    assert shown[place] == finding["redacted"] == '"ls " + name'


@pytest.mark.parametrize(
    "text",
    ["\ufeff" + BAD, BAD.replace("\n", "\r\n"), "# caf\u00e9\n" + BAD, BAD.rstrip("\n")],
    ids=["byte order mark", "carriage returns", "accent", "no last line feed"],
)
def test_how_a_file_is_written_hides_nothing(repository: Path, report: Report, text: str) -> None:
    stage(repository, "app.py", text)
    assert report(*ONLY)["code"] == 1


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-be"])
def test_other_encodings_hide_nothing(repository: Path, report: Report, encoding: str) -> None:
    stage(repository, "app.py", ("# café\n" + BAD).encode(encoding))
    assert report(*ONLY)["code"] == 1


def test_a_program_without_an_ending_is_known_by_its_first_line(
    repository: Path, report: Report
) -> None:
    stage(repository, "tool", f"#!/usr/bin/env python3\n{BAD}")
    assert report(*ONLY)["code"] == 1


class TestComments:
    """Findings that the code itself allows."""

    @staticmethod
    def with_comment(comment: str) -> str:
        line = BAD.splitlines()[BAD_LINE - 1]
        return BAD.replace(line, f"{line}  # {comment}")

    @pytest.mark.parametrize(
        ("comment", "by", "reason"),
        [
            ("nosemgrep", "nosemgrep", ""),
            (f"nosemgrep: {RULE}", "nosemgrep", ""),
            (
                f"changewarden: ignore[{RULE}] only a fixed set of names comes here",
                "changewarden: ignore",
                "only a fixed set of names comes here",
            ),
        ],
    )
    def test_a_comment_allows_it_and_is_passed_on(
        self, repository: Path, report: Report, comment: str, by: str, reason: str
    ) -> None:
        stage(repository, "app.py", self.with_comment(comment))
        found = report(*ONLY)
        assert (found["code"], found["findings"]) == (0, [])
        [ignored] = found["ignored"]
        assert (ignored["rule"], ignored["by"], ignored["reason"]) == (RULE, by, reason)

    @pytest.mark.parametrize(
        "comment",
        [
            f"changewarden: ignore[{RULE}]",
            f"changewarden: ignore[{RULE}] todo",
            "changewarden: ignore[other-rule] only a fixed set of names comes here",
            "changewarden: ignore only a fixed set of names comes here",
            "nosemgrep: other-rule",
            "nosec",
            "gitleaks:allow",
            "pragma: allowlist secret",
        ],
    )
    def test_a_comment_that_says_less_allows_nothing(
        self, repository: Path, report: Report, comment: str
    ) -> None:
        stage(repository, "app.py", self.with_comment(comment))
        assert report(*ONLY)["code"] == 1

    def test_what_is_missing_in_a_comment_is_said(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stage(repository, "app.py", self.with_comment(f"changewarden: ignore[{RULE}]"))
        main(["scan", *ONLY])
        assert "not ignored: the comment's reason is missing" in capsys.readouterr().out

    def test_a_warning_needs_no_reason(self, repository: Path, report: Report) -> None:
        comment = f"  # changewarden: ignore[{WARNING_RULE}]"
        stage(repository, WARNED_PATH, WARNED.replace("@v6", f"@v6{comment}"))
        found = report(*ONLY)
        assert WARNING_RULE not in {finding["rule"] for finding in found["findings"]}
        assert WARNING_RULE in {ignored["rule"] for ignored in found["ignored"]}


class TestMemory:
    """What was looked at before is not looked at again."""

    def test_a_second_run_starts_no_engine(
        self, repository: Path, report: Report, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stage(repository, "app.py", BAD)
        first = report(*ONLY)

        def refused(*_: object, **__: object) -> None:
            raise AssertionError("the engine was started")

        monkeypatch.setattr(Core, "look", refused)
        assert report(*ONLY) == first

    def test_what_is_known_to_be_clean_is_seen_at_once(self, repository: Path) -> None:
        committed(repository, "first", "1")
        stage(repository, "app.py", f"# seen nowhere else\n{GOOD}")
        assert fast.left(["--staged"]) == ("patterns",)
        assert main(["scan", "--staged"]) == 0
        assert fast.left(["--staged"]) == ()
        stage(repository, "app.py", BAD)
        assert fast.left(["--staged"]) == ("patterns",)
        assert main(["scan", "--staged"]) == 1
        assert fast.left(["--staged"]) == ("patterns",), "a finding is for the whole command"

    def test_the_short_way_imports_nothing_heavy(self, repository: Path) -> None:
        committed(repository, "first", "1")
        stage(repository, "app.py", GOOD)
        assert main(["scan", "--staged"]) == 0
        code = "import sys; from warden_hooks.cli import main; code = main(['scan', '--staged'])\n"
        code += "print(code, *({'argparse', 'json', 're', 'subprocess'} & {*sys.modules}))"
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.split() == ["0"]

    def test_a_repository_with_rules_of_its_own_leaves_the_short_way(
        self, repository: Path
    ) -> None:
        committed(repository, ".github/changewarden.yml", "patterns:\n  rules: none\n")
        stage(repository, "app.py", "x = 1\n")
        assert fast.left(["--staged"]) == ("patterns",)

    def test_what_could_not_be_checked_is_not_remembered(
        self, repository: Path, report: Report
    ) -> None:
        stage(repository, "app.js", "function f( {\n  eval(req.query.code)\n")
        assert report(*ONLY)["code"] == report(*ONLY)["code"] == 3


def test_a_secret_in_a_line_is_masked_everywhere(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.hooks.reports import secret

    value = secret(3).split('"')[1] if '"' in secret(3) else secret(3).split("'")[1]
    stage(repository, "app.py", BAD.replace('"ls "', f'"curl -u {value} "'))
    for form in ("text", "json", "sarif", "github", "gitlab"):
        main(["scan", *ONLY, "--format", form])
        captured = capsys.readouterr()
        assert value not in captured.out + captured.err
        assert RULE in captured.out


def test_the_allowances_of_the_repository_hold_for_patterns(
    repository: Path, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", BAD)
    [finding] = report(*ONLY)["findings"]
    name = f"{finding['rule']}-{finding['fingerprint'][:6]}"
    reason = "the name comes from a closed list that the form offers"
    assert main(["allow", name, "--reason", reason, "--owner", "Ana"]) == 0
    git(repository, "add", ".changewarden")
    assert report(*ONLY)["code"] == 0
    capsys.readouterr()
    assert main(["allowances"]) == 0
    assert RULE in capsys.readouterr().out
    stage(repository, "app.py", BAD.replace("ls ", "ls -l "))
    assert report(*ONLY)["code"] == 1, "another line is another finding"


def test_head_is_read_and_not_touched(repository: Path) -> None:
    committed(repository, "app.py", GOOD)
    before = head(repository)
    stage(repository, "app.py", BAD)
    main(["scan", *ONLY])
    assert head(repository) == before
    assert git(repository, "status", "--porcelain") == "M  app.py\n"
