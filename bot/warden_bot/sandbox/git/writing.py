"""Commits to be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from warden_bot.sandbox.git.commits import Identity
from warden_bot.sandbox.git.trees import SUBMODULE, Content, stored


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made. A file whose content is None is deleted."""

    branch: str
    parent: str | None
    files: Mapping[str, Content | None]
    message: str
    author: Identity
    committer: Identity
    when: datetime
    merged: tuple[str, ...] = ()
    """Further parents. Their files are not taken over: `files` says what there is."""


@dataclass(frozen=True, slots=True)
class MergeCommit:
    """A merge to be committed, once its tree is known."""

    tree: str
    parents: tuple[str, ...]
    message: str
    author: Identity
    committer: Identity
    when: datetime

    @property
    def environment(self) -> dict[str, str]:
        """Who and when, as `git commit-tree` wants to be told."""
        stamp = f"{int(self.when.timestamp())} +0000"
        return {
            "GIT_AUTHOR_NAME": self.author.name,
            "GIT_AUTHOR_EMAIL": self.author.email,
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_NAME": self.committer.name,
            "GIT_COMMITTER_EMAIL": self.committer.email,
            "GIT_COMMITTER_DATE": stamp,
        }


def fast_import(commit: NewCommit) -> Iterator[bytes]:
    """The commit as `git fast-import` reads it; git prints its name."""
    stamp = f"{int(commit.when.timestamp())} +0000"
    yield f"commit refs/heads/{commit.branch}\nmark :1\n".encode()
    yield f"author {commit.author.name} <{commit.author.email}> {stamp}\n".encode()
    yield f"committer {commit.committer.name} <{commit.committer.email}> {stamp}\n".encode()
    yield _data(commit.message.encode())
    if commit.parent is not None:
        yield f"from {commit.parent}\n".encode()
    for parent in commit.merged:
        yield f"merge {parent}\n".encode()
    for path, content in commit.files.items():
        yield _change(path, content)
    yield b"\nget-mark :1\ndone\n"


def _change(path: str, content: Content | None) -> bytes:
    if "\n" in path or path.startswith('"'):
        raise ValueError(f"a path that git would have to quote is not supported: {path!r}")
    if content is None:
        return f"D {path}\n".encode()
    mode, raw = stored(content)
    if mode == SUBMODULE:
        return f"M {mode} {raw.decode()} {path}\n".encode()
    return f"M {mode} inline {path}\n".encode() + _data(raw)


def _data(raw: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(raw), raw)
