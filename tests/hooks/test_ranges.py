"""`scan --from-ref A --to-ref B`: what commits leak, by which of them, and what is no leak."""

from pathlib import Path

import pytest

from tests.hooks.planted import github_token, private_key
from tests.hooks.reports import Report, medium, places, secret
from tests.hooks.repository import commit, committed, git, head, stage, write
from warden_hooks import git as git_module
from warden_hooks.cli import main
from warden_policies.finding import Confidence

ZEROS = "0" * 40


def branch(folder: Path, name: str, start: str) -> None:
    git(folder, "checkout", "--quiet", "-b", name, start)


def merged(folder: Path, name: str) -> None:
    """A merge, with conflicts left in the files."""
    try:
        git(folder, "merge", "--quiet", "--no-ff", "--no-edit", name)
    except AssertionError:
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--no-edit")


def test_what_one_commit_adds_and_the_next_removes_is_leaked(
    repository: Path, base: str, report: Report
) -> None:
    leak = committed(repository, "a.py", "x = 1\n" + secret())
    committed(repository, "a.py", "x = 1\n")
    document = report("--from-ref", base, "--to-ref", "HEAD")
    assert places(document) == [("a.py", 2, leak)]
    assert document["code"] == 1
    assert document["scanned"]["files"] == 2


