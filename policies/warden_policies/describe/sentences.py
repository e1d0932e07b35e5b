"""Sentences about the nodes of a policy, in whatever language it was written."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from textwrap import wrap
from typing import Any, Final

from warden_policies.policy import Combine, Group, Node, Question
from warden_policies.predicates import PREDICATES
from warden_policies.text import listed, plain

_WIDTH = 88
_ALL: Final = frozenset({Combine.ALL, Combine.POLICY_BOT_IF, Combine.POLICY_BOT_CONDITIONS})


def parts(node: Node) -> tuple[Node, ...]:
    """What stands side by side in a node, one within the other or not, if all of it must hold."""
    if isinstance(node, Group) and node.combine in _ALL:
        return tuple(part for member in node.members for part in parts(member))
    return (node,)


def clause(node: Node) -> str:
    """A node of a condition as words that go on after "when"."""
    if isinstance(node, Question):
        return asked(node)
    inner = [clause(member) for member in node.members]
    if node.combine is Combine.NOT:
        return f"it is not so that {inner[0]}"
    if len(inner) == 1:
        return inner[0]
    if node.combine is Combine.ANY:
        return f"(either {' or '.join(inner)})"
    return f"({' and '.join(inner)})"


def asked(question: Question) -> str:
    """What a question asks, in its predicate's words or, when it has none, in its arguments'."""
    predicate = PREDICATES[question.predicate]
    if predicate.describe:
        return predicate.describe(question.arguments)
    return by_arguments(predicate.name, question.arguments)


def by_arguments(name: str, arguments: object) -> str:
    """`head branches: fix/*`: a question as it is written, for want of better words."""
    return f"{name.replace('_', ' ')}: {_spelled(arguments)}"


def _spelled(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "yes", False: "no"}[value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return listed(map(_spelled, value), 50)
    if is_dataclass(value):
        return " and ".join(_members(value)) or "as it is"
    return plain(str(value))


def _members(value: Any) -> Iterator[str]:  # noqa: ANN401 - any dataclass
    """The fields that say something other than what is so anyway."""
    for field in fields(value):
        member = getattr(value, field.name)
        if field.default is MISSING or member != field.default:
            yield f"{field.name.replace('_', ' ')} {_spelled(member)}"


def bullet(text: str, indent: str = "  ") -> list[str]:
    """The lines of an item of a list."""
    return wrap(text, _WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  ")


def wrapped(text: str, indent: str = "") -> list[str]:
    """The lines of a paragraph."""
    return wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
