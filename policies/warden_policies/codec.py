"""Plain data -> the frozen dataclasses of the vocabulary, by their type hints, and back to bytes.

Strict on purpose: what reads a change or a policy must never guess. A wrong type, a missing key
and an unknown key are each a `Problem`; all of them are reported together, and nothing but
`InvalidData` is raised for bad data.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from warden_policies.canonical import canonical_bytes
from warden_policies.constraints import OneOf
from warden_policies.json_text import locate, parse_json
from warden_policies.model import Change
from warden_policies.problem import InvalidData, Path, Problems
from warden_policies.text import quoted

CHANGE_SCHEMA = "changewarden.snapshot/v1"
INVALID: Final = object()
"""Stands for a value that could not be read; the reason is among the problems."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _ChangeFile:
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
    value = parse_json(data)
    try:
        return decode(_ChangeFile, value).change
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
    """
    problems = Problems()
    result = read(kind, value, (), problems)
    if isinstance(result, kind):
        return result
    raise InvalidData(problems.all())


def read(kind: object, value: object, path: Path, problems: Problems) -> object:
    """`value` as a `kind`, or `INVALID` after adding the reason to `problems`.

    Raises:
        TypeError: `kind` is not one that this decoder knows, a fault of the program.
    """
    origin = get_origin(kind)
    if origin is Annotated:
        return _read_annotated(kind, value, path, problems)
    if origin in (Union, UnionType):
        return _read_optional(kind, value, path, problems)
    if origin is tuple:
        return _read_tuple(get_args(kind)[0], value, path, problems)
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_dataclass(kind, value, path, problems)
    return _read_scalar(kind, value, path, problems)


def _read_annotated(kind: object, value: object, path: Path, problems: Problems) -> object:
    inner, *constraints = get_args(kind)
    result = read(inner, value, path, problems)
    complaints = [
        complaint
        for constraint in constraints
        for complaint in (constraint.broken(result) if result is not INVALID else ())
    ]
    for inside, message in complaints:
        problems.add((*path, *inside), message)
    return INVALID if complaints else result


def _read_optional(kind: object, value: object, path: Path, problems: Problems) -> object:
    present = [choice for choice in get_args(kind) if choice is not NoneType]
    if len(present) != 1:
        raise TypeError(f"cannot decode {kind}: the only union known is `X | None`")
    return None if value is None else read(present[0], value, path, problems)


def _read_tuple(kind: object, value: object, path: Path, problems: Problems) -> object:
    if not isinstance(value, list):
        return _mismatch("a list", value, path, problems)
    items = []
    for index, item in enumerate(value):
        if problems.full:
            return INVALID
        items.append(read(kind, item, (*path, index), problems))
    return INVALID if any(item is INVALID for item in items) else tuple(items)


def _read_dataclass(kind: type, value: object, path: Path, problems: Problems) -> object:
    hints, required = _shape(kind)
    if not isinstance(value, dict):
        return _mismatch(
            f"a mapping with {_either(required or list(hints), 'and')}", value, path, problems
        )
    whole = check_keys(value, tuple(hints), required, path, problems)
    found = {
        name: read(hints[name], value[name], (*path, name), problems)
        for name in hints
        if name in value
    }
    return kind(**found) if whole and INVALID not in found.values() else INVALID


@cache
def _shape(kind: type) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The fields of a dataclass with their types, and the names of those without a default."""
    every = fields(kind)
    hints = get_type_hints(kind, include_extras=True)
    required = (
        field.name
        for field in every
        if field.default is MISSING and field.default_factory is MISSING
    )
    return {field.name: hints[field.name] for field in every}, tuple(required)


def check_keys(
    value: Mapping[str, object],
    allowed: Collection[str],
    required: Sequence[str],
    path: Path,
    problems: Problems,
) -> bool:
    """Whether a mapping has every required key and no unknown one; if not, `problems` grows."""
    missing = [name for name in required if name not in value]
    unknown = [name for name in value if name not in allowed]
    for name in unknown:
        if problems.full:
            break
        problems.add((*path, name), unknown_word("key", name, allowed), at_key=True)
    if missing:
        noun = "key" if len(missing) == 1 else "keys"
        problems.add(path, f"missing {noun} {', '.join(map(quoted, missing))}", at_key=True)
    return not missing and not unknown


def unknown_word(what: str, word: str, known: Collection[str]) -> str:
    """`unknown key 'requird', did you mean 'require'?`, or what there is to choose from."""
    close = difflib.get_close_matches(word[:60].casefold(), known, n=1)
    hint = f"did you mean {quoted(close[0])}?" if close else f"expected {_either(known, 'or')}"
    return f"unknown {what} {quoted(word)}, {hint}"


def _either(names: Collection[str], joint: str) -> str:
    *first, last = [quoted(name) for name in names]
    return f"{', '.join(first)} {joint} {last}" if first else last


def _read_scalar(kind: object, value: object, path: Path, problems: Problems) -> object:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _read_member(kind, value, path, problems)
    if kind is datetime:
        return _read_instant(value, path, problems)
    if kind is str:
        return _read_text(value, path, problems)
    if kind is int:
        return _read_integer(value, path, problems)
    if kind is bool:
        return (
            value if isinstance(value, bool) else _mismatch("true or false", value, path, problems)
        )
    raise TypeError(f"cannot decode {kind}")


def _read_member(kind: type[StrEnum], value: object, path: Path, problems: Problems) -> object:
    if not isinstance(value, str):
        return _mismatch("text", value, path, problems)
    members = {member.value: member for member in kind}
    if value in members:
        return members[value]
    problems.add(path, unknown_word("value", value, tuple(members)))
    return INVALID


def _read_instant(value: object, path: Path, problems: Problems) -> object:
    """Only instants: a time without its zone means nothing."""
    if not isinstance(value, str):
        return _mismatch("a time such as 2026-11-23T14:02:00Z", value, path, problems)
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return _mismatch("a time with its zone such as 2026-11-23T14:02:00Z", value, path, problems)


def _read_text(value: object, path: Path, problems: Problems) -> object:
    if not isinstance(value, str):
        hint = "; put it in quotes" if isinstance(value, bool | int) else ""
        return _mismatch("text", value, path, problems, hint)
    if any("\ud800" <= character <= "\udfff" for character in value):
        problems.add(path, "the text has half a surrogate pair, which no UTF-8 can spell")
        return INVALID
    return value


def _read_integer(value: object, path: Path, problems: Problems) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return _mismatch("a whole number", value, path, problems)
    if not -(2**63) <= value < 2**63:
        problems.add(path, "the number does not fit in 64 bits")
        return INVALID
    return value


def _mismatch(
    expected: str, value: object, path: Path, problems: Problems, hint: str = ""
) -> object:
    problems.add(path, f"expected {expected}, got {_described(value)}{hint}")
    return INVALID


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {quoted(value, 40)}"
    if isinstance(value, int):
        return f"the number {value}" if abs(value) < 2**63 else "a huge number"
    names = {list: "a list", dict: "a mapping", float: "a number that is not whole"}
    return names.get(type(value), type(value).__name__)
