"""Regular expressions that somebody else wrote, on text that a stranger wrote, in bounded time.

The only place that knows google-re2: its matching takes time proportional to the text, whatever
the pattern. It is imported when the first pattern is compiled, so that who has none needs none.
The standard `re` is never a substitute: a pattern such as `(a+)+$` keeps it busy for hours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from warden_policies.model import NotRecorded
from warden_policies.problem import Path
from warden_policies.text import plain

MAX_PATTERN = 4096
"""Characters of one pattern."""
MAX_PROGRAM = 10_000
"""Instructions of one compiled pattern; searching takes at most so many steps for each byte."""
MAX_TEXT = 4 * 65_536
"""Bytes of UTF-8 that are searched: GitHub's longest text, a body, has 65,536 characters."""
_MAX_MEMORY = 8 * 1024 * 1024
"""What one pattern may cost in bytes: one that needs more is refused when it is compiled."""


class RegexUnavailable(RuntimeError):
    """google-re2 is not installed. The message says what to install."""


class BadRegex(ValueError):
    """A text is not a regular expression that RE2 knows. The message says why."""


class TextTooLong(NotRecorded):
    """A text is so long that a pattern's answer for it is not worked out."""


class _Searcher(Protocol):
    @property
    def programsize(self) -> int: ...
    def search(self, text: bytes) -> object | None: ...


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> _Searcher:
    """`pattern` in RE2's syntax, ready to search; compiled once.

    Raises:
        BadRegex: it is too long, written or compiled, or not RE2's syntax.
        RegexUnavailable: google-re2 is not installed.
    """
    if len(pattern) > MAX_PATTERN:
        raise BadRegex(f"longer than {MAX_PATTERN} characters")
    try:
        import re2  # type: ignore[import-untyped] # noqa: PLC0415 - only who has a pattern needs it
    except ImportError:
        what = "regular expressions need google-re2: install 'changewarden[policy]'"
        raise RegexUnavailable(what) from None
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MAX_MEMORY
    try:
        searcher: _Searcher = re2.compile(pattern.encode("utf-8", "replace"), options)
    except re2.error as error:
        raise BadRegex(_in_words(error)) from None
    if searcher.programsize > MAX_PROGRAM:
        raise BadRegex(f"{searcher.programsize} instructions long, more than {MAX_PROGRAM}")
    return searcher


def _in_words(error: Exception) -> str:
    reason = error.args[0] if error.args else "not a regular expression"
    return plain(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason))


def first_found(patterns: Iterable[str], text: str) -> str | None:
    """The first of `patterns` that occurs anywhere in `text`, or None.

    Raises:
        BadRegex: a pattern is none.
        RegexUnavailable: google-re2 is not installed.
        TextTooLong: the text is longer than `MAX_TEXT`.
    """
    encoded = text.encode("utf-8", "replace")
    if len(encoded) > MAX_TEXT:
        raise TextTooLong(f"{len(encoded)} bytes of text, more than the {MAX_TEXT} searched")
    return next((each for each in patterns if compiled(each).search(encoded) is not None), None)


@dataclass(frozen=True, slots=True)
class Regex:
    """A text is a regular expression in RE2's syntax."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else, in RE2's words."""
        try:
            if isinstance(value, str):
                compiled(value)
        except BadRegex as error:
            yield (), f"not a regular expression: {error}"
        except RegexUnavailable as error:
            yield (), str(error)
