"""What a predicate is, and the table that every predicate enters by being defined.

A predicate answers one question about a change: `(arguments, change) -> Result`. It is one file in
`predicates/`: the type of its arguments is its grammar under `require:`, its docstring its
documentation, its examples its tests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeAlias, TypeVar

from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect

A = TypeVar("A")
Check: TypeAlias = Callable[[A, Change], Result]
Describe: TypeAlias = Callable[[A], str]
Never: TypeAlias = Callable[[A], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Example(Generic[A]):
    """A change on which a predicate's answer is known, word for word."""

    title: str
    arguments: A
    change: Change
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A registered predicate.

    `summary` is the first line of its docstring; `arguments` any type that `codec.read` knows.
    """

    name: str
    summary: str
    arguments: object
    check: Check[Any]
    examples: tuple[Example[Any], ...]
    condition: bool
    """Whether it may stand under `when:` too: its answer is yes or no, and nobody can change it
    by approving."""
    dialect: Dialect
    """The language that it is a word of."""
    describe: Describe[Any] | None = None
    """What is asked, in words that go on after "when" if it is a condition: `the base branch is
    main`; otherwise in words for a list of what is needed: `2 approvals`. One line, no full stop,
    and nothing of the policy's own text but through `text.plain`."""
    never: Never[Any] | None = None
    """What never counts, whatever anybody does: whole sentences, without the full stop."""


_TABLE: dict[str, Predicate] = {}
PREDICATES: Mapping[str, Predicate] = MappingProxyType(_TABLE)
"""Every predicate by name. Complete once `warden_policies.predicates` is imported."""


def predicate(  # noqa: PLR0913 - all that there is to say about one
    name: str,
    *,
    arguments: object,
    examples: tuple[Example[A], ...],
    condition: bool = False,
    dialect: Dialect = Dialect.NATIVE,
    describe: Describe[A] | None = None,
    never: Never[A] | None = None,
) -> Callable[[Check[A]], Check[A]]:
    """Register the decorated function as the predicate `name`.

    Raises:
        ValueError: the name is taken, or the docstring or the examples are missing.
    """

    def register(check: Check[A]) -> Check[A]:
        summary = (check.__doc__ or "").strip().partition("\n")[0]
        _refuse_incomplete(name, summary, examples)
        _TABLE[name] = Predicate(
            name, summary, arguments, check, examples, condition, dialect, describe, never
        )
        return check

    return register


def _refuse_incomplete(name: str, summary: str, examples: tuple[Example[Any], ...]) -> None:
    if name in _TABLE:
        raise ValueError(f"two predicates are named {name!r}")
    if not summary:
        raise ValueError(f"predicate {name!r} needs a docstring: its documentation is made from it")
    if not examples:
        raise ValueError(f"predicate {name!r} needs examples: its tests are made from them")
