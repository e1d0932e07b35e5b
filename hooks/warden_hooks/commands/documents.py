"""The documents that commands read, such as policies and changes: whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from warden_hooks.commands.dialect import dialect_of
from warden_hooks.commands.terminal import UnreadableFile, read_file
from warden_policies.codec import decode_change
from warden_policies.json_text import MAX_BYTES as MAX_CHANGE_BYTES
from warden_policies.language import parse_policy
from warden_policies.language.yaml_source import MAX_BYTES as MAX_POLICY_BYTES
from warden_policies.model import Change
from warden_policies.policy import Dialect, InvalidPolicy, Policy, PolicyError
from warden_policies.problem import InvalidData
from warden_policies.text import plain

_WIDTH = 100

T = TypeVar("T")


class BadDocument(Exception):
    """A file cannot be used. The text has one line for each reason, with its place.

    `shown` says the same with the lines of the file, and a caret under each place.
    """

    def __init__(self, text: str, shown: str = "") -> None:
        super().__init__(text)
        self.shown = shown or text


def read_policy(path: str, dialect: Dialect | None = None) -> Policy:
    """The policy in the file at `path`, in the language that its name tells unless one is given.

    Raises:
        BadDocument: it cannot be read, or is none.
    """
    return policy_in(_read(path, MAX_POLICY_BYTES), path, dialect)


def policy_in(source: bytes, path: str, dialect: Dialect | None) -> Policy:
    """The policy in the bytes of the file at `path`: see `read_policy`.

    Raises:
        BadDocument: it is none.
    """
    return _parsed(lambda text: parse_policy(text, path, dialect_of(path, dialect)), source)


def parsed(parse: Callable[[bytes, str], T], path: str) -> T:
    """What `parse` makes of the file at `path`, which is refused as a policy is.

    Raises:
        BadDocument: it cannot be read, or is refused.
    """
    source = _read(path, MAX_POLICY_BYTES)
    return _parsed(lambda text: parse(text, path), source)


def _parsed(parse: Callable[[bytes], T], source: bytes) -> T:
    try:
        return parse(source)
    except InvalidPolicy as error:
        raise BadDocument(str(error), with_carets(error.errors, source)) from None


def read_change(path: str) -> Change:
    """The change in the file at `path`.

    Raises:
        BadDocument: it cannot be read, or is none.
    """
    try:
        return decode_change(_read(path, MAX_CHANGE_BYTES))
    except InvalidData as error:
        text = "\n".join(f"{path}:{problem}" for problem in error.problems)
        raise BadDocument(text) from None


def attempt(read: Callable[[str], T], path: str, errors: list[BadDocument]) -> T | None:
    """What `read` makes of a file, or None after noting why: errors of several files are one."""
    try:
        return read(path)
    except BadDocument as error:
        errors.append(error)
        return None


def _read(path: str, limit: int) -> bytes:
    try:
        return read_file(path, limit)
    except UnreadableFile as error:
        raise BadDocument(str(error)) from None


def with_carets(errors: Sequence[PolicyError], source: bytes) -> str:
    """Each error and, when there is such a line, the line with a caret under the place."""
    lines = source.decode("utf-8-sig", "replace").split("\n")
    return "\n".join(line for error in errors for line in _shown(error, lines))


def _shown(error: PolicyError, lines: Sequence[str]) -> Iterator[str]:
    yield str(error)
    if error.line is None or error.column is None or error.line > len(lines):
        return
    # A long line is shown from a little before the place, so that the caret is in sight.
    start = max(0, error.column - _WIDTH // 2)
    number = str(error.line)
    shown = "".join(_as_shown(sign) for sign in lines[error.line - 1][start : start + _WIDTH])
    yield f" {number} | {shown.rstrip()}"
    yield f" {' ' * len(number)} | {' ' * (error.column - 1 - start)}^"


def _as_shown(character: str) -> str:
    """One visible character for one character, so that the caret stays below its place."""
    return plain(character) or " "
