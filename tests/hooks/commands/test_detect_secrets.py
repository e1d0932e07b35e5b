"""The library's own commands through ours: the same answers, and never a network."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.examples import EXAMPLES
from tests.hooks.planted import ALPHANUMERIC, aws_key, characters
from tests.hooks.repository import stage, write
from warden_hooks.cli import main


def theirs(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "detect_secrets", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def baseline(text: str) -> dict[str, Any]:
    """All of it but the time at which it was made."""
    document: dict[str, Any] = json.loads(text)
    assert document.pop("generated_at")
    return document


@pytest.fixture
def planted(repository: Path) -> Path:
    for number, example in enumerate(EXAMPLES):
        stage(repository, f"{number}.py", f"a = 1\n{example.text}\n")
        stage(repository, f"{number}.yaml", "key: 'x'\n")
    stage(repository, "drawn.py", f"x = '{characters(ALPHANUMERIC, 40)}'\n")
    return repository


def test_a_scan_is_the_same_but_for_its_time(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["detect-secrets", "scan"]) == 0
    ours = baseline(capsys.readouterr().out)
    expected = baseline(theirs(planted, "scan", "--no-verify"))
    assert {name: len(found) for name, found in ours["results"].items()} == {
        name: len(found) for name, found in expected["results"].items()
    }
    assert ours == expected


def test_the_hook_refuses_what_the_baseline_does_not_know(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["detect-secrets", "scan"]) == 0
    write(planted, ".secrets.baseline", capsys.readouterr().out)
    names = ["0.py", "1.py"]
    assert main(["detect-secrets", "hook", "--baseline", ".secrets.baseline", *names]) == 0
    stage(planted, "new.py", f"k = '{aws_key(9)}'\n")
    assert main(["detect-secrets", "hook", "--baseline", ".secrets.baseline", "new.py"]) == 1
    assert "new.py:1" in capsys.readouterr().out


def test_no_candidate_is_verified_even_when_the_baseline_asks_for_it(
    planted: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from detect_secrets.plugins.aws import AWSKeyDetector

    def verify(*_: object, **__: object) -> None:
        raise AssertionError("asked the provider")

    monkeypatch.setattr(AWSKeyDetector, "verify", verify)
    write(planted, ".secrets.baseline", theirs(planted, "scan", "--force-use-all-plugins"))
    stage(planted, "new.py", f"k = '{aws_key(9)}'\n")
    assert main(["detect-secrets", "hook", "--baseline", ".secrets.baseline", "new.py"]) == 1


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["verify"], 2)])
def test_what_it_does_not_have_is_explained(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert main(["detect-secrets", *arguments]) == code
    captured = capsys.readouterr()
    assert "usage: changewarden detect-secrets" in (captured.err if code else captured.out)
