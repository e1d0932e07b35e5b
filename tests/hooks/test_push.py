"""`scan --push` as git's pre-push hook, in real pushes to a real remote."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.reports import secret
from tests.hooks.repository import commit, committed, git, head, stage, write
from warden_hooks import commits, push
from warden_hooks.allowances.file import PATH
from warden_hooks.cli import main
from warden_hooks.commits import ANY_REMOTE, Range
from warden_hooks.errors import UsageError
from warden_hooks.push import Update, from_lines, from_variables

NONE = commits.NO_COMMIT
HOOK = '#!/bin/sh\nexec changewarden scan --push --remote "$1"\n'


@pytest.fixture
def remote(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare repository, called origin, that has the first commit; the hook is armed after that."""
    folder = repository.parent / "remote.git"
    git(repository.parent, "init", "--quiet", "--bare", folder.name)
    git(repository, "remote", "add", "origin", str(folder))
    committed(repository, "kept.py", "one\n" + secret(99))
    git(repository, "push", "--quiet", "--set-upstream", "origin", "main")
    write(repository, ".git/hooks/pre-push", HOOK).chmod(0o755)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    return folder


def pushed(*arguments: str) -> tuple[bool, str]:
    """Whether git pushed, and everything that was said."""
    done = subprocess.run(["git", "push", *arguments], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def refs(remote: Path) -> dict[str, str]:
    lines = git(remote, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split(" ") for line in lines)


def test_a_push_with_a_secret_is_refused_fixed_and_passes(repository: Path, remote: Path) -> None:
    before = refs(remote)
    leak = committed(repository, "a.py", "x = 1\n" + secret())
    done, said = pushed()
    assert not done
    assert said.startswith("changewarden: push stopped, 1 secret in 1 file\n")
    assert f"--> a.py:2:{len('token = ') + 2}" in said
    assert f"= commit: {leak[:12]} A commit\n" in said
    assert secret()[13:40] not in said

    # To delete it in a new commit is not enough: the old one would be pushed as well.
    committed(repository, "a.py", "x = 1\n")
    done, said = pushed()
    assert not done
    assert "git rebase --interactive" in said
    assert refs(remote) == before

    git(repository, "reset", "--quiet", "--soft", "HEAD~2")
    commit(repository)
    assert pushed()[0]
    assert refs(remote)["refs/heads/main"] == head(repository)


def test_a_clean_push_says_nothing(repository: Path, remote: Path) -> None:
    committed(repository, "a.py", "x = 1\n")
    assert pushed("--quiet") == (True, "")


def test_nothing_to_push_is_said(repository: Path, remote: Path) -> None:
    assert pushed("--quiet") == (True, "0 files to check\n")


def test_what_the_remote_has_is_not_scanned_again(repository: Path, remote: Path) -> None:
    """Not on a new branch, not after a merge, and not when it was pushed under another name."""
    committed(repository, "b.py", secret())
    git(repository, "push", "--quiet", "--no-verify", "origin", "HEAD:theirs")
    git(repository, "checkout", "--quiet", "-b", "ours", "HEAD~1")
    committed(repository, "c.py", "x = 1\n")
    git(repository, "merge", "--quiet", "--no-edit", "main")
    assert pushed("origin", "ours")[0]
    assert pushed("origin", "main")[0]


def test_a_new_branch_is_scanned_from_where_it_left_the_remote(
    repository: Path, remote: Path
) -> None:
    git(repository, "checkout", "--quiet", "-b", "new")
    assert pushed("origin", "new")[0]
    git(repository, "checkout", "--quiet", "-b", "newer")
    committed(repository, "a.py", secret())
    committed(repository, "a.py", "")
    done, said = pushed("origin", "newer")
    assert not done
    assert "1 secret in 1 file" in said


def test_a_history_that_the_remote_has_nothing_of_is_scanned_whole(
    repository: Path, remote: Path
) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "apart")
    committed(repository, "a.py", "x = 1\n")
    done, said = pushed("origin", "apart")
    assert not done
    assert "kept.py:2" in said


def test_a_forced_push_is_scanned_from_where_the_branches_parted(
    repository: Path, remote: Path
) -> None:
    committed(repository, "a.py", "x = 1\n")
    assert pushed()[0]
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    committed(repository, "b.py", "y = 1\n")
    assert pushed("--force")[0]
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    committed(repository, "b.py", secret())
    assert not pushed("--force")[0]


