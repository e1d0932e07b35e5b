"""What was read with a doubt is named at each scan, and never remembered as clean."""

import json
from pathlib import Path

import pytest

from tests.hooks.history.conftest import Scan
from tests.hooks.history.histories import Made, make
from tests.hooks.planted import github_token
from tests.hooks.test_not_decoded import too_deep
from warden_hooks.history.remembered import Remembered
from warden_hooks.source import Skipped, SkipReason

RULES = b"r" * 32


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (too_deep().encode(), SkipReason.NOT_DECODED),
        (b"# caf\xe9\n", SkipReason.NOT_UTF8),
        (b"# caf\xe9\npassword = read()\n", SkipReason.NOT_UTF8),
    ],
)
def test_a_doubt_is_named_again_and_again(
    tmp_path: Path, scanned: Scan, content: bytes, reason: SkipReason
) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": content, "b.py": b"x = 1\n"})])
    for remembered in (0, 1, 1):
        memory = Remembered(str(tmp_path / "memory"), RULES)
        result = scanned(folder, memory)
        memory.keep()
        assert result.skipped == (Skipped("a.py", reason),)
        assert result.history is not None
        assert result.history.remembered == remembered


def test_what_is_silent_as_a_text_is_read_when_it_turns_up_as_a_notebook(
    tmp_path: Path, scanned: Scan
) -> None:
    """Pieces of a line of a cell, which only a notebook puts together."""
    token = github_token()
    lines = ["x = '" + token[:3], token[3:] + "'"]
    content = json.dumps({"cells": [{"cell_type": "code", "source": lines}]}).encode()
    folder = make(tmp_path / "r", [Made({"a.txt": content}), Made({"a.ipynb": content})])
    for commits in (1, 2):
        memory = Remembered(str(tmp_path / "memory"), RULES)
        found = scanned(folder, memory).findings
        memory.keep()
        assert [finding.rule for finding in found] == ["github-token"], commits
