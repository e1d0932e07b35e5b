"""What is wrong with data that came from outside: every problem, where it is, all at once."""

from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.text import plain

Path: TypeAlias = tuple[str | int, ...]
"""The way from a document's root to a value: names in mappings, positions in lists."""

MAX_PROBLEMS = 100
"""More than anybody reads; a hostile document must not cost more than a broken one."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text: line and column, both from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with what was expected.

    `at_key` says that the name is wrong, not the value under it; `mark` is known once somebody
    who has the text has looked the path up.
    """

    path: Path
    message: str
    at_key: bool = False
    mark: Mark | None = None

    def __str__(self) -> str:
        """`12:5: change.reviews[0].state: message`, as far as it is known."""
        place = f"{self.mark.line}:{self.mark.column}: " if self.mark else ""
        path = f"{dotted(self.path)}: " if self.path else ""
        return f"{place}{path}{self.message}"


def dotted(path: Path) -> str:
    """`change.reviews[0].state`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{plain(part)}" for part in path)
    return "".join(parts).removeprefix(".")


class InvalidData(ValueError):
    """Data from outside is not what it must be. `problems` names every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Problems:
    """Collects problems while a document is read, and stops collecting at `MAX_PROBLEMS`."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    @property
    def full(self) -> bool:
        """Whether reading on is of no more use."""
        return len(self._found) >= MAX_PROBLEMS

    def add(self, path: Path, message: str, *, at_key: bool = False) -> None:
        """Note one problem; beyond the limit it is dropped."""
        if not self.full:
            self._found.append(Problem(path, message, at_key))

    def all(self) -> tuple[Problem, ...]:
        """Everything noted, in the order of reading."""
        return tuple(self._found)
