"""What is encoded too often to be looked at: named, and no pass where nobody reads what is said."""

from pathlib import Path
from typing import Any

from tests.hooks.reports import Report
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.secrets.layers.encoded import in_base64
from warden_hooks.secrets.layers.decode import DEEPEST


def too_deep() -> str:
    text = "a text that is as harmless as it is long"
    for _ in range(DEEPEST + 1):
        text = in_base64(text)
    return f"x = '{text}'\n"


NAMED = [{"path": "a.py", "reason": "not-fully-decoded", "scanned": True}]


def told(document: dict[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    return document["code"], document["skipped"]


def test_it_is_named_when_a_folder_is_scanned(repository: Path, report: Report) -> None:
    write(repository, "a.py", too_deep())
    assert told(report()) == (0, NAMED)


def test_a_commit_that_adds_it_is_stopped(repository: Path, report: Report) -> None:
    stage(repository, "a.py", too_deep())
    assert told(report("--staged")) == (2, NAMED)


def test_a_commit_beside_it_is_not(repository: Path, report: Report) -> None:
    stage(repository, "a.py", too_deep())
    commit(repository)
    stage(repository, "a.py", too_deep() + "y = 1\n")
    assert told(report("--staged")) == (0, [])


def test_a_range_of_commits_that_adds_it_is_no_pass(repository: Path, report: Report) -> None:
    stage(repository, "b.py", "x = 1\n")
    commit(repository)
    stage(repository, "a.py", too_deep())
    commit(repository)
    stage(repository, "a.py", too_deep() + "y = 1\n")
    commit(repository)
    assert told(report("--from-ref", "HEAD~2")) == (2, NAMED)
    assert told(report("--from-ref", "HEAD~1")) == (0, [])
    git(repository, "rm", "--quiet", "a.py")
    commit(repository)
    assert told(report("--from-ref", "HEAD~3")) == (2, NAMED)
