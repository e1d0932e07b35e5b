"""The only place that words a whole policy: what it asks of a change, in plain sentences.

The words for a single question come from its predicate; here they are put together, whatever the
predicates are. A requirement becomes a heading, the sentence that says when it applies, and a list
of what is needed then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from textwrap import wrap
from typing import Any, Final

from warden_policies.policy import Combine, Group, Node, Policy, Question, questions
from warden_policies.predicates import PREDICATES
from warden_policies.text import listed, plain

_WIDTH = 88
_ALL: Final = frozenset(
    {Combine.ALL, Combine.POLICY_BOT_AND, Combine.POLICY_BOT_IF, Combine.POLICY_BOT_CONDITIONS}
)
_ANY: Final = frozenset({Combine.ANY, Combine.POLICY_BOT_OR})


def described(policy: Policy) -> str:
    """What the policy asks, as lines for a terminal; nothing in it is more than plain text."""
    return "".join(f"{line}\n" for line in _lines(policy))


def _lines(policy: Policy) -> Iterator[str]:
    requirements = policy.requirements
    yield from _wrapped(_headline(len(requirements)))
    for requirement in requirements:
        yield from ("", plain(requirement.name))
        yield from _requirement(requirement)
    if policy.root.distinct:
        yield from ("", "Different people")
        yield from (line for names in policy.root.distinct for line in _bullet(_apart(names)))
    yield from ("", "What never counts")
    yield from (line for sentence in _never(policy) for line in _bullet(f"{sentence}."))
    if policy.observe_until:
        until = f"{policy.observe_until:%Y-%m-%d %H:%M} UTC"
        yield ""
        yield from _wrapped(f"Until {until} this only observes: it says its verdict, stops nobody.")


def _headline(count: int) -> str:
    if count == 1:
        return "This policy has one requirement. A change to which it does not apply is blocked."
    return (
        f"This policy has {count} requirements. Each that applies to a change must be met;"
        " a change to which none applies is blocked."
    )


def _requirement(group: Group) -> Iterator[str]:
    *when, required = group.members
    yield from _wrapped(f"{_occasion(when[0]) if when else 'Always'}:", "  ")
    yield from (line for member in _parts(required) for line in _needed(member, "    "))


def _parts(node: Node) -> tuple[Node, ...]:
    """What stands side by side in a node, one within the other or not, if all of it must hold."""
    if isinstance(node, Group) and node.combine in _ALL:
        return tuple(part for member in node.members for part in _parts(member))
    return (node,)


def _occasion(when: Node) -> str:
    """`When ..., unless ...`, or what the condition is otherwise."""
    parts = _parts(when)
    but = [part for part in parts if isinstance(part, Group) and part.combine is Combine.NOT]
    says = [clause(part) for part in parts if part not in but]
    unless = [clause(part.members[0]) for part in but]
    head = f"When {' and '.join(says)}" if says else "Always"
    return f"{head}, unless {' or '.join(unless)}" if unless else head


def clause(node: Node) -> str:
    """A node of a condition as words that go on after "when"."""
    if isinstance(node, Question):
        return asked(node)
    inner = [clause(member) for member in node.members]
    if node.combine is Combine.NOT:
        return f"it is not so that {inner[0]}"
    if len(inner) == 1:
        return inner[0]
    if node.combine in _ANY:
        return f"(either {' or '.join(inner)})"
    return f"({' and '.join(inner)})"


def _needed(node: Node, indent: str) -> Iterator[str]:
    """A node of a requirement as a list item, with what is below it further to the right."""
    if isinstance(node, Question):
        yield from _bullet(asked(node), indent)
        return
    parts = node.members if node.combine in _ANY else _parts(node)
    if len(parts) == 1:
        yield from _needed(parts[0], indent)
        return
    yield from _bullet("one of these:" if node.combine in _ANY else "all of these:", indent)
    yield from (line for part in parts for line in _needed(part, f"{indent}    "))


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


def _apart(names: tuple[str, ...]) -> str:
    return f"Nobody's approval serves two of: {listed(map(plain, names), 50)}."


def _never(policy: Policy) -> Iterator[str]:
    """What the predicates say; for which requirements, unless all that ask alike say the same."""
    asked_in = [(each.name, asks) for each in policy.requirements for asks in questions(each)]
    said: dict[tuple[str, str], list[str]] = {}
    for name, question in asked_in:
        for sentence in _sentences(question):
            said.setdefault((question.predicate, sentence), []).append(plain(name))
    often = Counter(question.predicate for _, question in asked_in)
    for (predicate, sentence), names in said.items():
        where = "" if len(names) == often[predicate] else f" (for {_each_once(names)})"
        yield f"{sentence}{where}"
    yield "What cannot be read or worked out is an error, and an error never passes"


def _each_once(names: Iterable[str]) -> str:
    return listed(dict.fromkeys(names), 50)


def _sentences(question: Question) -> tuple[str, ...]:
    never = PREDICATES[question.predicate].never
    return never(question.arguments) if never else ()


def _bullet(text: str, indent: str = "  ") -> list[str]:
    return wrap(text, _WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
