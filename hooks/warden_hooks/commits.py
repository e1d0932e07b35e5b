"""What commits bring in: for every commit of a range the files that no parent of it had.

Every commit of the range is looked at, not only its two ends: what one commit adds and the next
removes is published all the same.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from warden_hooks import git
from warden_hooks.errors import UsageError

ANY_REMOTE = ("--remotes",)
NO_COMMIT = "0" * 40
"""What git writes where there is none."""
_RAW = ("-r", "--raw", "-z", "--abbrev=64", "--ignore-submodules=none")
_OBJECT_ID_DIGITS = (40, 64)
_ABSENT, _FILE = "000000", "100"
"""Of a mode: all of it, and how it begins. Links and submodules are no files."""
_PATTERN_CHARACTERS = frozenset("*?[\\")
_MOST_RENAMES = 1000
"""Pairs beyond the square of it are not compared: their lines count as new."""
_UNSHALLOW = "git fetch --unshallow (in CI, check out with fetch-depth: 0)"


@dataclass(frozen=True, slots=True)
class Range:
    """The commits that are reachable from `tips` and not from what is known already."""

    tips: tuple[str, ...]
    """Ids of commits. The allowances of the first decide."""
    known: tuple[str, ...] = ()
    tracked: tuple[str, ...] = ()
    """git's options for the remote-tracking branches that are known too."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file as a commit brought it in: it is not so in any of the commit's parents."""

    commit: str
    parents: tuple[str, ...]
    path: str
    mode: str
    blob: str
    before: tuple[str, ...]
    """For each parent the blob that the path had there; empty where it had none."""


def between(from_ref: str, to_ref: str) -> Range:
    """The commits that `to_ref` has and `from_ref` has not, as in `git log from_ref..to_ref`.

    Only zeros stand for no commit, as they do wherever git speaks of refs: from none means what no
    remote-tracking branch has; to none means that a ref was deleted, which brings nothing.

    Raises:
        UsageError: not in a repository, or there is no such commit.
    """
    in_repository("--from-ref")
    if is_none(to_ref):
        return Range(())
    tip = commit_id(to_ref)
    if is_none(from_ref):
        return Range((tip,), tracked=ANY_REMOTE)
    return Range((tip,), (commit_id(from_ref),))


def of_remote(name: str) -> tuple[str, ...]:
    """The remote-tracking branches of the remote with this name.

    An address is no remote and has none; taken for a pattern it could mean those of others.
    """
    return () if _PATTERN_CHARACTERS & {*name} else (f"--remotes={name}",)


def newest() -> Range:
    """The commit that HEAD is at, alone.

    Raises:
        UsageError: not in a repository, or there is no commit yet.
    """
    in_repository("--committed")
    commit = commit_id("HEAD")
    parents = git.run("rev-list", "--parents", "--max-count=1", commit).decode().split()[1:]
    return Range((commit,), tuple(parents))


def is_none(object_id: str) -> bool:
    """Whether it is nothing but zeros, whatever the length of this repository's ids."""
    return len(object_id) in _OBJECT_ID_DIGITS and not object_id.strip("0")


def in_repository(option: str) -> None:
    """Make sure that there is a repository around, as `option` needs one.

    Raises:
        UsageError: there is none, or git refuses to work in it.
    """
    try:
        git.run("rev-parse", "--git-dir")
    except git.GitError as error:
        raise git.no_repository(option, error) from None


def commit_id(name: str) -> str:
    """The id of the commit that `name` means; an annotated tag means the one it points to.

    Raises:
        UsageError: there is none here.
    """
    try:
        options = ("--verify", "--quiet", "--end-of-options")
        return git.run("rev-parse", *options, f"{name}^{{commit}}").decode().strip()
    except git.GitError:
        what = f"there is no commit {name!r} here" if name else "a commit has to be named, not ''"
        fix = _UNSHALLOW if _shallow() else "git fetch, or see what there is: git log --all"
        raise UsageError(what, fix) from None


def changes(commits: Range) -> Iterator[Change]:
    """What each commit brought in, parents before children.

    Files that a merge took over from one of its parents are not new in it.

    Raises:
        UsageError: this is a shallow clone that ends inside the range.
        GitError: an object is missing or damaged.
    """
    listing = _listing(commits)
    _refuse_cut_off(listing)
    options = ("--stdin", "--root", "-c", "--no-renames", "--always")
    output = git.run("diff-tree", *_RAW, *options, request=listing)
    yield from _parsed(output, _parents(listing))


