"""`--dialect`: a `.policy.yml` is decided by as policy-bot does, another file as we do."""

import json
from pathlib import Path

import pytest

from tests.builders import ANA, BOB, approval, change
from warden_hooks.commands import decide
from warden_hooks.commands import policy as policy_command
from warden_hooks.commands.dialect import dialect_of
from warden_policies.codec import encode_change
from warden_policies.policy import Dialect

POLICY = """\
policy:
  approval:
    - code review
    - or: [docs only, security]
approval_rules:
  - name: code review
    requires: {count: 1, users: [bob]}
  - name: docs only
    if: {title: {matches: ['^docs']}}
  - name: security
    requires: {count: 1, teams: [acme/security]}
"""
TEXT = """\
Waiting: 1/2 rules approved (0 of 1 done)

  pending      approval: 1/2 rules approved
  approved       code review: Approved by bob
  pending        or: None of the rules are satisfied
  skipped          docs only: 'Charge the fee once' fits neither list
  pending          security: 0/1 required approvals. Ignored 2 approvals from disqualified users
  skipped      disapproval: No disapproval policy is specified

  policy-bot would post: pending, 1/2 rules approved

the team acme/security: approve by a review, the comment ':+1:', the comment '👍'

not counted:
  ana's approval: opened the pull request
  bob's approval: none of the team acme/security
"""
FILES = ["--policy", ".policy.yml", "--change", "change.json"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".policy.yml").write_text(POLICY, encoding="utf-8")
    seen = change(people=(), comments=(), reviews=(approval(ANA), approval(BOB, id=2)))
    (tmp_path / "change.json").write_bytes(encode_change(seen))
    return tmp_path


@pytest.mark.parametrize(
    ("path", "chosen", "dialect"),
    [
        (".policy.yml", None, Dialect.POLICY_BOT),
        ("acme/.github/.policy.yml", None, Dialect.POLICY_BOT),
        ("policy.yml", None, Dialect.NATIVE),
        (".github/changewarden.yml", None, Dialect.NATIVE),
        ("policy.yml", Dialect.POLICY_BOT, Dialect.POLICY_BOT),
        (".policy.yml", Dialect.NATIVE, Dialect.NATIVE),
    ],
)
def test_the_name_tells_the_language_unless_somebody_says_it(
    path: str, chosen: Dialect | None, dialect: Dialect
) -> None:
    assert dialect_of(path, chosen) is dialect


def test_text_is_the_tree_of_rules_and_what_is_left_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide.main(FILES) == 1
    assert capsys.readouterr().out.rpartition("\nPolicy sha256:")[0] == TEXT


def test_json_is_a_decision_like_any_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide.main([*FILES, "--format", "json"]) == 1

    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "changewarden.decision/v1"
    assert document["verdict"] == "pending"
    assert [child["name"] for child in document["result"]["children"]] == [
        "approval",
        "disapproval",
    ]


def test_policy_bots_own_tree_is_a_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide.main([*FILES, "--format", "policy-bot"]) == 1

    (approvals, disapproval) = json.loads(capsys.readouterr().out)["children"]
    assert approvals["children"][0] == {
        "name": "code review",
        "status": "approved",
        "approvers": ["bob"],
    }
    assert disapproval == {"name": "disapproval", "status": "skipped"}


def test_that_format_is_for_that_language(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = "version: 1\nrequirements: {A: {require: {approvals: {count: 1}}}}\n"
    (folder / "ours.yml").write_text(pack, encoding="utf-8")

    arguments = ["--policy", "ours.yml", "--change", "change.json", "--format", "policy-bot"]
    assert decide.main(arguments) == 2
    assert "for policies in policy-bot's language: add --dialect" in capsys.readouterr().err


def test_a_check_reads_the_language_that_the_name_tells(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policy.yml").write_text(POLICY.replace("count", "cuont"), encoding="utf-8")

    assert policy_command.main(["check", ".policy.yml"]) == 0
    assert capsys.readouterr().out == ".policy.yml: ok: 3 requirements\n"
    assert policy_command.main(["check", "--dialect", "policy-bot", "policy.yml"]) == 2
    assert "policy.yml:7:16: unknown key 'cuont', did you mean 'count'?" in capsys.readouterr().err
    assert policy_command.main(["check", "--dialect", "native", ".policy.yml"]) == 2
    assert "unknown key 'policy'" in capsys.readouterr().err


def test_a_language_that_does_not_exist_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        decide.main([*FILES, "--dialect", "cobol"])
    assert "argument --dialect: invalid" in capsys.readouterr().err
