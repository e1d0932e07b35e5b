"""Whose commits the change is made of, and how each of them had a hand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change, Commit, Person, Signature
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    Values,
    both,
    either,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.parts.cast import Cast
from warden_policies.prove.parts.signing import Key, Signing

HEAD: Final = "7be01d4".ljust(40, "0")
BASE: Final = "ba5e000".ljust(40, "0")
NEW_BASE: Final = "ba5e111".ljust(40, "0")


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
    UPDATE = 5
    """It merged the base branch into this one, on github.com."""


_OWN: Final = (Hand.AUTHOR, Hand.COMMITTER, Hand.SIDE, Hand.UPDATE)
"""Those that come with a commit for the account."""


_STRANGER: Final = "stranger.commit"
_NO_COMMIT: Final = "0.no commit"


@dataclass(frozen=True)
class Commits:
    """Commits by the opener unless the values say otherwise, by others, and by nobody known."""

    cast: Cast
    signing: Signing
    gaps: tuple[str, ...] = ()

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For each other account the kind of its hand; whether the opener and a stranger commit."""
        others = {f"{who}.hand": len(Hand) for who in self._others}
        return {_NO_COMMIT: 2, _STRANGER: 2, **others, **self.signing.sizes}

    @property
    def _others(self) -> range:
        return self.cast.everybody[1:]

    @cached_property
    def always(self) -> Formula:
        """There is a commit, and whoever leans on the opener's needs one of the opener's."""
        alone = (Hand.NONE, Hand.AUTHOR)
        leaning = (
            Is(f"{who}.hand", hand) for who in self._others for hand in Hand if hand not in alone
        )
        own = [Is(f"{who}.hand", Hand.AUTHOR) for who in self._others]
        web = (
            implies(Is(f"{who}.hand", Hand.COMMITTER), no(self.signing.on_web(who)))
            for who in self._others
        )
        updates = (
            implies(both(self.is_update(who), self.signing.early(who)), self.signing.early(0))
            for who in self._others
        )
        return every(
            (
                either(self.opener_commits, self.has_unknown, *own),
                *(implies(hand, self.opener_commits) for hand in leaning),
                *web,
                *updates,
                self.signing.always,
            )
        )

    @property
    def opener_commits(self) -> Formula:
        """The opener wrote a commit."""
        return no(flag(_NO_COMMIT))

    @property
    def head_is_late(self) -> Formula:
        """The head was pushed after what was said early."""
        return some(
            both(self.on_line(key), no(self.signing.early(key))) for key in self.signing.keys
        )

    @property
    def has_unknown(self) -> Formula:
        """Some commit has an author that no account stands for."""
        return flag(_STRANGER)

    def has_hand(self, who: int, hand: Hand) -> Formula:
        """The account other than the opener's had just this hand in the change."""
        return Is(f"{who}.hand", hand)

    def exists(self, key: Key) -> Formula:
        """There is the commit of this key."""
        if key is None:
            return self.has_unknown
        if key == 0:
            return self.opener_commits
        return some(Is(f"{key}.hand", hand) for hand in _OWN)

    def on_line(self, key: Key) -> Formula:
        """There is the commit of this key, and it did not come in with a side branch."""
        return both(self.exists(key), no(self._is(key, Hand.SIDE)))

    def is_update(self, key: Key) -> Formula:
        """The commit of this key merges the base branch."""
        return self._is(key, Hand.UPDATE)

    def on_web(self, key: Key) -> Formula:
        """The commit of this key was made on github.com, so that nobody is its committer."""
        return either(self.is_update(key), self.signing.on_web(key))

    def _is(self, key: Key, hand: Hand) -> Formula:
        return Is(f"{key}.hand", hand) if key else FALSE

    def has_user(self, key: Key, who: int) -> Formula:
        """The account is the author or committer of the commit of this key."""
        return both(
            self.exists(key), either(self.written_by(key, who), TRUE if who == key else FALSE)
        )

    def written_by(self, key: Key, who: int) -> Formula:
        """The commit of this key, if there is one, has this account as its author."""
        if key is None:
            return FALSE
        for_opener = Is(f"{key}.hand", Hand.COMMITTER) if key else TRUE
        return either(for_opener if who == 0 else FALSE, no(for_opener) if who == key else FALSE)

    def contributes(self, who: int) -> Formula:
        """The account opened the change or had any hand in it."""
        return some((no(Is(f"{who}.hand", Hand.NONE)),)) if who else every(())

    def draw(self, values: Values, change: Change) -> Change:
        """The commits, the early ones first, each on top of the one before, up to the head."""
        now = change.evaluated_at
        made = [
            (key, self.signing.made(commit, key, values, now)) for key, commit in self._line(values)
        ]
        made.sort(key=lambda each: not self.signing.is_early(each[0], values))
        side = tuple(
            self.signing.made(commit, key, values, now) for key, commit in self._side(values)
        )
        line = [
            replace(
                commit, sha=_sha(at, len(made)), parents=(_sha(at - 1, len(made)), *commit.parents)
            )
            for at, (_, commit) in enumerate(made, 1)
        ]
        merged = [
            replace(commit, parents=(*commit.parents, *(one.sha for one in side)))
            if key == 0
            else commit
            for (key, _), commit in zip(made, line, strict=True)
        ]
        return replace(change, head_sha=HEAD, base_sha=BASE, commits=(*side, *merged))

    def _line(self, values: Values) -> Iterator[tuple[Key, Commit]]:
        opener = self.cast.person(0, values)
        for who in self._those(Hand.AUTHOR, values):
            yield who, _commit(self.cast.person(who, values))
        if values.get(_STRANGER):
            yield None, _commit(None)
        for who in self._those(Hand.COMMITTER, values):
            committer = _signature(self.cast.person(who, values))
            yield who, replace(_commit(opener), committer=committer)
        if not values.get(_NO_COMMIT):
            others = (self.cast.person(who, values) for who in self._those(Hand.CO_AUTHOR, values))
            yield 0, _commit(opener, *others)
        for who in self._those(Hand.UPDATE, values):
            merge = replace(_commit(self.cast.person(who, values)), committer=None, on_web=True)
            yield who, replace(merge, parents=(NEW_BASE,))

    def _side(self, values: Values) -> Iterator[tuple[Key, Commit]]:
        for who in self._those(Hand.SIDE, values):
            commit = _commit(self.cast.person(who, values))
            yield who, replace(commit, sha=f"51de{who:03}".ljust(40, "0"), parents=(BASE,))

    def _those(self, hand: Hand, values: Values) -> Iterator[int]:
        return (who for who in self._others if values.get(f"{who}.hand") == hand)


def _sha(number: int, last: int) -> str:
    """The name of a commit on the line, by its number; 0 is the base."""
    if number in (0, last):
        return HEAD if number else BASE
    return f"c0{number:05}".ljust(40, "0")


def _commit(*authors: Person | None) -> Commit:
    return Commit("", tuple(map(_signature, authors)), committer=_signature(authors[0]))


def _signature(person: Person | None) -> Signature:
    return Signature(f"{person.login if person else 'nobody'}@example.org", person)
