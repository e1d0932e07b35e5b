"""What reads a value of a type, made from the type once: the heart of `codec`.

A reader takes a plain value and returns what its type makes of it, or raises `InvalidData` with
every problem, each by its path from that value. No path is made on the way to a value that is
right, which is nearly every one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from warden_policies.constraints import Constraint, Spelling
from warden_policies.problem import MAX_PROBLEMS, InvalidData, Problem
from warden_policies.text import quoted
from warden_policies.words import either, unknown_word

Reader: TypeAlias = Callable[[object], Any]


def reader_of(kind: object) -> Reader:
    """What reads a `kind`: a dataclass, or anything that a dataclass's field may be.

    Raises:
        TypeError: `kind` is not one that is known here, a fault of the program.
    """
    make = _MAKERS.get(get_origin(kind))
    if make:
        return make(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(kind)
    if isinstance(kind, type) and kind in _SCALARS:
        return _SCALARS[kind]
    raise TypeError(f"cannot decode {kind}")


def _annotated(kind: object) -> Reader:
    inner, *beside = get_args(kind)
    return _spelled(_constrained(reader_of(inner), beside), beside)


def _spelled(read: Reader, beside: list[object]) -> Reader:
    spellings = [each for each in beside if isinstance(each, Spelling)]
    if not spellings:
        return read

    def read_spelled(value: object) -> object:
        for spelling in spellings:
            value = spelling.expand(value)
        return read(value)

    return read_spelled


def _constrained(read: Reader, beside: list[object]) -> Reader:
    constraints = [each for each in beside if isinstance(each, Constraint)]

    def read_constrained(value: object) -> object:
        result = read(value)
        problems = tuple(
            Problem(path, message)
            for constraint in constraints
            for path, message in constraint.broken(result)
        )
        if problems:
            raise InvalidData(problems)
        return result

    return read_constrained


def _optional(kind: object) -> Reader:
    present = [choice for choice in get_args(kind) if choice is not NoneType]
    if len(present) != 1:
        raise TypeError(f"cannot decode {kind}: the only union known is `X | None`")
    read = reader_of(present[0])
    return lambda value: None if value is None else read(value)


def _sequence(kind: object) -> Reader:
    read = reader_of(get_args(kind)[0])

    def read_sequence(value: object) -> object:
        if not isinstance(value, list):
            raise _mismatch("a list", value)
        items: list[object] = []
        problems: list[Problem] = []
        for index, item in enumerate(value):
            try:
                items.append(read(item))
            except InvalidData as error:
                problems.extend(_below(index, error))
                if len(problems) >= MAX_PROBLEMS:
                    break
        if problems:
            raise InvalidData(tuple(problems[:MAX_PROBLEMS]))
        return tuple(items)

    return read_sequence


def _table(kind: object) -> Reader:
    read_key, read = map(reader_of, get_args(kind))

    def read_table(value: object) -> object:
        if not isinstance(value, dict):
            raise _mismatch("a mapping", value)
        rows: dict[object, object] = {}
        problems: list[Problem] = []
        for key, item in value.items():
            name = _read_key(read_key, key, problems)
            try:
                rows[name] = read(item)
            except InvalidData as error:
                problems.extend(_below(key, error))
            if len(problems) >= MAX_PROBLEMS:
                break
        if problems:
            raise InvalidData(tuple(problems[:MAX_PROBLEMS]))
        return rows

    return read_table


def _read_key(read: Reader, key: str, problems: list[Problem]) -> object:
    try:
        return read(key)
    except InvalidData as error:
        problems.extend(replace(each, path=(key,), at_key=True) for each in error.problems)
        return key


_MAKERS: Final[Mapping[object, Callable[[object], Reader]]] = {
    Annotated: _annotated,
    Union: _optional,
    UnionType: _optional,
    tuple: _sequence,
    Mapping: _table,
}


def _record(kind: type) -> Reader:
    def read_record(value: object) -> object:
        shape = _shape(kind)  # not before: a record may hold records of its own kind
        if not isinstance(value, dict):
            names = either(shape.required or shape.readers, "and")
            raise _mismatch(f"a mapping with {names}", value)
        found: dict[str, object] = {}
        problems: list[Problem] = []
        for name, read in shape.pairs:
            if name in value:
                try:
                    found[name] = read(value[name])
                except InvalidData as error:
                    problems.extend(_below(name, error))
                    if len(problems) >= MAX_PROBLEMS:
                        break
        if not problems and len(found) == len(value) and found.keys() >= shape.required.keys():
            return kind(**found)
        every = chain(key_problems(value, shape.readers, shape.required), problems)
        raise InvalidData(tuple(islice(every, MAX_PROBLEMS)))

    return read_record


@dataclass(frozen=True, slots=True)
class _Shape:
    """How to read each field of a dataclass, and those that have no default, both in order."""

    readers: Mapping[str, Reader]
    required: Mapping[str, Reader]
    pairs: tuple[tuple[str, Reader], ...]


@cache
def _shape(kind: type) -> _Shape:
    hints = get_type_hints(kind, include_extras=True)
    readers = {field.name: reader_of(hints[field.name]) for field in fields(kind)}
    required = {
        field.name: readers[field.name]
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return _Shape(readers, required, tuple(readers.items()))


def key_problems(
    value: Mapping[str, object], allowed: Collection[str], required: Collection[str]
) -> Iterator[Problem]:
    """Every unknown key of a mapping, then all missing ones together."""
    for name in value:
        if name not in allowed:
            yield Problem((name,), unknown_word("key", name, allowed), at_key=True)
    missing = [name for name in required if name not in value]
    if missing:
        noun = "key" if len(missing) == 1 else "keys"
        yield Problem((), f"missing {noun} {', '.join(map(quoted, missing))}", at_key=True)


def _below(step: str | int, error: InvalidData) -> Iterator[Problem]:
    return (replace(problem, path=(step, *problem.path)) for problem in error.problems)


def _member(kind: type[StrEnum]) -> Reader:
    members = {member.value: member for member in kind}

    def read_member(value: object) -> object:
        if not isinstance(value, str):
            raise _mismatch("text", value)
        if value not in members:
            raise _refusal(unknown_word("value", value, members))
        return members[value]

    return read_member


def _instant(value: object) -> datetime:
    """Only instants: a time without its zone means nothing."""
    if not isinstance(value, str):
        raise _mismatch("a time such as 2026-11-23T14:02:00Z", value)
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _mismatch("a time with its zone such as 2026-11-23T14:02:00Z", value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        hint = "; put it in quotes" if isinstance(value, bool | int) else ""
        raise _mismatch("text", value, hint)
    if not value.isascii():
        _refuse_surrogates(value)
    return value


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        message = "the text has half a surrogate pair, which no UTF-8 can spell"
        raise _refusal(message) from None


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _mismatch("a whole number", value)
    if not -(2**63) <= value < 2**63:
        raise _refusal("the number does not fit in 64 bits")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _mismatch("true or false", value)
    return value


_SCALARS: Final[Mapping[type, Reader]] = {
    datetime: _instant,
    str: _text,
    int: _integer,
    bool: _truth,
}


def _refusal(message: str) -> InvalidData:
    return InvalidData((Problem((), message),))


def _mismatch(expected: str, value: object, hint: str = "") -> InvalidData:
    return _refusal(f"expected {expected}, got {_described(value)}{hint}")


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
