"""The only place that runs git.

Plumbing commands only, so that a user's configuration cannot change their output; names end in
NUL everywhere and are decoded as the file system would, so that any name works. The environment
is passed on: `GIT_INDEX_FILE`, worktrees and `GIT_DIR` mean what they mean to git.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from warden_hooks.errors import UsageError
from warden_hooks.source import BINARY_PROBE_BYTES, Content

_SUBMODULE, _SYMBOLIC_LINK = "160000", "120000"
_CHUNK = 1 << 20
_OFFLINE = ("-c", "protocol.allow=never")
"""A partial clone fetches what it lacks when it is asked for; not from a hook."""
EVERY_LINE = (range(1, 1 << 62),)
"""What a new file adds."""


class GitError(Exception):
    """git did not do what it promised; the message is git's own, never a file's content."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A path in the index. `path` is relative to the top of the work tree."""

    path: str
    mode: str
    blob: str
    unmerged: bool = False
    added: tuple[range, ...] | None = None
    """Line numbers added against HEAD; None when that is not known and every line counts."""

    @property
    def is_submodule(self) -> bool:
        """Whether the entry is another repository's commit."""
        return self.mode == _SUBMODULE

    @property
    def is_symbolic_link(self) -> bool:
        """Whether the entry's blob is the target of a link."""
        return self.mode == _SYMBOLIC_LINK


