"""One byte string for one value: what digests, signatures and replays are made over.

The form is JSON with sorted keys, no white space, UTF-8 and no floating-point numbers: on the
values used here the same bytes as RFC 8785. What was stored is what is hashed; nothing is ever
hashed by serialising it a second time.
"""

import hashlib
import json
from dataclasses import field, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_ADDED: Final = "added"
_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""What is JSON as it is: asked first, since nearly every value is of these types."""


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
    return value if type(value) in _PLAIN else _converted(value)  # type: ignore[return-value]


def _converted(value: object) -> Json:
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value):
        return members_of(value)
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, int):
        return value
    raise TypeError(f"no canonical form for {type(value).__name__}")


def members_of(value: Any) -> dict[str, Json]:  # noqa: ANN401 - any dataclass
    """A dataclass's fields as JSON values, without the added ones that have their default."""
    kind: Any = type(value)
    always, added_later = _written(kind)
    members = {name: to_json(getattr(value, name)) for name in always}
    for name, default in added_later:
        member = getattr(value, name)
        if member is not default and member != default:
            members[name] = to_json(member)
    return members


@cache
def _written(kind: type[Any]) -> tuple[tuple[str, ...], tuple[tuple[str, object], ...]]:
    """The fields of a dataclass that are always written, and the others with their defaults."""
    every = fields(kind)
    later = tuple((each.name, each.default) for each in every if each.metadata.get(_ADDED))
    return tuple(each.name for each in every if not each.metadata.get(_ADDED)), later


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
