"""What git says of commits and trees: ancestors, differences, merges."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from warden_bot.clone.commit_object import CommitObject, read_commit
from warden_bot.clone.errors import GitFailedError, TooMuchError
from warden_bot.clone.fetch import facts
from warden_bot.clone.git import Git
from warden_policies.coverage import Changes, Entry, Work

RAW = ("-r", "--raw", "-z", "--no-abbrev", "--ignore-submodules=none")
_SUBMODULE = "160000"
_NOTHING = "000000"


@dataclass(frozen=True, slots=True)
class History:
    """The history in one clone. `fetch_blobs` brings contents of files that are not here yet."""

    git: Git
    fetch_blobs: Callable[[Iterable[str]], None]

    def commit(self, name: str) -> CommitObject:
        """A commit as it is stored.

        Raises:
            GitFailedError: it is not here, or damaged.
        """
        return next(read_commit(self.git, (name,)))

    def descends(self, commit: str, ancestor: str) -> bool:
        """Whether `commit` is `ancestor` or comes after it, through any parent."""
        code, _ = self.git.attempt("merge-base", "--is-ancestor", ancestor, commit)
        return code == 0

    def forks(self, one: str, other: str) -> tuple[str, ...]:
        """The best common ancestors: none, one, or several where branches were merged crosswise."""
        _, printed = self.git.attempt("merge-base", "--all", one, other)
        return tuple(printed.decode("ascii").split())

    def changes(self, old: str, new: str) -> Changes:
        """Every path that differs between two commits, renames not guessed."""
        printed = self.git.run("diff-tree", *RAW, "--no-renames", old, new)
        return frozenset(entry for entry, _ in entries(fields(printed)))

    def work(self, commit: str, base: str) -> Work | None:
        """What `commit` changes since it left `base`; None unless it did so at one commit."""
        forks = self.forks(base, commit)
        return Work(forks[0], self.changes(forks[0], commit)) if len(forks) == 1 else None

    def merged_tree(self, one: str, other: str) -> str | None:
        """The tree of a merge of two commits that needs nobody's hand, or None.

        Raises:
            TooMuchError: what has to be merged is too large, or cannot be had.
        """
        sides = [changes for pair in self._merges(one, other) for changes in pair]
        touched = [frozenset(entry.path for entry in side) for side in sides]
        # Both sides of a merge stand next to each other in `sides`.
        both = frozenset().union(*(a & b for a, b in zip(touched[::2], touched[1::2], strict=True)))
        overlap = blobs_of(entry for side in sides for entry in side if entry.path in both)
        self.fetch_blobs(overlap)
        limit = self.git.limits.merged_blob_bytes
        if any(size > limit for _, _, size in facts(self.git, overlap)):
            raise TooMuchError(f"files of more than {limit >> 20} MiB would have to be merged")
        try:
            return self._merge(one, other)
        except GitFailedError:  # it wants to see which files were renamed
            self.fetch_blobs(blobs_of(entry for side in sides for entry in side))
        try:
            return self._merge(one, other)
        except GitFailedError as error:
            raise TooMuchError(f"the merge could not be made again ({error})") from error

    def _merge(self, one: str, other: str) -> str | None:
        code, printed = self.git.attempt("merge-tree", "--write-tree", "--no-messages", one, other)
        return printed.decode("ascii").split("\n", 1)[0] if code == 0 else None

    def _merges(self, one: str, other: str) -> Iterator[tuple[Changes, Changes]]:
        """Both sides of the merge, and of those that git makes of several ancestors before it."""
        forks = self.forks(one, other)
        for index, fork in enumerate(forks):
            yield self.changes(fork, one), self.changes(fork, other)
            for earlier in forks[:index]:
                for before in self.forks(earlier, fork):
                    yield self.changes(before, earlier), self.changes(before, fork)


def fields(output: bytes) -> Iterator[bytes]:
    """The fields of an answer, each of which has to end with its NUL.

    Raises:
        GitFailedError: the answer was cut.
    """
    *every, rest = output.split(b"\0")
    if rest:
        raise GitFailedError("git diff-tree: an answer that was cut off")
    return iter(every)


def entries(parts: Iterator[bytes]) -> Iterator[tuple[Entry, bytes | None]]:
    """The entries of `--raw -z`, and for a renamed one the path it had before.

    Raises:
        GitFailedError: the answer makes no sense.
    """
    try:
        for header in parts:
            old_mode, mode, old_blob, blob, status = header.decode("ascii").split(" ")
            path, before = next(parts), None
            if status[0] == "R":
                path, before = next(parts), path
            yield Entry(path, old_mode.removeprefix(":"), mode, old_blob, blob), before
    except (ValueError, StopIteration):
        raise GitFailedError("git diff-tree: an answer that makes no sense") from None


def blobs_of(changed: Iterable[Entry]) -> frozenset[str]:
    """The objects that hold the contents of files; a submodule's commit is not one of ours."""
    return frozenset(
        blob
        for entry in changed
        for mode, blob in ((entry.old_mode, entry.old_blob), (entry.mode, entry.blob))
        if mode not in {_NOTHING, _SUBMODULE}
    )
