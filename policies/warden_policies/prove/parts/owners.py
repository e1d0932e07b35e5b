"""To whom the base branch's CODEOWNERS gives the changed files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import FALSE, TRUE, Formula, Is, Values, flag, no, some
from warden_policies.prove.part import CannotDraw, Need
from warden_policies.prove.parts.cast import Cast

_NAME: Final = "owned"
_GAP: Final = "changes whose files have three or more groups of owners"


@dataclass(frozen=True, slots=True)
class OwnersNeed:
    """The policy asks for the approval of so many owners of each file."""

    count: int


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
    """Who owns the changed files, all alike; or some of them, and others own the rest.

    More groups of owners are only more to be met. Where different people are needed for different
    requirements, though, a second group may be of use to whoever looks for them.
    """

    cast: Cast
    asked: bool
    others: bool
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Owners":
        """The owners that a policy with these needs can tell apart."""
        known = list(needs)
        counts = [need.count for need in known if isinstance(need, OwnersNeed)]
        apart = bool(counts) and any(isinstance(need, DistinctNeed) for need in known)
        gaps = (_GAP,) if apart and max(counts) > 2 else ()
        return cls(cast, bool(counts), apart, gaps)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Who owns the files, in general and by account."""
        if not self.asked:
            return {}
        groups = ("owns", "owns the rest") if self.others else ("owns",)
        flags = {f"{who}.{group}": 2 for who in self.cast.everybody for group in groups}
        return {_NAME: len(Owned), **flags}

    @property
    def always(self) -> Formula:
        """Nothing: anybody may own anything."""
        return TRUE

    @property
    def likely(self) -> Formula:
        """All files have the same owners."""
        return no(self.are_two_groups)

    def are(self, owned: Owned) -> Formula:
        """The changed files are owned so."""
        return Is(_NAME, owned)

    @property
    def are_two_groups(self) -> Formula:
        """Some files have other owners than the rest."""
        return some(self.include_for_the_rest(who) for who in self.cast.everybody)

    def include(self, who: int) -> Formula:
        """The account is an owner, if people are."""
        return flag(f"{who}.owns")

    def include_for_the_rest(self, who: int) -> Formula:
        """The account is an owner of those files that have other owners."""
        return flag(f"{who}.owns the rest") if self.others else FALSE

    def draw(self, values: Values, change: Change) -> Change:
        """A file with one line for everything, and maybe one for a single path."""
        owned = Owned(values.get(_NAME, Owned.BY_NOBODY))
        if owned is Owned.BY_NOBODY:
            return replace(change, code_owners="")
        if owned is Owned.BY_ADDRESS:
            return replace(change, code_owners="* owner@example.org\n")
        lines = [f"* {self._names('owns', values) or '@somebody-else'}"]
        if rest := self._names("owns the rest", values):
            files = change.files or ()
            if len(files) < 2:
                raise CannotDraw("one file that has two groups of owners")
            lines.append(f"/{files[0].path.replace(' ', chr(92) + ' ')} {rest}")
        return replace(change, code_owners="".join(f"{line}\n" for line in lines))

    def _names(self, group: str, values: Values) -> str:
        owners = (who for who in self.cast.everybody if values.get(f"{who}.{group}"))
        return " ".join(f"@{self.cast.person(who, values).login}" for who in owners)
