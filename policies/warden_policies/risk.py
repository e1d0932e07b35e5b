"""How risky a change is: a score made of what can be seen in it, with every reason.

Nothing is learned or guessed: the same change has the same score wherever it is worked out, and
whoever reads the factors can add them up again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from warden_policies.files import changed_paths, named
from warden_policies.globs import matcher
from warden_policies.memo import per_change
from warden_policies.model import AccountKind, Change, Commit
from warden_policies.risk_weights import (
    BY_AGENTS,
    CODE_ENDINGS,
    HIGHEST,
    LARGEST_SIZE,
    PATH_WEIGHTS,
    TEST_WORDS,
    UNTESTED,
    PathWeight,
)
from warden_policies.text import amount

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Tier(StrEnum):
    """How risky, in one word, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def least(self) -> int:
        """The lowest score of this tier."""
        return {Tier.LOW: 0, Tier.MEDIUM: 20, Tier.HIGH: 50, Tier.CRITICAL: 80}[self]


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason, and the points for it."""

    name: str
    points: int
    seen: str
    """What of the change it is about."""

    def __str__(self) -> str:
        """`+20 authentication, cryptography or payments: payments/fee.py`."""
        return f"+{self.points} {self.name}: {self.seen}"


@dataclass(frozen=True, slots=True)
class Risk:
    """The points of all factors together, at most 100."""

    factors: tuple[Factor, ...]

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return min(HIGHEST, sum(factor.points for factor in self.factors))

    @property
    def tier(self) -> Tier:
        """The highest tier that the score reaches."""
        return max((tier for tier in Tier if self.score >= tier.least), key=lambda tier: tier.least)


@per_change
def risk_of(change: Change) -> Risk:
    """The risk of a change.

    Raises:
        NotRecorded: the changed files are not known.
    """
    paths = changed_paths(change)
    return Risk((*_size(change), *_sorts(paths), *_untested(paths), *_agents(change.commits)))


def _size(change: Change) -> Iterator[Factor]:
    """One point each time that the number of lines doubles."""
    lines = change.additions + change.deletions
    points = min(LARGEST_SIZE, max(lines, 1).bit_length() - 1)
    if points:
        yield Factor("size", points, amount(lines, "line"))


def _sorts(paths: Sequence[str]) -> Iterator[Factor]:
    for weight in PATH_WEIGHTS:
        found = [path for path in paths if _is_of(weight, path)]
        folders = {path.rpartition("/")[0] for path in found}
        if found:
            points = weight.points * min(len(folders), weight.at_most)
            yield Factor(weight.name, points, named(found, 2))


def _is_of(weight: PathWeight, path: str) -> bool:
    if weight.words and not weight.words.isdisjoint(_words_in(path)):
        return True
    return bool(weight.globs and matcher(weight.globs)(path.lower()))


@lru_cache(maxsize=4096)
def _words_in(path: str) -> frozenset[str]:
    """`src/PaymentService.java` has the words src, payment, service and java."""
    return frozenset(word.lower() for word in _WORD.findall(path))


def _untested(paths: Sequence[str]) -> Iterator[Factor]:
    code = [path for path in paths if path.lower().endswith(CODE_ENDINGS)]
    if code and all(TEST_WORDS.isdisjoint(_words_in(path)) for path in paths):
        yield Factor("code without a change to its tests", UNTESTED, named(code, 2))


def _agents(commits: Sequence[Commit]) -> Iterator[Factor]:
    theirs = sum(map(_by_agent, commits))
    if 2 * theirs > len(commits):
        seen = f"{theirs} of {amount(len(commits), 'commit')}"
        yield Factor("written mostly by agents", BY_AGENTS, seen)


def _by_agent(commit: Commit) -> bool:
    author = commit.authors[0].person if commit.authors else None
    return bool(commit.operators) or (author is not None and author.kind is AccountKind.BOT)
