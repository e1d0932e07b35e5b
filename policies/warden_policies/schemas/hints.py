"""JSON Schema (2020-12) of the types that `readers` reads, from the same hints and constraints.

A schema allows all that the reader allows. It may allow more, where a constraint cannot be said in
JSON Schema: editors help with it, and the reader decides.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from warden_policies.canonical import Json
from warden_policies.constraints import Schematic, Spelling

Schema: TypeAlias = dict[str, Json]

_SCALARS: Final[Mapping[object, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}
_FIELDS = re.compile(r"(`\w+`(?:(?:, | and )`\w+`)*): ")


class Definitions:
    """Makes schemas; each dataclass is defined once, and referred to."""

    def __init__(self) -> None:
        self.made: dict[str, Json] = {}
        self._kinds: dict[str, object] = {}

    def of(self, kind: object) -> Schema:
        """The schema of a `kind`.

        Raises:
            TypeError: `kind` is not one that is known here, a fault of the program.
        """
        origin, inside = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(inside[0], inside[1:])
        if origin in (Union, UnionType):
            (present,) = (choice for choice in inside if choice is not NoneType)
            return {"anyOf": [self.of(present), {"type": "null"}]}
        if origin is tuple:
            return {"type": "array", "items": self.of(inside[0])}
        if origin is Mapping:
            names = {"propertyNames": self.of(inside[0])}
            return {"type": "object", **names, "additionalProperties": self.of(inside[1])}
        return self._plain(kind)

    def _plain(self, kind: object) -> Schema:
        if isinstance(kind, type) and is_dataclass(kind):
            return self._reference(kind)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"enum": [member.value for member in kind]}
        if kind in _SCALARS:
            return dict(_SCALARS[kind])
        raise TypeError(f"no JSON Schema for {kind}")

    def _annotated(self, kind: object, beside: tuple[object, ...]) -> Schema:
        schema = self.of(kind)
        for constraint in beside:
            if isinstance(constraint, Schematic):
                schema = _both(schema, dict(constraint.schema()))
        for spelling in beside:
            if isinstance(spelling, Spelling):
                shorter = dict(spelling.shorter(self._written_out(schema)))
                schema = {"anyOf": [shorter, schema]}
        return schema

    def _written_out(self, schema: Schema) -> Mapping[str, Json]:
        """What a schema says that may be a mere reference."""
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        made = self.made.get(name)
        return made if isinstance(made, dict) else schema

    def _reference(self, kind: type[Any]) -> Schema:
        name = kind.__name__
        if self._kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"two types are named {name}")
        if name not in self.made:
            self.made[name] = {}  # for types that hold their own kind
            self.made[name] = self._record(kind)
        return {"$ref": f"#/$defs/{name}"}

    def _record(self, kind: type[Any]) -> Schema:
        hints = get_type_hints(kind, include_extras=True)
        text = inspect.cleandoc(kind.__doc__ or "")
        notes = dict(_notes(text))
        properties: dict[str, Json] = {}
        for field in fields(kind):
            note: Schema = {"description": notes[field.name]} if field.name in notes else {}
            value: object = field.default
            default: Schema = {"default": value} if isinstance(value, bool | int | str) else {}
            properties[field.name] = {**self.of(hints[field.name]), **default, **note}
        required: list[Json] = [
            field.name
            for field in fields(kind)
            if field.default is MISSING and field.default_factory is MISSING
        ]
        return {
            "description": " ".join(text.split()),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


_FOR: Final = {"minItems": "array", "minLength": "string"}


def _both(one: Schema, other: Schema) -> Schema:
    """Both at once, without keywords that say nothing of such a value."""
    kind = one.get("type")
    fitting = {key: value for key, value in other.items() if _FOR.get(key, kind) == kind}
    if one.keys() & fitting.keys():
        return {"allOf": [one, fitting]}
    return {**one, **fitting}


def _notes(text: str) -> Iterator[tuple[str, str]]:
    """What a docstring says of single fields: `count`: how many people must have approved."""
    heads = list(_FIELDS.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        note = " ".join(text[head.end() : end].split()).rstrip(" .;,")
        for name in re.findall(r"`(\w+)`", head[1]):
            yield name, note
