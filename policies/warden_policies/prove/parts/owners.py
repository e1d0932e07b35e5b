"""To whom the base branch's CODEOWNERS gives the changed files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Is, Values, flag
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast

_NAME: Final = "owned"
_GAP: Final = "changes whose files have different owners, under requirements for different people"


@dataclass(frozen=True, slots=True)
class OwnersNeed:
    """The policy asks for the approval of owners."""


@dataclass(frozen=True, slots=True)
class DistinctNeed:
    """The policy asks for different people."""


class Owned(IntEnum):
    """Who owns the changed files."""

    BY_NOBODY = 0
    BY_PEOPLE = 1
    BY_ADDRESS = 2
    """By somebody who is only known by an e-mail address."""


@dataclass(frozen=True)
class Owners:
    """One answer for all changed files: if they had several, each would have to be met."""

    cast: Cast
    asked: bool
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Owners":
        """The owners that a policy with these needs can tell apart."""
        known = list(needs)
        asked = any(isinstance(need, OwnersNeed) for need in known)
        apart = any(isinstance(need, DistinctNeed) for need in known)
        return cls(cast, asked, (_GAP,) if asked and apart else ())

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Who owns the files, in general and by account."""
        if not self.asked:
            return {}
        return {_NAME: len(Owned), **{f"{who}.owns": 2 for who in self.cast.everybody}}

    @property
    def always(self) -> Formula:
        """Nothing: anybody may own anything."""
        return TRUE

    def are(self, owned: Owned) -> Formula:
        """The changed files are owned so."""
        return Is(_NAME, owned)

    def include(self, who: int) -> Formula:
        """The account is an owner, if people are."""
        return flag(f"{who}.owns")

    def draw(self, values: Values, change: Change) -> Change:
        """A file with one line for everything."""
        owned = Owned(values.get(_NAME, Owned.BY_NOBODY))
        if owned is Owned.BY_NOBODY:
            return replace(change, code_owners="")
        if owned is Owned.BY_ADDRESS:
            return replace(change, code_owners="* owner@example.org\n")
        owners = [who for who in self.cast.everybody if values.get(f"{who}.owns")]
        names = [self.cast.person(who, values).login for who in owners] or ["somebody-else"]
        return replace(change, code_owners=f"* {' '.join(f'@{name}' for name in names)}\n")
