"""`changewarden scan --history` as people and programs start it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.history.histories import Made, commit_of, grow, make
from tests.hooks.planted import aws_key, github_token, password
from tests.hooks.repository import git
from tests.hooks.systems import unix
from warden_hooks.allowances.file import PATH
from warden_hooks.cli import main

KEY_LINE = f'KEY = "{aws_key()}"\n'.encode()
TOKEN_LINE = f'token = "{github_token()}"\n'.encode()
REASON = "a token of the sandbox, worthless"
HISTORY = [
    Made({"a.py": KEY_LINE, "b.py": TOKEN_LINE}),
    Made({"a.py": b"import os\n"}),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make(tmp_path / "r", HISTORY)
    git(made, "reset", "--quiet", "--hard")
    git(made, "config", "user.email", "ana@example.org")
    monkeypatch.chdir(made)
    return made


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["scan", "--history", *arguments])
    return code, capsys.readouterr().out


def ids(text: str) -> list[str]:
    return re.findall(r"changewarden allow (\S+) --reason", text)


def test_findings_are_an_exit_code_of_one_and_no_secret_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = output(capsys)
    assert code == 1
    assert text.startswith("changewarden: 2 secrets in the history, 1 of them at HEAD\n")
    assert aws_key()[4:] not in text
    assert github_token()[4:] not in text
    assert re.search(r"\n2 commits, 3 blobs, 2 secrets\. Nothing left your machine\. ", text)
    again = output(capsys)
    assert re.search(r"\n2 commits, 3 blobs \(1 known to be clean\), 2 secrets\.", again[1])
    assert output(capsys, "--no-cache")[1].count("known to be clean") == 0


def test_a_clean_history_says_how_much_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path / "clean", [Made({"a.py": b"x = 1\n"})]))
    code, text = output(capsys)
    assert code == 0
    assert re.fullmatch(
        r"1 commit, 1 blob, no secrets\. Nothing left your machine\. [\d,]+ ms\.\n", text
    )


def test_json_tells_where_each_secret_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(output(capsys, "--format", "json")[1])
    token, key = document["findings"]
    assert (key["path"], key["commit"]) == ("a.py", commit_of(folder, "HEAD~1"))
    told = ("author", "author_date", "last_commit", "at_head", "branches", "reachable")
    assert {name: key[name] for name in told} == {
        "author": "Ana",
        "author_date": "2023-11-14T23:13:20+01:00",
        "last_commit": commit_of(folder, "HEAD~1"),
        "at_head": False,
        "branches": [],
        "reachable": True,
    }
    assert (token["at_head"], token["last_commit"], token["occurrences"]) == (True, None, 1)
    assert document["scanned"] == {"files": 3, "bytes": 90}
    assert document["history"] == {"commits": 2, "blobs": 3, "remembered": 0, "incomplete": []}


@pytest.mark.parametrize("format_", ["sarif", "github", "gitlab"])
def test_every_format_names_the_commit(
    folder: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    code, text = output(capsys, "--format", format_)
    assert code == 1
    assert commit_of(folder, "HEAD~1")[:12] in text


def test_what_is_not_all_of_the_history_is_no_pass(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", folder.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    capsys.readouterr()
    assert main(["scan", "--history"]) == 2
    captured = capsys.readouterr()
    assert "\nnot the whole history: this clone is shallow: older commits are not" in captured.out
    assert captured.err == "changewarden: not everything could be checked\n"


def test_missing_contents_are_no_pass(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", folder.as_uri(), "partial")
    monkeypatch.chdir(tmp_path / "partial")
    code, text = output(capsys)
    assert code == 2
    line = "not scanned: 1 file that this clone has not (scan a clone that was made without "
    assert f"{line}--filter): a.py\n" in text


@pytest.mark.parametrize(
    "arguments",
    [["a.py"], ["--staged"], ["--from-ref", "main"], ["--stdin"], ["--push"]],
)
def test_it_goes_with_no_other_choice_of_what_to_scan(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert output(capsys, *arguments)[0] == 2
    assert main(["scan", "--no-cache"]) == 2


def test_outside_of_a_repository_it_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(["scan", "--history"]) == 2
    assert "  fix: run it inside a repository, or scan without --history" in capsys.readouterr().err


def test_a_finding_of_the_history_alone_is_allowed_and_never_stale(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ids(output(capsys)[1]):
        assert main(["allow", name, "--reason", REASON]) == 0
    assert output(capsys)[0] == 0
    assert capsys.readouterr().out == ""
    written = (folder / PATH).read_text(encoding="utf-8")
    assert written.count("history = true") == 1
    assert re.search(r'path = "a\.py".*, history = true},\n', written)
    assert main(["allowances", "--check"]) == 0
    assert "2 findings allowed (changewarden allowances)\n" in output(capsys)[1]


def test_the_allowances_of_a_bare_repository_are_those_of_head(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ids(output(capsys)[1]):
        main(["allow", name, "--reason", REASON])
    grow(folder, [Made({PATH: (folder / PATH).read_bytes()})], day=9)
    git(tmp_path, "clone", "--quiet", "--bare", "r", "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    assert output(capsys)[0] == 0


def test_low_confidence_finds_more_and_is_remembered_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"password = get('{password(2)}')\nsecret = 'hunter2'\n".encode()
    monkeypatch.chdir(make(tmp_path / "low", [Made({"a.py": text}), Made({"a.py": text * 2})]))
    sure = json.loads(output(capsys, "--format", "json")[1])["findings"]
    suspected = json.loads(output(capsys, "--format", "json", "--confidence", "low")[1])["findings"]
    fresh = output(capsys, "--format", "json", "--confidence", "low", "--no-cache")[1]
    assert len(suspected) > len(sure)
    assert json.loads(fresh)["findings"] == suspected


@unix
def test_a_terminal_sees_how_far_it_is_and_nothing_of_it_stays(tmp_path: Path) -> None:
    many: dict[str, bytes | None] = {f"{number}.py": b"%d\n" % number for number in range(1200)}
    folder = make(tmp_path / "many", [Made(many)])
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "warden_hooks.cli", "scan", "--history", "--no-cache"]
    environment = {name: text for name, text in os.environ.items() if name != "CI"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert shown == (
        "\rchangewarden: 500 of 1,200 blobs\rchangewarden: 1,000 of 1,200 blobs\r\x1b[K"
    )
    assert done.stdout.startswith(b"1 commit, 1,200 blobs, no secrets.")
