"""A file as the rules see it: decoded text with limits, and which of its lines count."""

import os
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from warden_hooks import key_files, wide

DEFAULT_MAX_BYTES = 5_000_000
BINARY_PROBE_BYTES = 8_000
"""A NUL among this many first bytes makes a file binary: git's own rule, but for wide text."""


class SkipReason(StrEnum):
    """Why a file, or a part of it, was not scanned as asked."""

    BINARY = "binary"
    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf-8"
    NOT_DECODED = "not-fully-decoded"
    SYMBOLIC_LINK = "symbolic-link"
    SUBMODULE = "submodule"
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    NOT_FOUND = "not-found"
    NOT_IN_INDEX = "not-in-index"
    UNMERGED = "unmerged"
    MISSING = "missing"
    """A clone need not have every content of its history."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was not scanned, or scanned with a doubt worth naming."""

    path: str
    reason: SkipReason

    @property
    def scanned(self) -> bool:
        """Whether the content was looked at all the same."""
        return self.reason in (SkipReason.NOT_UTF8, SkipReason.NOT_DECODED)


@dataclass(frozen=True, slots=True)
class Clean:
    """A file of so many bytes that was scanned already: there is nothing in it."""

    size: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Text to scan. `path` is relative to the repository's root, with forward slashes.

    `added` holds the lines that count, as rising ranges of line numbers from 1; None means all.
    """

    path: str
    text: str = field(repr=False)
    size: int
    added: tuple[range, ...] | None = None
    is_utf8: bool = True
    layers: tuple[str, ...] = ()
    """The encodings in which the text stands in the file; none for the file itself."""
    blob: str = ""
    """git's name of the content, where that is known."""

    def counts(self, first_line: int, last_line: int) -> bool:
        """Whether a match on these lines (both included) touches a line that counts."""
        if self.added is None:
            return True
        before = bisect_right(self.added, last_line, key=lambda lines: lines.start)
        return before > 0 and first_line < self.added[before - 1].stop


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, or as many of them as it took to see that they are too many."""

    data: bytes = field(repr=False)
    size: int


def as_in_index(path: str) -> str:
    """A path as git's index spells it, from which our fingerprints are made.

    With forward slashes; on macOS, whose file system tells accents apart from their letters, with
    letters that have theirs, as git keeps them there.
    """
    if sys.platform == "darwin":
        path = unicodedata.normalize("NFC", path)
    return path.replace(os.sep, "/")


def read_source(
    path: str, content: Content, max_bytes: int, added: tuple[range, ...] | None = None
) -> SourceFile | Skipped:
    """Decode `content`, or say why not.

    Text that is neither UTF-8 nor wide is read as Latin-1, in which every byte is a character:
    tokens are ASCII, so none is lost, and the caller names the file. Of a key in a binary file
    there are no lines, so all of it counts.
    """
    if looks_binary(content.data):
        return Skipped(path, SkipReason.BINARY)
    if content.size > max_bytes:
        return Skipped(path, SkipReason.TOO_LARGE)
    if _has_nul(content.data) and key_files.may_hold_keys(content.data):
        text = key_files.as_text(content.data)
        return SourceFile(path, text, content.size, is_utf8=False)
    if encoding := wide.encoding(content.data[:BINARY_PROBE_BYTES]):
        text = wide.decoded(content.data, encoding)
        # To git a byte of another character may be a line feed, too.
        is_as_git_counts = text.count("\n") == content.data.count(b"\n")
        return SourceFile(path, text, content.size, added if is_as_git_counts else None)
    try:
        return SourceFile(path, content.data.decode("utf-8-sig"), content.size, added)
    except UnicodeDecodeError:
        text = content.data.decode("latin-1")
        return SourceFile(path, text, content.size, added, is_utf8=False)


def looks_binary(data: bytes) -> bool:
    """Whether a file that begins so is nothing that is read."""
    if not _has_nul(data):
        return False
    return not (wide.encoding(data[:BINARY_PROBE_BYTES]) or key_files.may_hold_keys(data))


def _has_nul(data: bytes) -> bool:
    return data.find(b"\0", 0, BINARY_PROBE_BYTES) >= 0


class LineIndex:
    """Turns offsets into a text into lines and columns. Only a line feed ends a line, as in git."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: Sequence[int] = _line_starts(text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Offsets of the first character of `line` and of the end of its text."""
        start = self._starts[line - 1]
        end = self._text.find("\n", start)
        return start, len(self._text) if end < 0 else end


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while newline := text.find("\n", starts[-1]) + 1:
        starts.append(newline)
    return starts
