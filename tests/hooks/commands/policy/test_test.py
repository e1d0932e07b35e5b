"""`changewarden policy test`: a test runner for policies, and an exit status for each ending."""

from pathlib import Path

import pytest

from tests.builders import POLICY_SOURCE, ready
from warden_hooks.commands.policy import main
from warden_policies.codec import encode_change

REVIEW = b"version: 1\nrequirements: {Peer review: {require: {approvals: {count: 1}}}}\n"
TESTS = """\
policy: ../review.yml
cases:
  - name: two eyes are enough
    change: {approvals: [bob]}
    expect: allow
  - name: nobody approves their own change
    change: {opener: ana, approvals: [ana]}
    expect: pending
    because: 0 of 1 approvals
"""
WRONG = """\
  - name: an objection does no harm
    change: {opener: ana, approvals: [bob], reviews: [{by: eve, state: changes_requested}]}
    expect: allow
  - name: an objection is about style
    change: {opener: ana, reviews: [{by: eve, state: changes_requested}]}
    expect: block
    because: style
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.yml").write_bytes(REVIEW)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/review.yml").write_text(TESTS, encoding="utf-8")
    return tmp_path


def test_cases_that_come_out_as_expected_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "tests"]) == 0
    assert (
        capsys.readouterr().out
        == """\
tests/review.yml
  ok    two eyes are enough
  ok    nobody approves their own change

2 cases in 1 file, 2 ok
"""
    )


def test_a_failure_shows_what_was_expected_what_came_out_and_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "tests/review.yml").write_text(TESTS + WRONG, encoding="utf-8")

    assert main(["test", "tests"]) == 1
    out = capsys.readouterr().out
    assert (
        """\
  FAIL  an objection does no harm
        tests/review.yml:10: expected allow, got block
        | Blocked: eve requested changes (0 of 1 done)
        |
        |   FAIL   Peer review  eve requested changes
"""
        in out
    )
    assert (
        """\
  FAIL  an objection is about style
        tests/review.yml:13: expected it because of 'style', which the decision does not say
"""
        in out
    )
    assert "sha256" not in out
    assert out.endswith("\n4 cases in 1 file, 2 ok, 2 failed\n")


def test_a_stored_change_is_read_from_the_folder_of_the_test(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policy.yml").write_bytes(POLICY_SOURCE)
    (folder / "tests/482.json").write_bytes(encode_change(ready()))
    source = "policy: ../policy.yml\ncases: [{name: stored, change: 482.json, expect: allow}]\n"
    (folder / "tests/stored.yaml").write_text(source, encoding="utf-8")

    assert main(["test", "tests"]) == 0
    out = capsys.readouterr().out
    assert "tests/stored.yaml\n  ok    stored\n" in out
    assert "tests/../policy.yml: no case is stopped by: Peer review, Change record, Checks\n" in out
    assert out.endswith("\n3 cases in 2 files, 3 ok\n")


def test_requirements_that_no_case_tries_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = TESTS[: TESTS.index("  - name: nobody")]
    (folder / "tests/review.yml").write_text(first, encoding="utf-8")

    assert main(["test", "tests"]) == 0
    assert "tests/../review.yml: no case is stopped by: Peer review\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("tests/bad.yml", b"policy: ../review.yml\ncases: [{nam: x}]\n",
         "tests/bad.yml:2:9: missing keys 'name', 'change', 'expect'\n 2 | cases: [{nam: x}]\n"),
        ("tests/bad.yml", b"policy: gone.yml\ncases: [{name: n, change: {}, expect: allow}]",
         "tests/gone.yml: cannot read: No such file or directory\n"),
        ("tests/bad.yml", b"policy: bad.yml\ncases: [{name: n, change: {}, expect: allow}]",
         "tests/bad.yml:1:1: unknown key 'policy'"),
        ("tests/bad.yml", b"policy: ../review.yml\ncases: [{name: n, change: x, expect: allow}]",
         "tests/x: cannot read: No such file or directory\n"),
        ("tests/bad.yml", b"\xff", "tests/bad.yml:1:1: not UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_file_exits_2_and_the_others_are_still_run(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, source: bytes, message: str
) -> None:
    (folder / name).write_bytes(source)

    assert main(["test", "tests"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(message)
    assert "  ok    two eyes are enough" in captured.out
    assert captured.out.endswith("1 file with errors\n")


@pytest.mark.parametrize("path", ["nowhere", "empty"])
def test_no_tests_are_not_a_success(
    folder: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (folder / "empty").mkdir()

    assert main(["test", path]) == 2
    assert capsys.readouterr().err


def test_the_example_in_the_help_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["test", "--help"])
    text = capsys.readouterr().out
    example = text.split("payments.yml:\n")[1].split("\nAll the words")[0]
    (folder / "changewarden.yml").write_bytes(REVIEW)
    (folder / "tests/change-482.json").write_bytes(encode_change(ready(opener=None)))
    (folder / "tests/review.yml").write_text(example, encoding="utf-8")

    assert main(["test", "tests"]) == 0
    assert capsys.readouterr().out.endswith("\n3 cases in 1 file, 3 ok\n")


def test_a_policy_of_policy_bots_is_tried_in_its_own_language(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".policy.yml").write_text(
        "policy: {approval: [or: [docs, staff]]}\n"
        "approval_rules:\n"
        "- {name: docs, if: {only_changed_files: {paths: [^docs/]}}}\n"
        "- {name: staff, requires: {count: 1, users: [bob]}}\n",
        encoding="utf-8",
    )
    tests = """\
policy: ../.policy.yml
cases:
  - {name: documents, change: {files: [docs/a.md]}, expect: allow}
  - {name: code, change: {files: [a.py]}, expect: pending, because: 0/1 required approvals}
"""
    (folder / "tests/review.yml").write_text(tests, encoding="utf-8")

    assert main(["test", "tests"]) == 0
    assert (
        capsys.readouterr().out
        == """\
tests/review.yml
  ok    documents
  ok    code

tests/../.policy.yml: no case meets: staff

tests/../.policy.yml: no case is stopped by: docs

2 cases in 1 file, 2 ok
"""
    )