def test_a_forced_push_over_commits_that_are_not_here_is_scanned(
    repository: Path, remote: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(remote), "other", "--branch=main")
    committed(tmp_path / "other", "theirs.py", "x = 1\n")
    git(tmp_path / "other", "push", "--quiet", "origin", "main")
    leak = committed(repository, "a.py", secret())
    done, said = pushed("--force")
    assert not done
    assert leak[:12] in said
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    committed(repository, "a.py", "x = 1\n")
    assert pushed("--force")[0]


@pytest.mark.parametrize("annotated", [False, True])
def test_a_tag_brings_the_commits_behind_it(
    repository: Path, remote: Path, *, annotated: bool
) -> None:
    committed(repository, "a.py", secret())
    git(repository, "tag", *(("--annotate", "-m", "First") if annotated else ()), "v1")
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    assert not pushed("origin", "v1")[0]
    git(repository, "tag", "--annotate", "-m", "Of what is there", "v0")
    assert pushed("origin", "v0")[0]


def test_a_tag_of_something_else_is_no_pass(repository: Path, remote: Path) -> None:
    stage(repository, "a.py", secret())
    git(repository, "tag", "note", git(repository, "rev-parse", ":a.py").strip())
    done, said = pushed("origin", "note")
    assert not done
    assert "refs/tags/note is a blob, and only commits are scanned" in said
    assert "refs/tags/note" not in refs(remote)


def test_several_refs_at_once_are_all_scanned(repository: Path, remote: Path) -> None:
    for number, name in enumerate(("one", "two", "three")):
        git(repository, "checkout", "--quiet", "-b", name, "main")
        committed(repository, f"{name}.py", secret(number) if name != "two" else "x = 1\n")
    done, said = pushed("origin", "one", "two", "three")
    assert not done
    assert "2 secrets in 2 files" in said
    assert "one.py:1" in said
    assert "three.py:1" in said
    assert pushed("origin", "two")[0]
    assert not pushed("--all", "origin")[0]
    assert not pushed("--mirror", "origin")[0]


def test_a_secret_on_several_refs_is_one_finding(repository: Path, remote: Path) -> None:
    committed(repository, "a.py", secret())
    git(repository, "branch", "copy")
    git(repository, "tag", "v1")
    done, said = pushed("origin", "main", "copy", "v1")
    assert not done
    assert "1 secret in 1 file" in said


def test_a_deletion_brings_nothing(repository: Path, remote: Path) -> None:
    assert pushed("--quiet", "origin", "HEAD:gone")[0]
    committed(repository, "a.py", secret())
    assert pushed("--quiet", "--delete", "origin", "gone") == (True, "0 files to check\n")
    assert not pushed("origin", ":main", "HEAD:new")[0]


def test_a_remote_that_lacks_what_another_has_gets_it_scanned(
    repository: Path, remote: Path
) -> None:
    """What is no secret between two must not be published to a third."""
    public = repository.parent / "public.git"
    git(repository.parent, "init", "--quiet", "--bare", public.name)
    done, said = pushed(str(public), "main")
    assert not done
    assert "kept.py:2" in said
    git(repository, "remote", "add", "public", str(public))
    assert not pushed("public", "main")[0]


