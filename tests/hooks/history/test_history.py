"""What is found in a history, which commit is named, and where the secret still is."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.hooks.history.conftest import Scan
from tests.hooks.history.histories import DAY, FIRST_DAY, Made, commit_of, make
from tests.hooks.planted import aws_key, github_token, private_key
from tests.hooks.repository import git
from warden_hooks.history.facts import Origin
from warden_hooks.scan import ScanResult
from warden_policies.finding import Finding

KEY_LINE = f'KEY = "{aws_key()}"\n'.encode()
TOKEN_LINE = f"token: {github_token()}\n".encode()
CLEAN = b"import os\n\nprint(os.name)\n"


def the_only(result: ScanResult) -> tuple[Finding, Origin]:
    (finding,) = result.findings
    assert result.history
    return finding, result.history.origins[finding.fingerprint]


def test_a_secret_that_was_removed_is_found_with_its_commits(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r",
        [
            Made({"a.py": CLEAN}),
            Made({"a.py": CLEAN + KEY_LINE}, author="Zoë <zoe@example.org>"),
            Made({"a.py": b"import sys\n" + CLEAN + KEY_LINE}),
            Made({"a.py": CLEAN}),
            Made({"b.py": CLEAN}),
        ],
    )
    result = scanned(folder)
    finding, origin = the_only(result)
    assert (finding.rule, finding.location.path, finding.location.line) == (
        "aws-access-key",
        "a.py",
        4,
    )
    assert finding.commit == origin.commit == commit_of(folder, "HEAD~3")
    assert origin.author == "Zoë"
    zone = timezone(timedelta(hours=1))
    assert origin.authored == datetime.fromtimestamp(FIRST_DAY + DAY, zone)
    assert origin.last_commit == commit_of(folder, "HEAD~2")
    assert (origin.at_head, origin.branches, origin.reachable) == ((), (), True)
    assert origin.contents == 2
    assert result.history
    assert (result.history.commits, result.history.blobs) == (5, 3)


def test_one_that_is_still_there_is_one_finding_however_often_its_file_changed(
    tmp_path: Path, scanned: Scan
) -> None:
    versions = [Made({"a.py": KEY_LINE + b"x = 1\n" * number}) for number in range(40)]
    folder = make(tmp_path / "r", versions)
    finding, origin = the_only(scanned(folder))
    assert finding.commit == commit_of(folder, "HEAD~39")
    assert (origin.at_head, origin.last_commit, origin.contents) == (("a.py",), "", 40)


def test_a_moved_secret_is_a_finding_for_each_path(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r",
        [Made({"old.py": KEY_LINE}), Made({"old.py": None, "new.py": KEY_LINE + CLEAN})],
    )
    result = scanned(folder)
    assert result.history
    found = {
        finding.location.path: result.history.origins[finding.fingerprint]
        for finding in result.findings
    }
    assert {path: origin.at_head for path, origin in found.items()} == {
        "new.py": ("new.py",),
        "old.py": ("new.py",),
    }
    assert found["old.py"].commit == found["old.py"].last_commit == commit_of(folder, "HEAD~1")
    assert found["new.py"].commit == commit_of(folder, "HEAD")


def test_two_equal_files_are_two_findings(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": KEY_LINE, "b/c.py": KEY_LINE, "d.py": KEY_LINE})])
    paths = [finding.location.path for finding in scanned(folder).findings]
    assert paths == ["a.py", "b/c.py", "d.py"]


def test_what_only_another_branch_holds_names_that_branch(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r",
        [
            Made({"a.py": CLEAN}),
            Made({"a.py": CLEAN + KEY_LINE}, branch="feature/x"),
            Made({"b.py": CLEAN}, branch="feature/x"),
        ],
    )
    git(folder, "update-ref", "refs/remotes/origin/y", "feature/x")
    _, origin = the_only(scanned(folder))
    assert (origin.at_head, origin.branches) == ((), ("feature/x", "origin/y"))
    assert origin.commit == commit_of(folder, "feature/x~1")


def test_what_only_a_tag_leads_to_is_reachable(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r", [Made({"a.py": CLEAN}), Made({"a.py": KEY_LINE}, branch="released")]
    )
    git(folder, "tag", "-a", "-m", "One", "v1", "released")
    git(folder, "branch", "-D", "released")
    _, origin = the_only(scanned(folder))
    assert (origin.at_head, origin.branches, origin.reachable) == ((), (), True)
    assert origin.commit == commit_of(folder, "v1")


def test_what_nothing_leads_to_any_more_is_found_and_said_to_be_so(
    tmp_path: Path, scanned: Scan
) -> None:
    folder = make(
        tmp_path / "r",
        [
            Made({"a.py": CLEAN}),
            Made({"deploy/a.env": TOKEN_LINE}, branch="gone"),
            Made({"deploy/a.env": TOKEN_LINE * 2}, branch="gone"),
        ],
    )
    first = commit_of(folder, "gone~1")
    git(folder, "branch", "-D", "gone")
    finding, origin = the_only(scanned(folder))
    assert finding.location.path == "deploy/a.env"
    assert (origin.commit, origin.reachable, origin.contents) == (first, False, 2)


def test_what_was_staged_and_never_committed_is_named_by_its_content(
    tmp_path: Path, scanned: Scan
) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": CLEAN})])
    (folder / "b").write_bytes(KEY_LINE)
    blob = git(folder, "hash-object", "-w", "b").strip()
    finding, origin = the_only(scanned(folder))
    assert finding.location.path == f"blob:{blob[:12]}"
    assert (origin.commit, origin.reachable, finding.commit) == ("", False, "")


def test_what_a_merge_itself_brings_is_found(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r",
        [
            Made({"a.py": CLEAN}),
            Made({"b.py": CLEAN}, branch="side"),
            Made({"c.py": CLEAN}),
            Made({"a.py": CLEAN + KEY_LINE}, merges="side"),
        ],
    )
    finding, origin = the_only(scanned(folder))
    assert finding.commit == commit_of(folder, "HEAD")
    assert len(git(folder, "rev-list", "--parents", "-1", "HEAD").split()) == 3
    assert origin.at_head == ("a.py",)


def test_one_that_came_on_two_branches_came_with_the_commit_before_both(
    tmp_path: Path, scanned: Scan
) -> None:
    """Dates may lie: the first commit is the one that the others descend from."""
    folder = make(
        tmp_path / "r",
        [
            Made({"a.py": KEY_LINE}, time="1700009999 +0000"),
            Made({"a.py": CLEAN}, time="1600000000 +0000"),
            Made({"a.py": KEY_LINE}, time="1500000000 +0000"),
            Made({"a.py": KEY_LINE + CLEAN}, branch="side", time="1 +0000"),
        ],
    )
    _, origin = the_only(scanned(folder))
    assert origin.commit == commit_of(folder, "HEAD~2")
    assert origin.last_commit == "", "it was removed, and is back"


def test_a_comment_at_head_speaks_for_older_versions_too(tmp_path: Path, scanned: Scan) -> None:
    comment = b"  # changewarden: ignore[aws-access-key] an example of the documentation\n"
    commented = KEY_LINE.rstrip() + comment
    folder = make(tmp_path / "r", [Made({"a.py": KEY_LINE}), Made({"a.py": commented})])
    result = scanned(folder)
    assert (result.findings, result.allowed) == ((), 1)
    git(folder, "update-ref", "refs/heads/main", "main~1")
    result = scanned(folder)
    assert (len(result.findings), result.allowed) == (1, 0)


def test_a_secret_that_head_allows_elsewhere_is_still_at_head(
    tmp_path: Path, scanned: Scan
) -> None:
    commented = KEY_LINE.rstrip() + b"  # pragma: allowlist secret\n"
    folder = make(
        tmp_path / "r", [Made({"a.py": KEY_LINE}), Made({"a.py": None, "b.py": commented})]
    )
    _, origin = the_only(scanned(folder))
    assert origin.at_head == ("b.py",)


def test_a_key_block_is_found_in_the_middle_of_many_versions(tmp_path: Path, scanned: Scan) -> None:
    text = b"".join(b"line %d\n" % number for number in range(3000))
    key = private_key(lines=30).encode() + b"\n"
    broken = key.replace(b"\n", b"\n?", 2)
    versions = [text, text[:9000] + broken + text[9000:], text[:9000] + key + text[9000:], text]
    folder = make(tmp_path / "r", [Made({"notes.txt": version}) for version in versions])
    finding, origin = the_only(scanned(folder))
    assert finding.rule == "private-key"
    assert finding.commit == commit_of(folder, "HEAD~1")
    assert origin.last_commit == commit_of(folder, "HEAD~1")


@pytest.mark.parametrize("head", ["unborn", "detached"])
def test_head_may_be_anything(tmp_path: Path, scanned: Scan, head: str) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": KEY_LINE}), Made({"a.py": CLEAN})])
    if head == "unborn":
        git(folder, "symbolic-ref", "HEAD", "refs/heads/new")
    else:
        git(folder, "update-ref", "--no-deref", "HEAD", "main~1")
    _, origin = the_only(scanned(folder))
    assert origin.at_head == (("a.py",) if head == "detached" else ())
    assert origin.reachable


def test_a_repository_without_a_commit_is_clean_and_empty(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", [])
    result = scanned(folder)
    assert (result.findings, result.files, result.skipped) == ((), 0, ())
    assert result.history
    assert (result.history.commits, result.history.blobs) == (0, 0)


def test_findings_at_head_come_first(tmp_path: Path, scanned: Scan) -> None:
    folder = make(
        tmp_path / "r", [Made({"a.py": KEY_LINE, "b.py": TOKEN_LINE}), Made({"a.py": None})]
    )
    assert [finding.location.path for finding in scanned(folder).findings] == ["b.py", "a.py"]


def test_the_time_of_the_author_keeps_its_own_offset(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", [Made({"a.py": KEY_LINE}, time="1700000000 -0330")])
    _, origin = the_only(scanned(folder))
    assert origin.authored == datetime.fromtimestamp(1_700_000_000, UTC)
    assert origin.authored is not None
    assert origin.authored.isoformat() == "2023-11-14T18:43:20-03:30"
