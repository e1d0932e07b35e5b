"""`changewarden policy import`: a native policy, and on standard error where it differs."""

from pathlib import Path

import pytest

from tests.policies.translation.test_translation import EXAMPLE
from warden_hooks.commands.policy import main
from warden_policies.language import parse_policy

EXACT = b"""\
policy: {approval: [review]}
approval_rules:
  - name: review
    if: {changed_files: {paths: ["^src/"]}}
    options: {invalidate_on_push: true}
    requires: {count: 1, teams: [acme/staff]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".policy.yml").write_bytes(EXACT)
    return tmp_path


def test_a_translation_is_printed_and_is_a_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", ".policy.yml"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("# From .policy.yml by 'changewarden policy import'.")
    assert captured.out.endswith("""\
version: 1
requirements:
  # .policy.yml:3
  review:
    when:
      paths: ["src/**"]
    require:
      approvals: {count: 1, teams: [acme/staff], content: head}
""")
    assert captured.err == ""
    assert parse_policy(captured.out.encode(), "p.yml").requirements[0].name == "review"


def test_what_differs_is_told_with_its_place_and_what_is_open_exits_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".policy.yml").write_bytes(EXAMPLE)

    assert main(["import", ".policy.yml", "-o", "native.yml"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ("native.yml: 3 requirements, 7 places that differ, 3 to complete\n")
    first, *others = captured.err.splitlines()
    assert first.startswith(".policy.yml:14:5: the opener may approve their own work")
    assert sum(": ! " in line for line in others) == 3
    assert main(["check", "native.yml"]) == 0


def test_a_file_that_is_there_is_never_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "native.yml").write_text("mine", encoding="utf-8")

    assert main(["import", ".policy.yml", "-o", "native.yml"]) == 2
    assert capsys.readouterr().err == "native.yml: cannot write: File exists\n"
    assert (folder / "native.yml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"polcy: {}", ".policy.yml:1:1: unknown key 'polcy', did you mean 'policy'?\n 1 |"),
        (b"", ".policy.yml:1:1: it asks for nothing"),
        (b"\xff", ".policy.yml:1:1: not UTF-8"),
    ],
)
def test_what_is_no_policy_exits_2(
    folder: Path, capsys: pytest.CaptureFixture[str], source: bytes, message: str
) -> None:
    (folder / ".policy.yml").write_bytes(source)

    assert main(["import", ".policy.yml"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(message)
    assert captured.out == ""
