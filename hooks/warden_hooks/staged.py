"""Files as the next commit will hold them: content from the index, never from the work tree."""
# ruff: noqa: PTH117, PTH118, PTH119, PTH120 - pathlib stays off a commit's way: slow to import

import os
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from functools import cache

from warden_hooks import git
from warden_hooks.source import Skipped, SkipReason, SourceFile, as_in_index, read_source


def sources(
    names: Sequence[str], max_bytes: int, wanted: Callable[[str], bool] = lambda _: True
) -> Generator[SourceFile | Skipped, None, None]:
    """The staged files, or the named ones, whose paths are wanted.

    Of a file with staged changes only added lines count. A named file without any is scanned
    whole, so that `pre-commit run --all-files` checks what it says. Names are relative to the
    current folder and may be folders; one that the index does not know is yielded as skipped.
    """
    here = git.work_tree()
    staged = git.staged(max_bytes)
    chosen = _named(names, here, staged) if names else staged
    yield from read((entry for entry in chosen if wanted(entry.path)), max_bytes)


def read(
    entries: Iterable[git.IndexEntry | Skipped], max_bytes: int
) -> Generator[SourceFile | Skipped, None, None]:
    """The files behind entries of the index or of a comparison."""
    with git.blobs() as blobs:
        for entry in entries:
            yield entry if isinstance(entry, Skipped) else _read(entry, blobs, max_bytes)


def _read(entry: git.IndexEntry, blobs: git.Blobs, max_bytes: int) -> SourceFile | Skipped:
    refused = _refused(entry)
    if refused:
        return Skipped(entry.path, refused)
    try:
        content = blobs.read(entry.blob, max_bytes)
    except git.GitError as error:
        raise git.GitError(f"{error}: {entry.path}") from None
    source = read_source(entry.path, content, max_bytes, entry.added)
    return replace(source, blob=entry.blob) if isinstance(source, SourceFile) else source


def _refused(entry: git.IndexEntry) -> SkipReason | None:
    if entry.unmerged:
        return SkipReason.UNMERGED
    if entry.is_submodule:
        return SkipReason.SUBMODULE
    return SkipReason.SYMBOLIC_LINK if entry.is_symbolic_link else None


def _named(
    names: Sequence[str], here: git.WorkTree, staged: Iterable[git.IndexEntry]
) -> list[git.IndexEntry | Skipped]:
    changed = {entry.path: entry for entry in staged}
    index = cache(git.index)  # needed only for names without staged changes
    chosen: dict[str, git.IndexEntry | Skipped] = {}
    for name in names:
        path = from_top(name, here)
        if path in changed:
            chosen[path] = changed[path]
        elif path in index():
            chosen[path] = index()[path]
        else:
            below = _below(path, index())
            chosen |= {found: changed.get(found, index()[found]) for found in below}
            if not below:
                chosen[path] = Skipped(as_in_index(name), SkipReason.NOT_IN_INDEX)
    return list(chosen.values())


def _below(folder: str, paths: Iterable[str]) -> list[str]:
    return [path for path in paths if folder == "." or path.startswith(folder + "/")]


def chosen(names: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path is one of those named, or below one; without names, every path is."""
    if not names:
        return lambda _: True
    here = git.work_tree("PATH")
    tops = [from_top(name, here) for name in names]
    return lambda path: any(top in (".", path) or path.startswith(f"{top}/") for top in tops)


def from_top(name: str, here: git.WorkTree) -> str:
    """A name as typed, as the index spells it: relative to the top, with forward slashes."""
    if os.path.isabs(name):
        name = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
    path = os.path.normpath(os.path.join(here.top, here.prefix, name))
    try:
        return as_in_index(os.path.relpath(path, here.top))
    except ValueError:  # on another drive
        return as_in_index(path)
