"""The types that `readers` reads, in the words of somebody who writes YAML: for the reference."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from warden_policies.actors import AccountName, TeamName
from warden_policies.constraints import OneAlone, Shorthand
from warden_policies.globs import GlobText


def table(record: type) -> Iterator[str]:
    """A table of the fields of a dataclass, in Markdown."""
    hints = get_type_hints(record, include_extras=True)
    yield from ("| argument | value | default |", "|---|---|---|")
    for field in fields(record):
        yield f"| `{field.name}` | {in_words(hints[field.name])} | {_default(field)} |"


def records_in(hints: Iterable[object]) -> Iterator[type]:
    """The records in these types, and those in their fields."""
    for record in _outer_records(hints):
        yield record
        yield from records_in(get_type_hints(record, include_extras=True).values())


def _default(field: "Field[Any]") -> str:
    if field.default is MISSING:
        return "required"
    if field.default is None or field.default == ():
        return "none"
    if isinstance(field.default, bool | StrEnum):
        return f"`{str(field.default).lower()}`"
    kind: Callable[[], object] = type(field.default)
    empty = is_dataclass(field.default) and field.default == kind()
    return f"`{kind.__name__}()`" if empty else f"`{field.default!r}`"


_WORDS: Final[Mapping[object, str]] = {
    int: "whole number",
    str: "text",
    bool: "`true` or `false`",
    datetime: "time with its zone, such as `2026-11-23T14:02:00Z`",
}


_CONSTRAINED: Final[Mapping[type, str]] = {
    GlobText: "globs",
    AccountName: "accounts",
    TeamName: "teams",
}


def in_words(hint: object) -> str:
    """A type in the words of somebody who writes YAML."""
    composed = _COMPOSED.get(get_origin(hint))
    if composed:
        return composed(*get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " or ".join(f"`{member.value}`" for member in hint)
    if isinstance(hint, type) and hint.__name__.endswith("Words"):
        return f"[{short_name(hint)}](#{short_name(hint).lower()})"
    return _WORDS.get(hint) or f"`{getattr(hint, '__name__', hint)}`"


def _annotated(hint: object, *beside: object) -> str:
    """Some constraints have a name, and some values a shorter way to be written."""
    named = next(filter(None, (_CONSTRAINED.get(type(each)) for each in beside)), None)
    short = next((each.key for each in beside if isinstance(each, Shorthand)), None)
    alone = f", or its `{short}` alone" if short else ", or an item alone" * (OneAlone() in beside)
    return f"{named or in_words(hint)}{alone}"


def _either(*hints: object) -> str:
    return " or ".join(in_words(part) for part in hints if part is not type(None))


_COMPOSED: Final[Mapping[object, Callable[..., str]]] = {
    Annotated: _annotated,
    Union: _either,
    UnionType: _either,
    tuple: lambda item, *_: f"list of {in_words(item)}",
    Mapping: lambda key, value: f"mapping of {in_words(key)} to {in_words(value)}",
}


def _outer_records(hints: Iterable[object]) -> Iterator[type]:
    for hint in hints:
        if isinstance(hint, type) and is_dataclass(hint):
            yield hint
        else:
            yield from _outer_records(get_args(hint))


def short_name(record: type) -> str:
    """What a dataclass of words is called: `File` for `FileWords`."""
    return record.__name__.removesuffix("Words")