def test_a_clean_range_passes_in_silence(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", "x = 1\n")
    assert main(["scan", "--from-ref", base]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_range_without_files_says_so(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["HEAD", "--to-ref", "HEAD"], [base, "--to-ref", ZEROS]):
        assert main(["scan", "--from-ref", *arguments]) == 0
    assert capsys.readouterr().out == "0 files to check\n" * 2


def test_only_lines_that_a_commit_adds_count(repository: Path, base: str, report: Report) -> None:
    committed(repository, "kept.py", "one\nnew\n" + secret(99) + "three\n")
    assert places(report("--from-ref", base)) == []


def test_a_secret_of_several_commits_is_one_finding_of_the_first(
    repository: Path, base: str, report: Report
) -> None:
    first = committed(repository, "a.py", secret())
    committed(repository, "a.py", "\n  " + secret())
    committed(repository, "a.py", "")
    committed(repository, "a.py", secret())
    assert places(report("--from-ref", base)) == [("a.py", 1, first)]


def test_a_secret_that_one_commit_writes_twice_is_shown_in_both_places(
    repository: Path, base: str, report: Report
) -> None:
    leak = committed(repository, "a.py", secret() + "x\n" + "y = 1; " + secret())
    assert places(report("--from-ref", base)) == [("a.py", 1, leak), ("a.py", 3, leak)]


def test_an_old_secret_that_comes_back_is_new(repository: Path, base: str, report: Report) -> None:
    committed(repository, "kept.py", "one\n")
    back = committed(repository, "kept.py", "one\n" + secret(99))
    assert places(report("--from-ref", base)) == [("kept.py", 2, back)]


def test_a_renamed_file_is_not_new_but_what_was_added_to_it(
    repository: Path, base: str, report: Report
) -> None:
    text = "".join(f"line {number}\n" for number in range(20)) + secret(99)
    start = committed(repository, "old.py", text)
    git(repository, "mv", "old.py", "new.py")
    commit(repository)
    assert places(report("--from-ref", start)) == []
    git(repository, "mv", "new.py", "sub.py")
    leak = committed(repository, "sub.py", text + secret())
    assert places(report("--from-ref", start)) == [("sub.py", 22, leak)]


def test_a_copied_file_is_new(repository: Path, base: str, report: Report) -> None:
    leak = committed(repository, "copy.py", (repository / "kept.py").read_bytes())
    assert places(report("--from-ref", base)) == [("copy.py", 2, leak)]


def test_a_merge_brings_nothing_that_a_parent_has(
    repository: Path, base: str, report: Report
) -> None:
    branch(repository, "other", base)
    theirs = committed(repository, "theirs.py", secret(2))
    git(repository, "checkout", "--quiet", "main")
    start = committed(repository, "ours.py", secret(3))
    merged(repository, "other")
    assert places(report("--from-ref", start)) == [("theirs.py", 1, theirs)]
    assert places(report("--from-ref", "HEAD~1", "--to-ref", "HEAD~1")) == []
    git(repository, "update-ref", "refs/heads/seen", theirs)
    assert places(report("--from-ref", "seen")) == [("ours.py", 1, start)]


def test_a_merge_with_lines_of_its_own_is_what_brought_them(
    repository: Path, base: str, report: Report
) -> None:
    branch(repository, "other", base)
    theirs = committed(repository, "f.py", "theirs\n" + secret(2))
    git(repository, "checkout", "--quiet", "main")
    ours = committed(repository, "f.py", "ours\n" + secret(3))
    merged(repository, "other")
    stage(repository, "f.py", "ours\n" + secret(3) + secret(2) + secret(4))
    git(repository, "commit", "--quiet", "--amend", "--no-edit")
    last = head(repository)
    found = {("f.py", 2, ours), ("f.py", 2, theirs), ("f.py", 4, last)}
    assert {*places(report("--from-ref", base))} == found


def test_a_file_that_a_side_renamed_is_not_new_in_the_merge(
    repository: Path, base: str, report: Report
) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    start = committed(repository, "f.py", text + secret(99))
    branch(repository, "other", start)
    git(repository, "mv", "f.py", "g.py")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    committed(repository, "f.py", "first\n" + text + secret(99))
    merged(repository, "other")
    assert git(repository, "ls-files").split() == ["g.py", "kept.py"]
    assert places(report("--from-ref", start)) == []


def test_a_key_of_which_only_the_body_is_new_is_found(
    repository: Path, base: str, report: Report
) -> None:
    key = private_key().split("\n")
    start = committed(repository, "key.pem", f"{key[0]}\n{key[-1]}\n")
    leak = committed(repository, "key.pem", "\n".join(key) + "\n")
    assert places(report("--from-ref", start)) == [("key.pem", 1, leak)]


def test_each_content_is_read_once(
    repository: Path, base: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    original = git_module.Blobs.read

    def counted(blobs: git_module.Blobs, blob: str, max_bytes: int) -> object:
        read.append(blob)
        return original(blobs, blob, max_bytes)

    monkeypatch.setattr(git_module.Blobs, "read", counted)
    for name in ("a.py", "b.py", "c.py"):
        write(repository, name, "x = 1\n")
        write(repository, f"{name}.lock", "y = 1\n")
    git(repository, "add", "--all")
    commit(repository)
    committed(repository, "a.py", "")
    committed(repository, "a.py", "x = 1\n")
    document = report("--from-ref", base, "--only=secrets")
    assert document["scanned"]["files"] == 7
    assert len(read) == len(set(read)) == 3


def test_paths_limit_what_is_looked_at(
    repository: Path, base: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("a.py", "sub/b.py", "subtle.py")):
        committed(repository, name, secret(number))

    def found(*names: str) -> list[str]:
        return [path for path, _, _ in places(report("--from-ref", base, *names))]

    assert found("a.py") == ["a.py"]
    assert found("sub") == ["sub/b.py"]
    assert found(".") == ["a.py", "sub/b.py", "subtle.py"]
    assert found("kept.py") == []
    monkeypatch.chdir(repository / "sub")
    assert found("b.py", "../a.py") == ["a.py", "sub/b.py"]


def test_all_zeros_mean_what_no_remote_has(repository: Path, base: str, report: Report) -> None:
    leak = committed(repository, "a.py", secret())
    assert len(report("--from-ref", ZEROS)["findings"]) == 2
    git(repository, "update-ref", "refs/remotes/origin/main", base)
    assert places(report("--from-ref", ZEROS)) == [("a.py", 1, leak)]


def test_what_is_no_text_is_named_once(repository: Path, base: str, report: Report) -> None:
    committed(repository, "logo.png", b"\x89PNG\0")
    committed(repository, "logo.png", b"\x89PNG\0\0")
    committed(repository, "latin.txt", b"caf\xe9\n")
    (repository / "link").symlink_to("kept.py")
    git(repository, "add", "link")
    commit(repository)
    document = report("--from-ref", base)
    assert document["code"] == 0
    assert document["skipped"] == [
        {"path": "logo.png", "reason": "binary", "scanned": False},
        {"path": "latin.txt", "reason": "not-utf-8", "scanned": True},
        {"path": "link", "reason": "symbolic-link", "scanned": False},
    ]


def test_a_link_that_becomes_a_file_with_the_same_content_is_scanned(
    repository: Path, base: str, report: Report
) -> None:
    stage(repository, "a", secret())
    blob = git(repository, "rev-parse", ":a").strip()
    for mode in ("120000", "100644"):
        git(repository, "update-index", "--cacheinfo", f"{mode},{blob},a")
        commit(repository)
    assert places(report("--from-ref", base)) == [("a", 1, head(repository))]
    assert places(report("--committed")) == [("a", 1, head(repository))]


def test_a_file_that_is_too_large_is_no_pass(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "data.csv", "x" * 200)
    assert main(["scan", "--from-ref", base, "--max-bytes", "100"]) == 2
    captured = capsys.readouterr()
    assert "not scanned: 1 file over 100 bytes (raise with --max-bytes): data.csv" in captured.out
    assert captured.err == "changewarden: not everything could be checked\n"


def test_an_old_version_that_cannot_be_read_makes_every_line_new(
    repository: Path, base: str, report: Report
) -> None:
    start = committed(repository, "data.csv", secret() + "x" * 200)
    leak = committed(repository, "data.csv", secret())
    assert places(report("--from-ref", start, "--max-bytes", "100")) == [("data.csv", 1, leak)]


def test_the_confidence_asked_for_counts(repository: Path, base: str, report: Report) -> None:
    committed(repository, "a.py", medium())
    asked = {level: report("--from-ref", base, "--confidence", level) for level in Confidence}
    found = {level: len(document["findings"]) for level, document in asked.items()}
    assert found == {Confidence.LOW: 1, Confidence.MEDIUM: 1, Confidence.HIGH: 0}


def test_the_report_names_the_commit_and_masks_what_it_says(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "a.py", secret())
    git(repository, "commit", "--quiet", "-m", f"Use {github_token(2)} for now")
    assert main(["scan", "--from-ref", base]) == 1
    output = capsys.readouterr().out
    short = head(repository)[:12]
    assert f"^ new in {short}\n" in output
    assert f"= commit: {short} Use ghp_{'*' * 36} for now\n" in output
    assert github_token(2)[4:] not in output


def test_a_repository_without_work_tree_is_scanned(
    repository: Path, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    leak = committed(repository, "a.py", secret())
    git(tmp_path, "clone", "--quiet", "--bare", repository.as_uri(), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    assert places(report("--from-ref", base)) == [("a.py", 1, leak)]


def test_a_repository_with_sha256_names_is_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "--quiet", "--object-format=sha256")
    monkeypatch.chdir(folder)
    start = committed(folder, "a.py", "x = 1\n")
    leak = committed(folder, "a.py", "x = 1\n" + secret())
    assert len(leak) == 64
    assert places(report("--from-ref", start)) == [("a.py", 2, leak)]
    assert places(report("--from-ref", "0" * 64)) == [("a.py", 2, leak)]
