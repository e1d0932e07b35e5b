"""Plain data -> the frozen dataclasses of the vocabulary, by their type hints, and back to bytes.

Strict on purpose: what reads a change or a policy must never guess. A wrong type, a missing key
and an unknown key are each a `Problem`; all of them are reported together, and nothing but
`InvalidData` is raised for bad data.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated, Final, TypeVar

from warden_policies.canonical import canonical_bytes
from warden_policies.constraints import OneOf
from warden_policies.json_text import locate, parse_json
from warden_policies.model import Change
from warden_policies.problem import MAX_PROBLEMS, InvalidData, Path, Problem, Problems
from warden_policies.readers import key_problems, reader_of

CHANGE_SCHEMA = "changewarden.snapshot/v1"
INVALID: Final = object()
"""Stands for a value that could not be read; the reason is among the problems."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """A picture of a pull request, as the service stores one with every decision."""

    schema: Annotated[str, OneOf((CHANGE_SCHEMA,))]
    change: Change


def encode_change(change: Change) -> bytes:
    """The canonical bytes of a change file, `{"schema": "changewarden.snapshot/v1", ...}`.

    `Decision.change_digest` is the SHA-256 of exactly these bytes.
    """
    return canonical_bytes({"schema": CHANGE_SCHEMA, "change": change})


def decode_change(data: bytes) -> Change:
    """The change in a change file.

    Raises:
        InvalidData: every problem, each with its line and column.
    """
    return decode_marked(ChangeFile, parse_json(data), data).change


def decode_marked(kind: type[T], value: object, data: bytes) -> T:
    """`value`, which `data` spells, as a `kind`.

    Raises:
        InvalidData: every problem, each with its line and column.
    """
    try:
        return decode(kind, value)
    except InvalidData as error:
        raise _with_marks(error, data.decode()) from None


def _with_marks(error: InvalidData, text: str) -> InvalidData:
    places = locate(text, frozenset(problem.path for problem in error.problems))
    marked = (
        replace(problem, mark=places[problem.path][0 if problem.at_key else 1])
        for problem in error.problems
    )
    return InvalidData(tuple(marked))


def decode(kind: type[T], value: object) -> T:
    """`value` as a `kind`: a dataclass, or anything a dataclass's field may be.

    Raises:
        InvalidData: every problem at once, each with its path.
        TypeError: `kind` is not one that can be read, a fault of the program.
    """
    result: T = reader_of(kind)(value)
    return result


def read(kind: object, value: object, path: Path, problems: Problems) -> object:
    """`value` as a `kind`, or `INVALID` after adding the reason to `problems`.

    Raises:
        TypeError: `kind` is not one that can be read, a fault of the program.
    """
    if problems.full:
        return INVALID
    try:
        return reader_of(kind)(value)
    except InvalidData as error:
        _add(error.problems, path, problems)
        return INVALID


def check_keys(
    value: Mapping[str, object],
    allowed: Collection[str],
    required: Sequence[str],
    path: Path,
    problems: Problems,
) -> None:
    """Add what is wrong with the keys of a mapping: unknown ones, and missing ones."""
    if not problems.full:
        _add(islice(key_problems(value, allowed, required), MAX_PROBLEMS), path, problems)


def _add(found: Iterable[Problem], path: Path, problems: Problems) -> None:
    for problem in found:
        problems.add((*path, *problem.path), problem.message, at_key=problem.at_key)
