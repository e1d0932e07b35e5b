"""What a value must satisfy beyond its type, written beside it: `Annotated[int, AtLeast(1)]`.

Beside a type may also stand in which shorter way its values may be written.
"""

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from warden_policies.canonical import Json
from warden_policies.problem import Path
from warden_policies.text import quoted


@runtime_checkable
class Constraint(Protocol):
    """Looks at a value of the right type and tells what is wrong with it, and where inside it."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Each complaint with the path from the value to the culprit; none when all is well."""
        ...


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number is not below `least`."""

    least: int

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about a smaller number."""
        if isinstance(value, int) and value < self.least:
            yield (), f"expected at least {self.least}, got {value}"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"minimum": self.least}


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value is exactly one of `allowed`: how a document names its version."""

    allowed: tuple[str | int, ...]

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if value not in self.allowed:
            expected = " or ".join(map(str, self.allowed))
            yield (), f"expected {expected}, got {quoted(str(value))}"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"enum": list(self.allowed)}


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """A list has an item, a text a character: asking for nothing is a mistake, not a pass."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about emptiness."""
        if isinstance(value, Sized) and not len(value):
            yield (), "must not be empty"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it, whichever of both it is."""
        return {"minItems": 1, "minLength": 1}


@dataclass(frozen=True, slots=True)
class Unique:
    """A list does not say the same thing twice."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about each repetition, at its place in the list."""
        seen: set[object] = set()
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if item in seen:
                yield (index,), "the same entry stands further up already"
            seen.add(item)

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"uniqueItems": True}


@dataclass(frozen=True, slots=True)
class Given:
    """Of these keys of a mapping at least one is given."""

    keys: tuple[str, ...]

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain when none says anything."""
        if all(getattr(value, key) in (None, ()) for key in self.keys):
            yield (), f"expected at least one of {', '.join(map(quoted, self.keys))}"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"anyOf": [{"required": [key]} for key in self.keys]}


@runtime_checkable
class Schematic(Protocol):
    """A constraint that JSON Schema can express, or a part of it."""

    def schema(self) -> Mapping[str, Json]:
        """Keywords that no value breaks which the constraint allows."""
        ...


@runtime_checkable
class Spelling(Protocol):
    """A shorter way to write a value; it is written out before the value is read."""

    def expand(self, value: object) -> object:
        """The value as its type wants it, or as it was."""
        ...

    def shorter(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:
        """The JSON Schema of the shorter way, by that of the value written out."""
        ...


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Instead of a mapping the value of this one key may stand alone: `bob` for `{by: bob}`."""

    key: str

    def expand(self, value: object) -> object:
        """The mapping."""
        return value if isinstance(value, dict) else {self.key: value}

    def shorter(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:
        """What the value of the key may be."""
        properties = schema.get("properties")
        found = properties.get(self.key) if isinstance(properties, dict) else None
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class OneAlone:
    """Instead of a list of one its item may stand alone."""

    def expand(self, value: object) -> object:
        """The list."""
        return value if isinstance(value, list) else [value]

    def shorter(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:
        """What an item may be."""
        found = schema.get("items")
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class NumberAsText:
    """A whole number is taken for the text that spells it."""

    def expand(self, value: object) -> object:
        """The text."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def shorter(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:  # noqa: ARG002 - any
        """A whole number."""
        return {"type": "integer"}
