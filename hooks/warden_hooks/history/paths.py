"""The paths that contents had: what a file is called decides some rules, and names a finding."""

from collections.abc import Collection, Iterable
from typing import IO

from warden_hooks import git
from warden_hooks.history.changes import changes
from warden_hooks.history.objects import Blob, Objects
from warden_hooks.history.refs import Tip, entries


class Paths:
    """Every path under which a commit, or a tree with a tag of its own, holds a content."""

    def __init__(self, here: Collection[Blob]) -> None:
        self._here = here
        self._alone: dict[bytes, tuple[bytes]] = {}
        self.of: dict[Blob, Collection[bytes]] = {}
        self.missing: dict[Blob, bytes] = {}
        """Contents that the repository does not hold, each with one of its paths."""
        self.tagged: set[Blob] = set()
        """Contents that a ref leads to without a commit."""
        self.problem = ""
        """Why some paths are not known."""

    def add(self, path: bytes, blob: Blob) -> None:
        """Note that the content has this path."""
        if blob not in self._here:
            self.missing[blob] = path
            return
        known = self.of.get(blob)
        if known is None:
            self.of[blob] = self._alone.setdefault(path, (path,))
        elif isinstance(known, set):
            known.add(path)
        elif path not in known:
            self.of[blob] = {*known, path}

    def add_changes(self, commit_ids: IO[bytes]) -> None:
        """Note the paths that commits gave to contents.

        Raises:
            GitError: a commit cannot be read; what was noted until then is true.
        """
        for change in changes(commit_ids):
            if change.after:
                self.add(change.path, change.after)

    def add_tips(self, tips: Iterable[Tip]) -> None:
        """Note what refs lead to without a commit."""
        for tip in tips:
            if tip.kind == b"tree":
                try:
                    files = list(entries(tip.object))
                except git.GitError as error:
                    self.problem = str(error)
                    continue
                for path, blob in files:
                    self.add(path, blob)
                    self.tagged.add(blob)
            elif tip.kind == b"blob":
                self.tagged.add(tip.object)

    def by_file(self, blobs: Iterable[Blob]) -> list[Blob]:
        """The contents so that versions of a file come one after the other, which is also how git
        reads them fastest."""
        files: dict[bytes, list[Blob]] = {}
        for blob in blobs:
            files.setdefault(min(self.of.get(blob, (b"",))), []).append(blob)
        return [blob for versions in files.values() for blob in versions]


def paths(objects: Objects, tips: Iterable[Tip]) -> Paths:
    """The paths in all commits, whether or not a ref leads to them, and in what else has a tag.

    Where one cannot be read, `objects` is left with the commits that refs lead to.
    """
    found = Paths(objects.blobs)
    try:
        found.add_changes(objects.commit_ids)
    except git.GitError:  # commits that nothing leads to may have lost their parents
        try:
            objects.only_reachable()
            found.add_changes(objects.commit_ids)
        except git.GitError as error:
            found.problem = str(error)
    found.add_tips(tips)
    return found
