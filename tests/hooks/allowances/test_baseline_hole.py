"""A second secret in a file that is in an imported `.secrets.baseline` is refused.

detect-secrets 1.5.0 lets it through: what its baseline holds of many tokens is a prefix, and of a
key its header, the same for all. Baselines here are written by its own program.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.planted import (
    ALPHANUMERIC,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)
from tests.hooks.repository import commit, git, stage, write
from warden_hooks import fast
from warden_hooks.allowances.file import PATH
from warden_hooks.cli import main

BASELINE = ".secrets.baseline"


def gitlab_token(seed: int) -> str:
    return "gl" + "pat-" + characters(ALPHANUMERIC, 20, seed)


Secret = Callable[[int], str]
SHARED_HASH: dict[str, tuple[str, Secret]] = {
    "GitHub token": ("a.txt", lambda seed: f"github: {github_token(seed)}\n"),
    "GitLab token": ("a.txt", lambda seed: f"gitlab: {gitlab_token(seed)}\n"),
    "private key": ("a.pem", lambda seed: private_key(seed) + "\n"),
}
OWN_HASH: dict[str, tuple[str, Secret]] = {
    "AWS key": ("a.txt", lambda seed: f"aws: {aws_key(seed)}\n"),
    "password": ("a.py", lambda seed: f"db_password = '{password(seed)}'\n"),
}


def theirs(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(params=[(), ("--slim",)], ids=["with line numbers", "slim"])
def baseline(
    repository: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, str], list[str]]:
    """Commits a file and the baseline of it, imports that, and returns the questions left."""

    def make(name: str, text: str) -> list[str]:
        git(repository, "config", "user.email", "ana@example.org")
        stage(repository, name, text)
        written = theirs("detect_secrets", "scan", *request.param, name).stdout
        (entry,) = json.loads(written)["results"][name]
        assert ("line_number" in entry) is (not request.param)
        write(repository, BASELINE, written)
        main(["allowances", "--import", BASELINE])
        questions = re.findall(r"changewarden allow (\S+) --reason TEXT", capsys.readouterr().out)
        for question in questions:
            assert main(["allow", question, "--reason", "made up for the demonstration"]) == 0
        git(repository, "add", PATH, BASELINE)
        assert main(["scan", "--staged"]) == 0
        commit(repository)
        capsys.readouterr()
        return questions

    return make


def refused(capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether the hook refuses exactly one secret."""
    assert "secrets" in fast.left(["--staged"])
    code = main(["scan", "--staged"])
    return code == 1 and "commit stopped, 1 secret in 1 file" in capsys.readouterr().out


@pytest.mark.parametrize("kind", SHARED_HASH)
def test_where_the_hash_is_shared_somebody_is_asked_and_the_second_is_refused(
    repository: Path,
    baseline: Callable[[str, str], list[str]],
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    name, secret = SHARED_HASH[kind]
    assert len(baseline(name, secret(1))) == 1
    for text in (secret(1) + secret(2), secret(2)):
        stage(repository, name, text)
        hook = theirs("detect_secrets.pre_commit_hook", "--baseline", BASELINE, name)
        assert hook.returncode == 0, "the hole is closed: this test no longer shows it"
        assert refused(capsys)


@pytest.mark.parametrize("kind", OWN_HASH)
def test_where_it_is_not_the_first_is_imported_and_the_second_is_refused(
    repository: Path,
    baseline: Callable[[str, str], list[str]],
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    name, secret = OWN_HASH[kind]
    assert baseline(name, secret(1)) == []
    for text in (secret(1) + secret(2), secret(2)):
        stage(repository, name, text)
        assert refused(capsys)
