"""Our own tree holds no secret and no insecure pattern; what is allowed says why."""

import json
from pathlib import Path

import pytest

from warden_hooks.cli import main

ROOT = Path(__file__).parent.parent
_NOT_OURS = {".git", ".venv", ".venv-semgrep", "build", "dist", "htmlcov"}


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(ROOT)
    names = [path.name for path in ROOT.iterdir() if path.name not in _NOT_OURS]
    return sorted(name for name in names if not name.endswith("_cache"))


def test_there_is_no_secret_and_none_that_is_allowed(
    names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--only=secrets", *names]) == 0
    assert "allowed" not in capsys.readouterr().out


@pytest.mark.timeout(400)
def test_there_is_no_insecure_pattern_without_a_reason(
    names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--only=patterns", "--format=json", *names]) == 0
    found = json.loads(capsys.readouterr().out)
    assert not [item for item in found["findings"] if item["blocking"]]
    assert not found["not_checked"]
    assert all(item["reason"] for item in found["ignored"])
