"""One byte string for one value: what digests, signatures and replays are made over.

The form is JSON with sorted keys, no white space, UTF-8 and no floating-point numbers: on the
values used here the same bytes as RFC 8785. What was stored is what is hashed; nothing is ever
hashed by serialising it a second time.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


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
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("no canonical form for a datetime without a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical_bytes(value: object) -> bytes:
    """The one byte string for `value`."""
    return json.dumps(
        to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(data: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 of `data`, as `sha256sum` would print it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
