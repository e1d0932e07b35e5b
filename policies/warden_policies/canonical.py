"""One byte string for one value: what digests, signatures and replays are made over.

The form is JSON with sorted keys, no white space, UTF-8 and no floating-point numbers: on the
values used here the same bytes as RFC 8785. What was stored is what is hashed; nothing is ever
hashed by serialising it a second time.
"""

import hashlib
import json
from dataclasses import Field, field, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_ADDED: Final = "added"
_ALWAYS: Final = object()


def added(default: Any) -> Any:  # noqa: ANN401 - as `dataclasses.field` itself is typed
    """A field that older documents do not have.

    It is left out of the canonical form while it has its default, so that what was stored and
    hashed before the field existed still reads and hashes the same.
    """
    return field(default=default, metadata={_ADDED: True})


def to_json(value: object) -> Json:
    """Turn vocabulary objects into plain JSON values.

    Raises:
        TypeError: the value has no canonical form (a float, a set, a naive datetime).
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, datetime):
        return _instant(value)
    if is_dataclass(value):
        return members_of(value)
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def members_of(value: Any) -> dict[str, Json]:  # noqa: ANN401 - any dataclass
    """A dataclass's fields as JSON values, without the added ones that have their default."""
    kind: Any = type(value)
    return {
        name: to_json(member)
        for name, unless in _written(kind)
        if (member := getattr(value, name)) != unless or unless is _ALWAYS
    }


@cache
def _written(kind: type[Any]) -> tuple[tuple[str, object], ...]:
    """The fields of a dataclass, each with the value at which it is left out."""
    return tuple((each.name, _omitted_at(each)) for each in fields(kind))


def _omitted_at(each: "Field[Any]") -> object:
    return each.default if each.metadata.get(_ADDED) else _ALWAYS


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("no canonical form for a datetime without a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical_bytes(value: object) -> bytes:
    """The one byte string for `value`."""
    return spelled(to_json(value))


def spelled(value: object) -> bytes:
    """The one byte string for what is plain JSON already, such as what was just parsed."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(data: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 of `data`, as `sha256sum` would print it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
