"""Whose commits the change is made of, and how each of them had a hand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change, Commit, Person, Signature
from warden_policies.prove.formula import (
    Formula,
    Is,
    Values,
    either,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.parts.cast import Cast

HEAD: Final = "7be01d4".ljust(40, "0")
BASE: Final = "ba5e000".ljust(40, "0")


class Hand(IntEnum):
    """How an account other than the opener's had a hand in the change."""

    NONE = 0
    AUTHOR = 1
    CO_AUTHOR = 2
    """It is named in a `Co-authored-by` line of the opener's commit."""
    COMMITTER = 3
    """It committed what the opener wrote."""
    SIDE = 4
    """It wrote a commit that came in with a merge of a side branch."""


_STRANGER: Final = "stranger.commit"
_NO_COMMIT: Final = "0.no commit"


@dataclass(frozen=True)
class Commits:
    """Commits by the opener unless the values say otherwise, by others, and by nobody known."""

    cast: Cast
    gaps: tuple[str, ...] = ()

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For each other account the kind of its hand; whether the opener and a stranger commit."""
        others = {f"{who}.hand": len(Hand) for who in self._others}
        return {_NO_COMMIT: 2, _STRANGER: 2, **others}

    @property
    def _others(self) -> range:
        return self.cast.everybody[1:]

    @cached_property
    def always(self) -> Formula:
        """There is a commit, and whoever is named in the opener's needs one of the opener's."""
        needs_opener = (Hand.CO_AUTHOR, Hand.COMMITTER, Hand.SIDE)
        leaning = (Is(f"{who}.hand", hand) for who in self._others for hand in needs_opener)
        own = [Is(f"{who}.hand", Hand.AUTHOR) for who in self._others]
        return every(
            (
                either(self.opener_commits, self.has_unknown, *own),
                *(implies(hand, self.opener_commits) for hand in leaning),
            )
        )

    @property
    def opener_commits(self) -> Formula:
        """The opener wrote a commit."""
        return no(flag(_NO_COMMIT))

    @property
    def has_unknown(self) -> Formula:
        """Some commit has an author that no account stands for."""
        return flag(_STRANGER)

    def has_hand(self, who: int, hand: Hand) -> Formula:
        """The account had just this hand in the change."""
        return Is(f"{who}.hand", hand)

    def contributes(self, who: int) -> Formula:
        """The account opened the change or had any hand in it."""
        return some((no(Is(f"{who}.hand", Hand.NONE)),)) if who else every(())

    def draw(self, values: Values, change: Change) -> Change:
        """The commits, each on top of the one before; the last one is the head."""
        line = list(self._line(values))
        side = [commit for commit in map(self._side(values), self._others) if commit]
        named = [
            replace(commit, sha=_sha(number, len(line)), parents=(_sha(number - 1, len(line)),))
            for number, commit in enumerate(line, 1)
        ]
        if side:
            head = named[-1]
            named[-1] = replace(head, parents=(*head.parents, *(commit.sha for commit in side)))
        return replace(change, head_sha=HEAD, base_sha=BASE, commits=(*side, *named))

    def _line(self, values: Values) -> Iterator[Commit]:
        hands = {who: Hand(values.get(f"{who}.hand", 0)) for who in self._others}
        opener = self.cast.person(0, values)

        def those(hand: Hand) -> Iterator[Person]:
            return (self.cast.person(who, values) for who, how in hands.items() if how is hand)

        for person in those(Hand.AUTHOR):
            yield _commit(person)
        if values.get(_STRANGER):
            yield _commit(None)
        for person in those(Hand.COMMITTER):
            yield replace(_commit(opener), committer=_signature(person))
        if not values.get(_NO_COMMIT):
            yield _commit(opener, *those(Hand.CO_AUTHOR))

    def _side(self, values: Values) -> "Side":
        return Side(self.cast, values)


@dataclass(frozen=True, slots=True)
class Side:
    """Makes the commit of an account whose work came in from a side branch."""

    cast: Cast
    values: Values

    def __call__(self, who: int) -> Commit | None:
        """The commit, or None when the account had no such hand in the change."""
        if self.values.get(f"{who}.hand") != Hand.SIDE:
            return None
        person = self.cast.person(who, self.values)
        return replace(_commit(person), sha=f"51de{who:03}".ljust(40, "0"), parents=(BASE,))


def _sha(number: int, last: int) -> str:
    """The name of a commit on the line, by its number; 0 is the base."""
    if number in (0, last):
        return HEAD if number else BASE
    return f"c0{number:05}".ljust(40, "0")


def _commit(*authors: Person | None) -> Commit:
    return Commit("", tuple(map(_signature, authors)), committer=None)


def _signature(person: Person | None) -> Signature:
    return Signature(f"{person.login if person else 'nobody'}@example.org", person)