def _listing(commits: Range) -> bytes:
    """A line for each commit: its id and those of its parents."""
    if not commits.tips:
        return b""
    request = [*commits.tips, *(f"^{known}" for known in commits.known)]
    known = ("--not", *commits.tracked, "--not")
    options = ("--topo-order", "--reverse", "--parents", *known, "--stdin")
    return git.run("rev-list", *options, request="".join(f"{line}\n" for line in request).encode())


def base_of(tip: str, commits: Range) -> str:
    """What a tip of the range is to be compared with: the newest commit of its own past that is
    known already, or the empty tree when none is.

    Raises:
        UsageError: this is a shallow clone that ends inside the range.
    """
    options = ("--boundary", "--not", *commits.tracked, "--not", "--stdin")
    request = "".join(f"{line}\n" for line in (tip, *(f"^{known}" for known in commits.known)))
    listing = git.run("rev-list", *options, request=request.encode()).decode().split()
    known = [line[1:] for line in listing if line.startswith("-")]
    if known:
        # git tells them in the order of their dates, the newest first.
        return known[0]
    if not listing:
        return tip
    _refuse_cut_off(_listing(Range((tip,), commits.known, commits.tracked)))
    return git.empty_tree()


def _parents(listing: bytes) -> dict[str, tuple[str, ...]]:
    lines = (line.split() for line in listing.decode().splitlines())
    return {commit: tuple(parents) for commit, *parents in lines}


def _refuse_cut_off(listing: bytes) -> None:
    """Where a shallow clone ends, git shows commits as if they had no parents."""
    cut_off = _shallow() & _parents(listing).keys()
    if cut_off:
        what = f"this clone is shallow: the parents of {min(cut_off)[:12]} are not in it"
        raise UsageError(what, _UNSHALLOW)


def _shallow() -> frozenset[str]:
    """The commits whose parents this clone does not have."""
    file = Path(os.fsdecode(git.run("rev-parse", "--git-path", "shallow").removesuffix(b"\n")))
    return frozenset(file.read_text("ascii").split()) if file.exists() else frozenset()


def _parsed(output: bytes, parents: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    """Ids of commits, each followed by `:MODES BLOBS STATUS`, path, with a colon per parent."""
    commit = ""
    seen: set[str] = set()
    fields = iter(git.ended(output, "diff-tree"))
    for field in fields:
        if not field.startswith(b":"):
            commit = field.decode()
            seen.add(commit)
            continue
        path = os.fsdecode(next(fields))
        header = field.decode()
        columns = iter(header.lstrip(":").split(" "))
        count = header.count(":")
        *old_modes, mode = islice(columns, count + 1)
        *old_blobs, blob = islice(columns, count + 1)
        before = tuple(
            old_blob if old_mode.startswith(_FILE) else ""
            for old_mode, old_blob in zip(old_modes, old_blobs, strict=True)
        )
        if mode != _ABSENT and blob not in before:  # else only its mode has changed
            # A first commit is compared with nothing, which is no parent.
            yield Change(commit, parents[commit], path, mode, blob, before[: len(parents[commit])])
    if seen != parents.keys():
        raise git.GitError(f"git diff-tree: {git.MAKES_NO_SENSE}")


def renames(parent: str, commit: str) -> dict[str, str]:
    """The blobs that renamed files had before, by their new paths."""
    options = ("-M", f"-l{_MOST_RENAMES}", "--diff-filter=R")
    fields = iter(git.ended(git.run("diff-tree", *_RAW, *options, parent, commit), "diff-tree"))
    found: dict[str, str] = {}
    for header in fields:
        _, _, blob, _, _ = header.decode().split(" ")
        next(fields)
        found[os.fsdecode(next(fields))] = blob
    return found


def is_partial_clone() -> bool:
    """Whether this clone left out objects on purpose."""
    try:
        return bool(git.run("config", "--get-regexp", r"^remote\..*\.promisor$"))
    except git.GitError:
        return False


def subjects(commits: Sequence[str]) -> dict[str, str]:
    """The first lines of the commits' messages."""
    request = "".join(f"{commit}\n" for commit in commits).encode()
    options = ("--no-walk=unsorted", "--encoding=UTF-8", "--format=%H %s", "--stdin")
    lines = git.run("rev-list", *options, request=request).decode("utf-8", "replace").split("\n")
    return {
        commit: subject
        for commit, _, subject in (line.partition(" ") for line in lines)
        if commit not in ("commit", "")
    }
