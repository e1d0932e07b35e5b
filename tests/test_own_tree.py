"""Our own tree holds no secret, and needs no allowance to say so."""

from pathlib import Path

import pytest

from warden_hooks.cli import main

ROOT = Path(__file__).parent.parent
_NOT_OURS = {".git", ".venv", "build", "dist", "htmlcov"}


def test_a_scan_of_our_own_tree_finds_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    names = [path.name for path in ROOT.iterdir() if path.name not in _NOT_OURS]
    assert main(["scan", *sorted(name for name in names if not name.endswith("_cache"))]) == 0
    assert "allowed" not in capsys.readouterr().out
