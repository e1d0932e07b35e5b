"""What a repository asks of every change: a tree of questions, read from one file.

Whatever language a policy was written in, it becomes this tree, and one evaluator walks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Dialect(StrEnum):
    """The languages that a policy may be written in."""

    NATIVE = "native"
    POLICY_BOT = "policy-bot"


class Combine(StrEnum):
    """How the answers under a group become the group's answer; see `combinations`."""

    POLICY = "policy"
    REQUIREMENT = "requirement"
    ALL = "all"
    ANY = "any"
    NOT = "not"
    POLICY_BOT_POLICY = "policy-bot policy"
    POLICY_BOT_RULE = "policy-bot rule"
    POLICY_BOT_IF = "policy-bot if"
    POLICY_BOT_UNLESS = "policy-bot unless"
    POLICY_BOT_CONDITIONS = "policy-bot conditions"
    POLICY_BOT_AND = "policy-bot and"
    POLICY_BOT_OR = "policy-bot or"
    POLICY_BOT_DISAPPROVAL = "policy-bot disapproval"


@dataclass(frozen=True, slots=True)
class Question:
    """One predicate, asked with these arguments (an instance of the predicate's own dataclass)."""

    predicate: str
    arguments: object


@dataclass(frozen=True, slots=True)
class Group:
    """Questions and groups whose answers are combined into one.

    `Combine.REQUIREMENT` has one or two members: when, if that is said, and what is required.
    """

    combine: Combine
    name: str
    members: "tuple[Node, ...]"
    distinct: tuple[tuple[str, ...], ...] = ()
    """For `Combine.POLICY`: requirements that no person may meet two of."""


Node: TypeAlias = Question | Group


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy file. `path` is where it lies in its repository, `digest` its bytes' SHA-256."""

    path: str
    digest: str
    root: Group
    dialect: Dialect = Dialect.NATIVE
    observe_until: datetime | None = None
    """Until then decisions are told and recorded, but stop nobody."""
    unused: tuple[str, ...] = ()
    """Names of rules that stand in the file and are asked nowhere, which only policy-bot takes."""

    @property
    def requirements(self) -> tuple[Group, ...]:
        """What the policy asks by name, each once: requirements, or the rules that are in use."""
        return tuple({group.name: group for group in rules_in(self.root)}.values())


_NAMED = frozenset({Combine.REQUIREMENT, Combine.POLICY_BOT_RULE})


def rules_in(group: Group) -> Iterator[Group]:
    """The requirements or rules under `group`, as often as they are asked."""
    for member in group.members:
        if isinstance(member, Group):
            yield from (member,) if member.combine in _NAMED else rules_in(member)


def questions(node: Node) -> Iterator[Question]:
    """Every question under `node`, in the order of the text."""
    if isinstance(node, Question):
        yield node
        return
    for member in node.members:
        yield from questions(member)


@dataclass(frozen=True, slots=True, order=True)
class PolicyError:
    """One thing that is wrong with a policy file. Lines and columns count from 1.

    Both are None when no place in the text is to blame: the file is missing, say.
    """

    path: str
    line: int | None
    column: int | None
    message: str

    @property
    def place(self) -> str:
        """`.github/changewarden.yml:7:5`."""
        return self.path if self.line is None else f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """`.github/changewarden.yml:7:5: unknown key 'requird', did you mean 'require'?`."""
        return f"{self.place}: {self.message}"


class InvalidPolicy(ValueError):
    """A policy file that cannot be used, with every reason, and the digest of its bytes."""

    def __init__(self, errors: tuple[PolicyError, ...], digest: str | None) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors
        self.digest = digest