def _environment() -> dict[str, str]:
    return os.environ | {
        "GIT_NO_REPLACE_OBJECTS": "1",  # what is scanned is what will be committed
        "GIT_GRAFT_FILE": f"{os.devnull}/none",  # and its parents are its own
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def _start(*arguments: str, errors: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program, arguments never through a shell
            ["git", *_OFFLINE, *arguments],  # noqa: S607 - the user's git, as found by the user's shell
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
        )
    except FileNotFoundError:
        fix = "install git, or scan files as they are on disk: changewarden scan PATH"
        raise UsageError("git was not found", fix) from None


def run(*arguments: str, request: bytes = b"") -> bytes:
    """What a git command prints, asked for `request` on its standard input.

    Raises:
        GitError: it failed; the message is the first line of its own.
        UsageError: there is no git.
    """
    with _start(*arguments, errors=subprocess.PIPE) as process:
        output, errors = process.communicate(request)
    if process.returncode:
        raise GitError(f"git {arguments[0]}: {_first_line(errors)}")
    return output


def _first_line(errors: bytes) -> str:
    return errors.decode("utf-8", "replace").strip().partition("\n")[0] or "failed"


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Where we are: the top of the work tree, and the current folder below it (`sub/` or "")."""

    top: str
    prefix: str


def work_tree(option: str = "--staged") -> WorkTree:
    """The work tree around the current folder, which `option` needs.

    Raises:
        UsageError: there is none, or git refuses to work in it.
    """
    try:
        output = os.fsdecode(run("rev-parse", "--show-toplevel", "--show-prefix"))
    except GitError as error:
        raise no_repository(option, error) from None
    top, _, prefix = output.removesuffix("\n").rpartition("\n")
    return WorkTree(top, prefix)


def no_repository(option: str, error: GitError) -> UsageError:
    """What to say where git has nothing to work in."""
    fix = f"run it inside a repository, or scan without {option}"
    return UsageError(f"{option} needs a git repository ({error})", fix)


def staged() -> list[IndexEntry]:
    """What the next commit would add or change, each with the lines it adds.

    A renamed file adds only the lines that its old self did not have.
    """
    base = _base_tree()
    entries: list[tuple[IndexEntry, str, str]] = []
    fields = iter(
        run("diff-index", "--cached", "--raw", "-z", "-M", "--abbrev=64", base, "--").split(b"\0")
    )
    for header in filter(None, fields):
        _, mode, old_blob, blob, status = os.fsdecode(header).split(" ")
        path = next(fields)
        if status[0] in "RC":
            path = next(fields)
        if status != "D":
            unmerged = status == "U"
            entry = IndexEntry(os.fsdecode(path), mode, blob, unmerged, EVERY_LINE)
            entries.append((entry, old_blob, status[0]))
    return _with_added_lines(entries, base)


def _with_added_lines(entries: list[tuple[IndexEntry, str, str]], base: str) -> list[IndexEntry]:
    if not any(status in "MR" for _, _, status in entries):
        return [entry for entry, _, _ in entries]
    added = _added_lines(base)
    return [
        _counting(entry, old_blob, added) if status in "MR" else entry
        for entry, old_blob, status in entries
    ]


def _counting(
    entry: IndexEntry, old_blob: str, added: dict[tuple[str, str], tuple[range, ...] | None]
) -> IndexEntry:
    lines = () if old_blob == entry.blob else added.get((old_blob, entry.blob))
    return IndexEntry(entry.path, entry.mode, entry.blob, entry.unmerged, lines)


def _added_lines(base: str) -> dict[tuple[str, str], tuple[range, ...] | None]:
    """Added lines by (old blob, new blob), which name a diff better than quoted paths do.

    A pair without hunks is one that git takes for binary, perhaps because an attribute says so:
    None, every line counts.
    """
    added: dict[tuple[str, str], tuple[range, ...] | None] = {}
    pair = ("", "")
    arguments = ("--patch", "-U0", "-M", "--full-index", "--diff-filter=MR", "--no-color")
    with _start(
        "diff-index", "--cached", *arguments, "--no-ext-diff", "--no-textconv", base, "--"
    ) as process:
        for line in _lines_of(process):
            # Content lines begin with + or -, so these two can only be git's own.
            if line.startswith(b"index "):
                old, _, new = line.split()[1].decode().partition("..")
                pair = (old, new)
                added[pair] = None
            elif line.startswith(b"@@ "):
                added[pair] = (*(added[pair] or ()), *_hunk(line))
    if process.returncode:
        raise GitError("git diff-index failed")
    return added


def _lines_of(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    _pipe(process.stdin).close()
    yield from _pipe(process.stdout)


def _hunk(line: bytes) -> list[range]:
    """`@@ -1,2 +3,4 @@` adds lines 3 to 6; a count of 0 adds none, a missing one means 1."""
    start, _, count = line.split()[2].removeprefix(b"+").partition(b",")
    lines = range(int(start), int(start) + int(count or 1))
    return [lines] if lines else []


def _base_tree() -> str:
    """HEAD's tree, or the empty tree in a repository without a first commit."""
    try:
        return run("rev-parse", "--verify", "--quiet", "HEAD^{tree}").decode().strip()
    except GitError:
        return run("hash-object", "-t", "tree", "--stdin").decode().strip()


def index() -> dict[str, IndexEntry]:
    """Every path in the index, by its path from the top of the work tree."""
    entries: dict[str, IndexEntry] = {}
    output = run("ls-files", "--stage", "-z", "--full-name", "--", ":/")
    for record in filter(None, output.split(b"\0")):
        header, _, name = record.partition(b"\t")
        mode, blob, stage = header.decode().split(" ")
        path = os.fsdecode(name)
        entries[path] = IndexEntry(path, mode, blob, unmerged=stage != "0")
    return entries


class Blobs:
    """Blob contents, from one `git cat-file --batch`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._requests = _pipe(process.stdin)
        self._answers = _pipe(process.stdout)

    def read(self, blob: str, max_bytes: int) -> Content:
        """The content of `blob`; beyond `max_bytes` only its beginning is kept.

        Raises:
            GitError: the object is missing or damaged.
        """
        try:
            self._requests.write(blob.encode() + b"\n")
            self._requests.flush()
        except BrokenPipeError:
            raise GitError("git cat-file: ended before it was asked") from None
        header = self._answers.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            raise GitError(f"git cat-file: object {blob} is missing or damaged")
        size = int(header[2])
        kept = self._exactly(size if size <= max_bytes else min(size, BINARY_PROBE_BYTES))
        self._discard(size - len(kept) + 1)
        return Content(kept, size)

    def _exactly(self, size: int) -> bytes:
        data = self._answers.read(size)
        if len(data) < size:
            raise GitError("git cat-file: ended in the middle of an object")
        return data

    def _discard(self, size: int) -> None:
        while size:
            size -= len(self._exactly(min(size, _CHUNK)))


@contextmanager
def blobs() -> Iterator[Blobs]:
    """Opens the one `git cat-file --batch` of a scan."""
    with _start("cat-file", "--batch") as process:
        try:
            yield Blobs(process)
        finally:
            process.kill()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise GitError("git was started without a pipe")
    return stream
