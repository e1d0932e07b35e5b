"""Brings commits and the contents of files into a clone."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from warden_bot.clone.errors import GitFailedError, OutOfRoomError, TooMuchError
from warden_bot.clone.git import Git
from warden_bot.clone.rooms import size_of
from warden_bot.clone.source import Source, fetch_settings

_QUIETLY = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--recurse-submodules=no",
)
_KEPT = "refs/kept/"
_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from one repository with one token, which is never shown."""

    git: Git
    source: Source
    token: str

    def __repr__(self) -> str:
        return f"Fetcher({self.source!r})"

    def commits(self, names: Sequence[str]) -> None:
        """Have these commits with all that they descend from, and their trees.

        They are asked for by their names: whatever a branch is moved to meanwhile, this is what
        the decision is about.

        Raises:
            GitFailedError: one of them is not to be had, or the server did not answer.
        """
        wanted = self._missing(names, "commit")
        if not wanted:
            return
        kept = self._kept()
        number = int(kept[-1].removeprefix(_KEPT)) + 1 if kept else 0
        refs = (f"+{name}:{_KEPT}{number + index:012}" for index, name in enumerate(wanted))
        self._fetch("origin", *refs)
        if lacking := self._missing(wanted, "commit"):
            raise GitFailedError(f"git fetch: {lacking[0]} is not among what the server sent")
        self._forget(kept[: -self.git.limits.kept])

    def known(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the commits that there are; the others are gone, or never were here."""
        possible = [name for name in dict.fromkeys(names) if self._is_name(name)]
        with suppress(GitFailedError):
            self.commits(possible)
            return frozenset(possible)
        found = set()
        for name in possible:
            with suppress(GitFailedError):
                self.commits((name,))
                found.add(name)
        return frozenset(found)

    def _is_name(self, name: str) -> bool:
        return len(name) == self.git.digits and is_name(name)

    def blobs(self, names: Iterable[str]) -> None:
        """Have the contents of these files.

        Raises:
            TooMuchError: they are too many.
            GitFailedError: the server did not answer, or has not got them all.
        """
        wanted = self._missing(sorted(set(names)), "blob")
        if len(wanted) > self.git.limits.blobs:
            raise TooMuchError(f"the contents of {len(wanted)} files are too many to fetch")
        if not wanted:
            return
        given = "".join(f"{name}\n" for name in wanted).encode()
        self._fetch("--stdin", "origin", given=given, noop=True)
        if lacking := self._missing(wanted, "blob"):
            raise GitFailedError(f"git fetch: {lacking[0]} is not among what the server sent")

    def _missing(self, names: Iterable[str], wanted: str) -> list[str]:
        return [name for name, kind, _ in facts(self.git, names) if kind != wanted]

    def _fetch(self, *arguments: str, given: bytes = b"", noop: bool = False) -> None:
        settings = dict(fetch_settings(self.source, self.token))
        if noop:  # no commit of ours says anything about a file that we lack
            settings["fetch.negotiationAlgorithm"] = "noop"
        self.git.change(
            *_QUIETLY,
            *arguments,
            given=given,
            settings=settings,
            protocol=self.source.protocol,
            look=self._look_at_room,
        )
        self._look_at_room()

    def _look_at_room(self) -> None:
        limit = self.git.limits.clone_bytes
        if size_of(self.git.folder) > limit:
            raise OutOfRoomError(f"the clone takes more than {limit >> 20} MiB on disk")

    def _kept(self) -> list[str]:
        return self.git.run("for-each-ref", "--format=%(refname)", _KEPT).decode().split()

    def _forget(self, refs: Sequence[str]) -> None:
        if refs:
            given = "".join(f"delete {ref}\n" for ref in refs).encode()
            self.git.change("update-ref", "--stdin", given=given, settings={})


def is_name(name: str) -> bool:
    """Whether this is a commit's whole name, and nothing that git could take for an option, a
    branch or an expression."""
    return _NAME.fullmatch(name) is not None


def facts(git: Git, names: Iterable[str]) -> list[tuple[str, str, int]]:
    """Of each object its name, its kind and its size; the kind is empty if it is not here.

    Raises:
        GitFailedError: git's answer makes no sense.
    """
    asked = list(names)
    given = "".join(f"{name}\n" for name in asked).encode()
    printed = git.run("cat-file", "--batch-check=%(objecttype) %(objectsize)", given=given)
    lines = printed.decode("ascii", "replace").splitlines()
    if len(lines) != len(asked):
        raise GitFailedError("git cat-file: an answer that makes no sense")
    return [_fact(name, *line.split(" ")[-2:]) for name, line in zip(asked, lines, strict=True)]


def _fact(name: str, kind: str, size: str) -> tuple[str, str, int]:
    return (name, kind, int(size)) if size.isdigit() else (name, "", 0)
