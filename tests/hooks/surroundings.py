"""Repositories of every kind, each with one file staged that is new or has a new line.

A builder gets an empty folder and the text, and returns where to work and with which environment.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hooks.repository import commit, git, new_repository, stage, write
from warden_hooks import fast
from warden_hooks.cli import main

LOCAL = ("-c", "protocol.file.allow=always")
"""Lets `git submodule add` copy a folder, for one command."""
LINES = "".join(f"line {number}\n" for number in range(20))


class Place(NamedTuple):
    """Where the hook runs."""

    folder: Path
    environment: Mapping[str, str] = {}


Builder = Callable[[Path, str], Place]
BUILDERS: dict[str, Builder] = {}


def builder(make: Builder) -> Builder:
    BUILDERS[make.__name__.replace("_", " ")] = make
    return make


def begun(folder: Path) -> Path:
    new_repository(folder)
    stage(folder, "kept.py", "y = 1\n")
    commit(folder)
    return folder


def blob(folder: Path, text: str) -> str:
    """Puts a file into the object store that is in no folder."""
    command = ["git", "hash-object", "-w", "--stdin"]
    done = subprocess.run(command, cwd=folder, input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode().strip()


def whole_command(monkeypatch: pytest.MonkeyPatch, *names: str) -> int:
    """`changewarden scan --staged` without its short way; the exit code."""
    with monkeypatch.context() as patch:
        patch.setattr(fast, "left", lambda _: fast.FAMILIES)
        return main(["scan", "--staged", *names])


@builder
def a_linked_work_tree(tmp: Path, text: str) -> Place:
    repository, linked = begun(tmp / "r"), tmp / "linked"
    git(repository, "worktree", "add", "--quiet", str(linked))
    stage(linked, "a.py", text)
    return Place(linked)


@builder
def a_work_tree_of_a_bare_repository(tmp: Path, text: str) -> Place:
    repository, linked = begun(tmp / "r"), tmp / "linked"
    git(tmp, "clone", "--quiet", "--bare", str(repository), "bare.git")
    git(tmp / "bare.git", "worktree", "add", "--quiet", str(linked))
    stage(linked, "a.py", text)
    return Place(linked)


def sparse(tmp: Path, *options: str) -> Path:
    repository = begun(tmp / "r")
    for name in ("in/a.py", "out/b.py", "out/deep/c.py"):
        stage(repository, name, "z = 1\n")
    commit(repository)
    git(repository, "sparse-checkout", "set", "--cone", *options, "in")
    assert not (repository / "out").exists()
    return repository


@builder
def a_sparse_checkout(tmp: Path, text: str) -> Place:
    repository = sparse(tmp)
    stage(repository, "in/new.py", text)
    return Place(repository)


@builder
def a_sparse_index_seen_from_a_folder(tmp: Path, text: str) -> Place:
    repository = sparse(tmp, "--sparse-index")
    assert "out/\n" in git(repository, "ls-files", "--sparse")
    stage(repository, "in/new.py", text)
    return Place(repository / "in")


@builder
def a_file_that_is_not_checked_out(tmp: Path, text: str) -> Place:
    repository = sparse(tmp)
    entry = f"100644,{blob(repository, text)},out/b.py"
    git(repository, "update-index", "--cacheinfo", entry)
    git(repository, "update-index", "--skip-worktree", "out/b.py")
    return Place(repository)


def with_submodule(tmp: Path) -> Path:
    inner, repository = begun(tmp / "inner"), begun(tmp / "r")
    git(repository, *LOCAL, "submodule", "add", "--quiet", str(inner), "sub")
    git(repository, "config", "-f", ".gitmodules", "submodule.sub.ignore", "all")
    git(repository, "add", ".gitmodules")
    commit(repository)
    return repository


@builder
def inside_a_submodule(tmp: Path, text: str) -> Place:
    repository = with_submodule(tmp)
    stage(repository / "sub", "a.py", text)
    return Place(repository / "sub")


@builder
def beside_a_changed_submodule(tmp: Path, text: str) -> Place:
    repository = with_submodule(tmp)
    stage(repository / "sub", "b.py", "q = 1\n")
    commit(repository / "sub")
    pointer = git(repository / "sub", "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--cacheinfo", f"160000,{pointer},sub")
    stage(repository, "a.py", text)
    return Place(repository)


@builder
def a_submodule_that_became_a_file(tmp: Path, text: str) -> Place:
    repository = with_submodule(tmp)
    git(repository, "rm", "--quiet", "--cached", "sub")
    shutil.rmtree(repository / "sub")
    stage(repository, "sub", text)
    return Place(repository)


@builder
def a_git_folder_elsewhere(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    stage(repository, "a.py", text)
    (repository / ".git").rename(tmp / "elsewhere.git")
    return Place(repository, {"GIT_DIR": str(tmp / "elsewhere.git")})


@builder
def a_work_tree_elsewhere(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    stage(repository, "a.py", text)
    (tmp / "other").mkdir()
    environment = {"GIT_DIR": str(repository / ".git"), "GIT_WORK_TREE": str(repository)}
    return Place(tmp / "other", environment)


@builder
def a_configured_work_tree(tmp: Path, text: str) -> Place:
    repository, folder = begun(tmp / "r"), tmp / "elsewhere.git"
    stage(repository, "a.py", text)
    (repository / ".git").rename(folder)
    git(tmp, f"--git-dir={folder}", "config", "core.worktree", str(repository))
    return Place(folder)


@builder
def an_index_of_its_own(tmp: Path, text: str) -> Place:
    repository, environment = begun(tmp / "r"), {"GIT_INDEX_FILE": ".git/other"}
    git(repository, "read-tree", "HEAD", **environment)
    write(repository, "a.py", text)
    git(repository, "add", "a.py", **environment)
    return Place(repository, environment)


@builder
def names_of_sha256(tmp: Path, text: str) -> Place:
    (tmp / "r").mkdir()
    git(tmp / "r", "init", "--quiet", "--object-format=sha256")
    begun(tmp / "r")
    stage(tmp / "r", "kept.py", "y = 1\n" + text)
    return Place(tmp / "r")


@builder
def a_renamed_and_changed_file(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    stage(repository, "old.py", LINES)
    commit(repository)
    git(repository, "mv", "old.py", "new.py")
    stage(repository, "new.py", LINES + text)
    return Place(repository)


@builder
def a_copied_file(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    git(repository, "config", "diff.renames", "copies")
    stage(repository, "old.py", LINES)
    commit(repository)
    stage(repository, "old.py", LINES + "z\n")
    stage(repository, "new.py", LINES + text)
    return Place(repository)


@builder
def a_changed_mode(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    stage(repository, "kept.py", "y = 1\n" + text)
    git(repository, "update-index", "--chmod=+x", "kept.py")
    return Place(repository)


@builder
def a_link_that_became_a_file(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    (repository / "f").symlink_to("kept.py")
    git(repository, "add", "f")
    commit(repository)
    (repository / "f").unlink()
    stage(repository, "f", text)
    return Place(repository)


@builder
def beside_a_file_to_be_added_later(tmp: Path, text: str) -> Place:
    """Its content is in no commit yet, whatever it holds."""
    repository = begun(tmp / "r")
    write(repository, "later.py", "later\n")
    git(repository, "add", "--intent-to-add", "later.py")
    stage(repository, "a.py", text)
    return Place(repository)


@builder
def a_branch_without_a_commit(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    git(repository, "checkout", "--quiet", "--orphan", "empty")
    stage(repository, "a.py", text)
    return Place(repository)


@builder
def no_branch(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    git(repository, "checkout", "--quiet", "--detach")
    stage(repository, "a.py", text)
    return Place(repository)


@builder
def a_merge_in_progress(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    git(repository, "checkout", "--quiet", "-b", "other")
    stage(repository, "b.py", "theirs\n")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    stage(repository, "c.py", "ours\n")
    commit(repository)
    git(repository, "merge", "--quiet", "--no-commit", "other")
    stage(repository, "a.py", text)
    return Place(repository)


@builder
def line_ends_of_windows(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "r")
    git(repository, "config", "core.autocrlf", "true")
    git(repository, "config", "core.safecrlf", "false")
    stage(repository, "kept.py", f"y = 1\n{text}".replace("\n", "\r\n"))
    return Place(repository)


def _with_attribute(attribute: str) -> Builder:
    encoding = "utf-16-le" if "UTF-16" in attribute else "utf-8"

    def build(tmp: Path, text: str) -> Place:
        repository = begun(tmp / "r")
        stage(repository, ".gitattributes", f"*.py {attribute}\n")
        git(repository, "config", "filter.hiding.clean", "cat")
        git(repository, "config", "filter.hiding.smudge", "true")
        git(repository, "config", "diff.hiding.textconv", "true")
        git(repository, "config", "diff.hiding.command", "true")
        stage(repository, "f.py", "q = 0\n".encode(encoding))
        commit(repository)
        stage(repository, "f.py", f"q = 0\n{text}".encode(encoding))
        return Place(repository)

    return build


ATTRIBUTES = (
    *("-diff", "binary", "-text", "text eol=crlf", "ident", "export-ignore", "linguist-generated"),
    *("diff=hiding", "filter=hiding", "text working-tree-encoding=UTF-16LE"),
)
BUILDERS |= {f"attribute {attribute}": _with_attribute(attribute) for attribute in ATTRIBUTES}


@builder
def objects_that_are_replaced(tmp: Path, text: str) -> Place:
    """The last commit's tree is said to be what is staged, and the file to be another."""
    repository = begun(tmp / "r")
    tree = git(repository, "rev-parse", "HEAD^{tree}").strip()
    stage(repository, "a.py", text)
    git(repository, "replace", tree, git(repository, "write-tree").strip())
    git(repository, "replace", blob(repository, text), blob(repository, "harmless\n"))
    return Place(repository)


@builder
def a_folder_with_an_odd_name(tmp: Path, text: str) -> Place:
    repository = begun(tmp / "a\nb 'c'")
    stage(repository, "d\ne/é.py", text)
    return Place(repository / "d\ne")
