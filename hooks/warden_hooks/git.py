"""The only place that runs git.

Plumbing commands only, so that a user's configuration cannot change their output; names end in
NUL everywhere and are decoded as the file system would, so that any name works. The environment
is passed on: `GIT_INDEX_FILE`, worktrees and `GIT_DIR` mean what they mean to git.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from warden_hooks.errors import UsageError
from warden_hooks.patch import hunks
from warden_hooks.source import BINARY_PROBE_BYTES, Content

_SUBMODULE, _SYMBOLIC_LINK = "160000", "120000"
_CHUNK = 1 << 20
_QUIET = ("-c", "core.fsmonitor=")
"""Reading the index would start the program that a repository's configuration names there."""
MAKES_NO_SENSE = "an answer that makes no sense, or was cut off"
_MANY_OBJECTS = ("-c", "core.deltaBaseCacheLimit=256m")
"""Versions of a file are stored as what changed between them. git builds each one anew unless it
still has the one before, which it has more often with more than the usual 96 MB for that."""
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
        "GIT_ALLOW_PROTOCOL": "",  # a partial clone fetches what it lacks; not from a hook
        "GIT_DIFF_OPTS": "",  # could add lines of context, which are not new
        "GIT_LITERAL_PATHSPECS": "0",  # set by editors; our pathspecs are not literal
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",  # what is scanned is what will be committed
        "GIT_GRAFT_FILE": f"{os.devnull}/none",  # and its parents are its own
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def _start(
    *arguments: str,
    given: IO[bytes] | int = subprocess.PIPE,
    errors: IO[bytes] | int = subprocess.DEVNULL,
    buffer: int = -1,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program, arguments never through a shell
            ["git", *_QUIET, *arguments],  # noqa: S607 - the user's git, as found by the user's shell
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            bufsize=buffer,
        )
    except FileNotFoundError:
        fix = "install git, or scan files as they are on disk: changewarden scan PATH"
        raise UsageError("git was not found", fix) from None
    except OSError as error:
        what = f"git could not be started: {error.strerror}"
        raise UsageError(what, "see what this says: git --version") from None


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


