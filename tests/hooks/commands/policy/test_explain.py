"""`changewarden policy explain`: the policy in sentences and, if asked, how a change stands."""

from pathlib import Path

import pytest

from tests.builders import BOB, POLICY_SOURCE, approval, ready
from warden_hooks.commands.policy import main
from warden_policies.codec import encode_change


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yml").write_bytes(POLICY_SOURCE)
    (tmp_path / "change.json").write_bytes(encode_change(ready(reviews=(approval(BOB),))))
    return tmp_path


def test_a_policy_is_told_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "good.yml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("This policy has 4 requirements.")
    assert "Peer review\n  Always:\n    - 2 approvals by people with write access\n" in out
    assert not out.endswith("\n\n")


def test_how_a_change_stands_is_told_too_and_changes_no_exit_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "good.yml", "--change", "change.json"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("This policy has 4 requirements.")
    assert "\nThe change in change.json\n\nWaiting: 1 of 2 approvals (2 of 3 done)\n" in out


def test_the_errors_of_both_files_are_told_together(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.yml").write_bytes(POLICY_SOURCE.replace(b"require:", b"requird:", 1))
    (folder / "change.json").write_text("[", encoding="utf-8")

    assert main(["explain", "good.yml", "--change", "change.json"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "good.yml:4:5: unknown key 'requird', did you mean 'require'?\n 4 |" in captured.err
    assert captured.err.endswith("change.json:1:2: not JSON: Expecting value\n")


def test_a_policy_of_policy_bots_is_known_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "policy: {approval: [docs]}\napproval_rules: [{name: docs, if: {has_labels: [docs]}}]"
    (folder / ".policy.yml").write_text(source, encoding="utf-8")

    assert main(["explain", ".policy.yml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("This policy is in policy-bot's language")
    assert "\n  Applies when the pull request is labelled 'docs'; otherwise it is skipped.\n" in out
