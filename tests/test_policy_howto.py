"""What the guides about testing and converting policies show is so."""

import re
from pathlib import Path

import pytest

from tests.test_docs import ROOT, blocks
from warden_hooks.commands.policy import main
from warden_policies.glob_syntax import Kind
from warden_policies.language import parse_policy
from warden_policies.scenario import parse_suite
from warden_policies.translation.patterns import globs_of

HOWTO = ROOT / "docs" / "howto"
TESTING = (HOWTO / "test-a-policy.md").read_text(encoding="utf-8")
POLICY = b"""
version: 1
requirements:
  Payments:
    when: {paths: ["payments/**"]}
    require: {approvals: {count: 1, teams: [acme/payments]}}
"""


def test_the_test_file_of_the_guide_runs_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".github/policy-tests").mkdir(parents=True)
    (tmp_path / ".github/changewarden.yml").write_bytes(POLICY)
    (tests,) = blocks(HOWTO / "test-a-policy.md", "yaml")
    (tmp_path / ".github/policy-tests/payments.yml").write_text(tests, encoding="utf-8")

    assert main(["test", ".github/policy-tests"]) == 0
    assert f"```\n{capsys.readouterr().out}```" in TESTING


def change_words() -> list[str]:
    """The snippets in the tables, but for those about people."""
    rows = [line for line in TESTING.splitlines() if line.startswith("| ") and "`" in line]
    found = [words for row in rows for words in re.findall(r"`([a-z_]+: [^`]*)`", row)]
    return [words for words in found if not words.startswith(("people:", "at:"))]


@pytest.mark.parametrize("words", change_words())
def test_the_words_in_the_tables_are_words(words: str) -> None:
    opener = "" if words.startswith("now") else "opener: ana, "
    commits = "commits: [ana, ana], " if not words.startswith("commits") else ""
    case = f"{{name: n, expect: allow, change: {{{opener}{commits}{words}}}}}"

    assert parse_suite(f"policy: p\ncases: [{case}]".encode(), "t.yml").cases


def test_the_people_in_the_table_are_people() -> None:
    for words in re.findall(r"`(people: [^`]*)`", TESTING):
        source = f"policy: p\n{words}\ncases: [{{name: n, expect: allow, change: {{opener: bob}}}}]"
        assert parse_suite(source.encode(), "t.yml").cases


def test_the_expressions_in_the_guide_are_those_globs() -> None:
    page = (HOWTO / "come-from-policy-bot.md").read_text(encoding="utf-8")
    assert r"`^docs/` is `docs/**`, `\.md$` is `**/*.md`" in page
    assert globs_of("^docs/", Kind.PATH).wider == ("docs/**/*",)
    assert globs_of(r"\.md$", Kind.PATH).wider == ("**/*.md",)
    assert globs_of("^release/(v1|v2)$", Kind.BRANCH).wider == ("release/v1", "release/v2")


def test_the_policy_that_the_test_goes_by_is_one() -> None:
    assert parse_policy(POLICY, "p.yml").requirements[0].name == "Payments"
