"""Random histories together with what they mean, worked out without git.

A file is a row of slots far enough apart that git merges changes of different slots by itself, and
every value is used once, so that two sides never make the same change. With that a merge is a few
lines of Python, and no line of it is shared with what is tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.bot.clone.book import Book

SLOTS = 3
State: TypeAlias = dict[str, tuple[int, ...]]
"""Files, and the values in their slots."""
Effect: TypeAlias = dict[str, tuple[tuple[int, ...] | None, tuple[int, ...] | None]]


def rendered(state: State) -> dict[str, str]:
    """The files as they are written; no two of them look alike."""
    return {
        path: "".join(
            f"value {value}\n" + "".join(f"{path} {slot} {line}\n" for line in range(8))
            for slot, value in enumerate(values)
        )
        for path, values in state.items()
    }


def merged(old: State, one: State, other: State) -> State | None:
    """The merge of two states with this ancestor, or None where they conflict."""
    result: State = {}
    for path in {*old, *one, *other}:
        before, left, right = old.get(path), one.get(path), other.get(path)
        if right in (left, before):
            chosen = left
        elif left == before:
            chosen = right
        elif before is None or left is None or right is None:
            return None
        else:
            slots = [_slot(*values) for values in zip(before, left, right, strict=True)]
            if None in slots:
                return None
            chosen = tuple(slot for slot in slots if slot is not None)
        if chosen is not None:
            result[path] = chosen
    return result


def _slot(before: int, left: int, right: int) -> int | None:
    if right in (left, before):
        return left
    return right if left == before else None


def effect(old: State, new: State) -> Effect:
    """What changed, file by file."""
    pairs = {path: (old.get(path), new.get(path)) for path in {*old, *new}}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(slots=True)
class World:
    """A base and a branch, whose commits are positions in `book`."""

    book: Book = field(default_factory=Book)
    states: list[State] = field(default_factory=list)
    base: list[int] = field(default_factory=list)
    """The first parents of the base branch, oldest first."""
    branch: list[int] = field(default_factory=list)
    """Every tip that the branch ever had."""
    _values: int = 0

    def __post_init__(self) -> None:
        start = {path: tuple(self.value() for _ in range(SLOTS)) for path in ("a", "b", "c")}
        self.base.append(self.commit((), start))
        self.branch.append(self.base[0])

    def value(self) -> int:
        """A value that was never used before."""
        self._values += 1
        return self._values

    def commit(self, parents: Iterable[int], state: State) -> int:
        """A commit with that state."""
        self.states.append(state)
        return self.book.commit(tuple(parents), rendered(state), f"Commit {len(self.states)}")

    def changed(self, at: int, path: str, slot: int) -> State:
        """The state at a commit with a new value in one slot; a file that is not there is made."""
        values = list(self.states[at].get(path) or [self.value() for _ in range(SLOTS)])
        values[slot] = self.value()
        return self.states[at] | {path: tuple(values)}

    def ancestors(self, at: int) -> frozenset[int]:
        """The commit and all before it."""
        found, coming = set(), [at]
        while coming:
            each = coming.pop()
            if each not in found:
                found.add(each)
                coming.extend(self.book.leaves[each].parents)
        return frozenset(found)

    def fork(self, one: int, other: int) -> int | None:
        """The best common ancestor, if there is exactly one."""
        common = self.ancestors(one) & self.ancestors(other)
        best = [each for each in common if not any(self._before(each, more) for more in common)]
        return best[0] if len(best) == 1 else None

    def _before(self, one: int, other: int) -> bool:
        return one != other and one in self.ancestors(other)

    def work(self, at: int) -> Effect | None:
        """What a commit changes since it left the base."""
        fork = self.fork(self.base[-1], at)
        return None if fork is None else effect(self.states[fork], self.states[at])

    def landed(self, at: int) -> State | None:
        """What the base would hold if the commit were merged."""
        return self.merge(self.base[-1], at)

    def merge(self, one: int, other: int) -> State | None:
        """The merge of two commits, or None if they conflict or were merged crosswise."""
        fork = self.fork(one, other)
        if fork is None:
            return None
        return merged(self.states[fork], self.states[one], self.states[other])

    def holds(self, head: int, reviewed: int) -> bool:
        """Whether the head holds exactly what was reviewed, by the two rules, without git."""
        seen = self.work(reviewed)
        at: int | None = head
        while at is not None:
            if at == reviewed or (seen and self.work(at) == seen):
                return True
            at = self._updated(at)
        return False

    def _updated(self, at: int) -> int | None:
        parents = self.book.leaves[at].parents
        of_base = self.ancestors(self.base[-1])
        own = [parent for parent in parents if parent not in of_base]
        clean = len(parents) == 2 and len(own) == 1 and self.merge(*parents) == self.states[at]
        return own[0] if clean else None
