"""What a query walks over: a piece of state, and the fields that are not simply its attributes."""

import re
from typing import Any, Final

from warden_bot.sandbox.graphql.context import Info

_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Node:
    """A piece of state as GraphQL shows it.

    A subclass is named after its GraphQL type and has an attribute, or a method taking the
    field's arguments, for each field that is worked out. All others are attributes of `it`.
    """

    __slots__ = ("it",)

    it: Any

    def __init__(self, it: object) -> None:
        self.it = it

    @property
    def database_id(self) -> int:
        """GitHub's number for the thing."""
        return int(self.it.id)

    @property
    def full_database_id(self) -> str:
        """The same as GraphQL's BigInt, which is text."""
        return str(self.it.id)


def resolve_field(source: object, info: Info, **arguments: object) -> object:
    """The value of a field: `headRefOid` is `head_ref_oid` of the node, else of its state."""
    name = _in_python(info.field_name)
    if isinstance(source, Node) and not hasattr(source, name):
        source = source.it
    value = getattr(source, name)
    if not callable(value):
        return value
    return value(info, **{_in_python(key): given for key, given in arguments.items()})


def _in_python(name: str) -> str:
    return _CAPITAL.sub("_", name).lower()


def resolve_type(source: object, *_: object) -> str:
    """The type of a node where the schema allows several."""
    return type(source).__name__