def test_allowances_of_what_is_pushed_count_and_not_those_on_disk(
    repository: Path, remote: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    _, said = pushed()
    name = said.partition("changewarden allow ")[2].split()[0]
    reason = "a token of the sandbox, worthless"
    assert main(["allow", name, "--reason", reason, "--owner", "ana"]) == 0
    assert not pushed()[0]
    git(repository, "add", PATH)
    assert not pushed()[0]
    commit(repository)
    git(repository, "tag", "before", "HEAD~1")
    (repository / PATH).unlink()
    assert pushed("--quiet", "origin", "main", "before") == (
        True,
        "1 finding allowed (changewarden allowances)\n",
    )


def test_another_branchs_allowances_do_not_count(
    repository: Path, remote: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(repository, "a.py", secret())
    _, said = pushed()
    name = said.partition("changewarden allow ")[2].split()[0]
    git(repository, "branch", "plain")
    reason = "a token of the sandbox, worthless"
    assert main(["allow", name, "--reason", reason, "--owner", "ana"]) == 0
    git(repository, "add", PATH)
    commit(repository)
    git(repository, "checkout", "--quiet", "plain")
    committed(repository, "b.py", secret(2))
    done, said = pushed("origin", "main", "plain")
    assert not done
    assert "b.py:1" in said
    assert not pushed("origin", "plain")[0]
    assert pushed("origin", "main")[0]


def test_a_subfolder_and_a_linked_work_tree_push_as_well(
    repository: Path, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    leak = committed(tmp_path / "linked", "sub/a.py", secret())
    monkeypatch.chdir(tmp_path / "linked" / "sub")
    done, said = pushed("origin", "linked")
    assert not done
    assert leak[:12] in said


def test_a_damaged_repository_is_no_pass(repository: Path, remote: Path) -> None:
    committed(repository, "a.py", "x = 1\n")
    blob = git(repository, "rev-parse", "HEAD:a.py").strip()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    done, said = pushed()
    assert not done
    assert "changewarden could not check; push stopped." in said
    assert "to continue without this check: SKIP=changewarden-push git push" in said
    assert "git push --no-verify" in said


@pytest.mark.parametrize(
    ("text", "updates"),
    [
        (b"", []),
        (b"refs/heads/a 1 refs/heads/b 2\n", [Update("refs/heads/a", "1", "2")]),
        (b"HEAD@{1 day ago} 1 refs/heads/b 2\n", [Update("HEAD@{1 day ago}", "1", "2")]),
        (b"(delete) 0 r 2\na 1 r 0\n", [Update("(delete)", "0", "2"), Update("a", "1", "0")]),
        (b"caf\xe9\xe2\x80\xa8 1 r 2\n", [Update("caf\udce9\u2028", "1", "2")]),
    ],
)
def test_what_git_says_is_pushed(text: bytes, updates: list[Update]) -> None:
    assert from_lines(text) == updates


@pytest.mark.parametrize("text", [b"hello\n", b"one two three\n", b"\0"])
def test_anything_else_on_standard_input_is_an_error(text: bytes) -> None:
    with pytest.raises(UsageError, match="standard input does not say what is pushed"):
        from_lines(text)


@pytest.mark.parametrize(
    ("environment", "updates"),
    [
        ({}, []),
        ({"PRE_COMMIT": "1"}, []),
        ({"PRE_COMMIT_FROM_REF": "a", "PRE_COMMIT_TO_REF": "b"}, [Update("b", "b", "a")]),
        ({"PRE_COMMIT_LOCAL_BRANCH": "new"}, [Update("new", "new", NONE)]),
        (
            {
                "PRE_COMMIT_FROM_REF": "a",
                "PRE_COMMIT_TO_REF": "b",
                "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/x",
            },
            [Update("refs/heads/x", "b", "a")],
        ),
    ],
)
def test_what_pre_commit_says_is_pushed(environment: dict[str, str], updates: list[Update]) -> None:
    assert from_variables(environment) == updates


def test_pre_commits_variables_name_the_remote(repository: Path) -> None:
    tip = committed(repository, "a.py", "x\n")
    said = {"PRE_COMMIT_LOCAL_BRANCH": "main", "PRE_COMMIT_REMOTE_NAME": "origin"}
    assert push.ranges(None, said, "") == [Range((tip,), (), ("--remotes=origin",))]
    said = {"PRE_COMMIT_FROM_REF": tip, "PRE_COMMIT_TO_REF": "main"}
    assert push.ranges(None, said, "") == [Range((tip,), (tip,))]


def test_a_range_that_pre_commit_asks_about_is_scanned_though_a_remote_has_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in CI, where everything was pushed already."""
    start = committed(repository, "a.py", "x\n")
    git(
        repository,
        "update-ref",
        "refs/remotes/origin/main",
        committed(repository, "a.py", secret()),
    )
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", start)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert main(["scan", "--push"]) == 1
    assert "push stopped, 1 secret in 1 file" in capsys.readouterr().out


def test_a_push_inside_another_hook_is_what_git_says_and_not_what_that_hook_was_told(
    repository: Path,
) -> None:
    tip = committed(repository, "a.py", "x\n")
    lines = io.BytesIO(f"refs/heads/main {tip} refs/heads/main {NONE}\n".encode())
    outer = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": tip, "PRE_COMMIT_TO_REF": tip}
    assert push.ranges(lines, outer, "") == [Range((tip,), (), ANY_REMOTE)]


@pytest.mark.parametrize(
    ("stdin", "environment", "message"),
    [
        (io.BytesIO(), {"PRE_COMMIT": "1"}, "pre-commit does not say what is pushed"),
        (None, {}, "nobody says what is pushed"),
        (None, {"PRE_COMMIT_LOCAL_BRANCH": "gone"}, "gone is not here"),
        (None, {"PRE_COMMIT_LOCAL_BRANCH": "a b 3"}, "a b 3 is not here"),
    ],
)
def test_when_nobody_says_what_is_pushed_it_is_no_pass(
    repository: Path, stdin: io.BytesIO | None, environment: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        push.ranges(stdin, environment, "")