@contextmanager
def reading(*arguments: str, given: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """What a git command prints, to be read to its end while it prints; `given` is a file, read
    from its beginning, for its standard input.

    Raises:
        GitError: it failed; the message is the first line of its own.
        UsageError: there is no git.
    """
    import tempfile  # noqa: PLC0415 - slow to import, and no hook comes here

    if given:
        given.seek(0)
    with tempfile.TemporaryFile() as errors:
        stdin = given or subprocess.DEVNULL
        process = _start(*_MANY_OBJECTS, *arguments, given=stdin, errors=errors, buffer=_CHUNK)
        with process:
            try:
                yield _widened(_pipe(process.stdout))
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            raise GitError(f"git {arguments[0]}: {_first_line(errors.read(_CHUNK))}")


def _widened(pipe: IO[bytes]) -> IO[bytes]:
    """The pipe, with room for so much that git and we take turns less often, where that can be."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not everywhere

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _CHUNK)
    return pipe


def _first_line(errors: bytes) -> str:
    """The first line of what git complained of; rather than a warning what it died of."""
    lines = errors.decode("utf-8", "replace").strip().split("\n")
    return next((line for line in lines if line.startswith("fatal: ")), lines[0]) or "failed"


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
        # One by one, because a folder's name may hold a line feed.
        top, prefix = (run("rev-parse", name) for name in ("--show-toplevel", "--show-prefix"))
    except GitError as error:
        raise no_repository(option, error) from None
    if not top:
        raise GitError(f"git rev-parse: {MAKES_NO_SENSE}")
    return WorkTree(*(os.fsdecode(line).removesuffix("\n") for line in (top, prefix)))


def no_repository(option: str, error: GitError) -> UsageError:
    """What to say where git has nothing to work in."""
    _, dubious, folder = str(error).partition("dubious ownership in repository at ")
    if dubious:
        fix = f"if you trust its owner: git config --global --add safe.directory {folder}"
        return UsageError(f"git refuses to read it ({error})", fix)
    fix = f"run it in the work tree of a repository, or scan without {option}"
    return UsageError(f"{option} needs a git repository ({error})", fix)


_Change = tuple[IndexEntry, str, str]
"""An entry, the blob that it replaces, and the letter for how."""


def staged(max_bytes: int) -> list[IndexEntry]:
    """What the next commit would add or change, each with the lines it adds.

    A renamed file adds only the lines that its old self did not have. Of files beyond `max_bytes`
    every line counts: to compare them takes git memory by the gigabyte.
    """
    return _changed(_of_index(), max_bytes)


def changed(base: str, tip: str, max_bytes: int) -> list[IndexEntry]:
    """What `tip` adds to or changes in `base`, both commits or trees, each with the lines it adds,
    as `staged` has it."""
    return _changed(_Comparison(("diff-tree", "-r"), (base, tip)), max_bytes)


def empty_tree() -> str:
    """The tree without a file, which is in every repository."""
    return run("hash-object", "-t", "tree", "--stdin").decode().strip()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What git is asked to compare: the command, and what with."""

    command: tuple[str, ...]
    sides: tuple[str, ...]


def _of_index() -> _Comparison:
    return _Comparison(("diff-index", "--cached"), (_base_tree(), "--"))


def _changed(sides: _Comparison, max_bytes: int) -> list[IndexEntry]:
    changes = list(_changes(_raw_difference(sides)))
    if not any(status in "MR" for _, _, status in changes):
        return [entry for entry, _, _ in changes]
    added = _added_lines(sides, max_bytes)
    return [
        _counting(entry, old_blob, added) if status in "MR" else entry
        for entry, old_blob, status in changes
    ]


def _raw_difference(sides: _Comparison) -> bytes:
    arguments = (*sides.command, "--raw", "-z", "--abbrev=64", "--ignore-submodules=none")
    try:
        return run(*arguments, "-M", *sides.sides)
    except GitError:  # perhaps an old blob is missing: then nothing is known to be renamed
        return run(*arguments, "--no-renames", *sides.sides)


def _changes(raw: bytes) -> Iterator[_Change]:
    fields = iter(ended(raw, "diff-index"))
    try:
        for header in fields:
            _, mode, old_blob, blob, status = os.fsdecode(header).split(" ")
            path = next(fields)
            if status[0] in "RC":
                path = next(fields)
            if status != "D":
                unmerged = status == "U"
                entry = IndexEntry(os.fsdecode(path), mode, blob, unmerged, EVERY_LINE)
                yield entry, old_blob, status[0]
    except (ValueError, IndexError, StopIteration):
        raise GitError(f"git diff-index: {MAKES_NO_SENSE}") from None


def ended(output: bytes, command: str) -> list[bytes]:
    """The fields, each of which has to have its NUL: of a cut answer the last has none.

    Raises:
        GitError: it was cut.
    """
    *fields, rest = output.split(b"\0")
    if rest:
        raise GitError(f"git {command}: {MAKES_NO_SENSE}")
    return fields


def _counting(
    entry: IndexEntry, old_blob: str, added: dict[tuple[str, str], tuple[range, ...]]
) -> IndexEntry:
    lines = () if old_blob == entry.blob else added.get((old_blob, entry.blob))
    return IndexEntry(entry.path, entry.mode, entry.blob, entry.unmerged, lines)


def _added_lines(sides: _Comparison, max_bytes: int) -> dict[tuple[str, str], tuple[range, ...]]:
    """Added lines by (old blob, new blob), which name a diff better than quoted paths do.

    A pair without hunks is not in it: git takes the file for binary, perhaps because an attribute
    says so. Nor is any when git fails, because it lacks an old blob.
    """
    limit = f"core.bigFileThreshold={max_bytes + 1}"
    arguments = ("--patch", "-U0", "-M", "--full-index", "--diff-filter=MR", "--no-color")
    command = (*sides.command, *arguments, "--no-ext-diff", "--no-textconv")
    with _start("-c", limit, *command, *sides.sides) as process:
        try:
            added = dict(hunks(_lines_of(process)))
        except ValueError:
            return {}
    return {} if process.returncode else {pair: tuple(lines) for pair, lines in added.items()}


def _lines_of(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    _pipe(process.stdin).close()
    yield from _pipe(process.stdout)


def _base_tree() -> str:
    """HEAD's tree, or the empty tree in a repository without a first commit."""
    try:
        tree = run("rev-parse", "--verify", "--quiet", "HEAD^{tree}").strip()
    except GitError:
        tree = empty_tree().encode()
    if not tree.isalnum():
        raise GitError(f"git rev-parse: {MAKES_NO_SENSE}")
    return tree.decode()


def index() -> dict[str, IndexEntry]:
    """Every path in the index, by its path from the top of the work tree."""
    entries: dict[str, IndexEntry] = {}
    output = run("ls-files", "--stage", "-z", "--full-name", "--", ":/")
    for record in ended(output, "ls-files"):
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
        name, _, size = self._answers.readline().rstrip().partition(b" blob ")
        if name != blob.encode() or not size.isdigit():
            why = f"missing or damaged (in a partial clone this fetches it: git cat-file -e {blob})"
            raise GitError(f"git cat-file: object {blob} is {why}")
        return self._content(int(size), max_bytes)

    def _content(self, size: int, max_bytes: int) -> Content:
        kept = self._exactly(size if size <= max_bytes else min(size, BINARY_PROBE_BYTES))
        self._discard(size - len(kept))
        if self._exactly(1) != b"\n":
            raise GitError(f"git cat-file: {MAKES_NO_SENSE}")
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
