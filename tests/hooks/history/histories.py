"""Real repositories with a history, made at once by `git fast-import`."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hooks.repository import git

DAY = 86_400
FIRST_DAY = 1_700_000_000


@dataclass(frozen=True)
class Made:
    """A commit to make: what it changes, None for what it removes."""

    files: Mapping[str, bytes | None] = field(repr=False)
    branch: str = "main"
    merges: str = ""
    """Another branch that is merged, its files taken or not."""
    author: str = "Ana <ana@example.org>"
    time: str = ""
    message: bytes = b"A commit"
    encoding: str = ""


def make(folder: Path, commits: Sequence[Made], object_format: str = "sha1") -> Path:
    """A repository with these commits, one a day; HEAD is `main`, checked out in no work tree."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main", f"--object-format={object_format}")
    grow(folder, commits)
    return folder


def grow(folder: Path, commits: Sequence[Made], day: int = 0) -> None:
    """More commits, from this day on."""
    branches = set(git(folder, "for-each-ref", "--format=%(refname:lstrip=2)").split())
    stream = b"".join(_stream(commits, day, branches)) + b"done\n"
    command = ["git", "fast-import", "--quiet", "--done"]
    subprocess.run(command, cwd=folder, input=stream, check=True)


def _stream(commits: Sequence[Made], day: int, branches: set[str]) -> Iterator[bytes]:
    begun: set[str] = set()
    for number, made in enumerate(commits, day):
        time = made.time or f"{FIRST_DAY + number * DAY} +0100"
        yield f"commit refs/heads/{made.branch}\nauthor {made.author} {time}\n".encode()
        yield f"committer Ana <ana@example.org> {FIRST_DAY + number * DAY} +0000\n".encode()
        yield f"encoding {made.encoding}\n".encode() if made.encoding else b""
        yield _data(made.message)
        if made.branch not in begun:
            start = made.branch if made.branch in branches else "main"
            if start in begun | branches:
                yield f"from refs/heads/{start}{'' if start in begun else '^0'}\n".encode()
        if made.merges:
            yield f"merge refs/heads/{made.merges}\n".encode()
        begun.add(made.branch)
        for name, content in made.files.items():
            quoted = _quoted(name)
            yield (
                b"D " + quoted + b"\n"
                if content is None
                else (b"M 100644 inline " + quoted + b"\n" + _data(content))
            )
        yield b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"


def _quoted(name: str) -> bytes:
    octets = os.fsencode(name)
    return b'"' + b"".join(b"\\%03o" % octet for octet in octets) + b'"'


def commit_of(folder: Path, revision: str) -> str:
    """The id of a commit."""
    return git(folder, "rev-parse", "--verify", f"{revision}^{{commit}}").strip()


def content_of(folder: Path, blob: str) -> bytes:
    """A content, byte by byte."""
    command = ["git", "cat-file", "blob", blob]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
