"""How commits were made and signed: on a machine or on github.com, and with whose key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from warden_policies.model import Commit, Verification
from warden_policies.prove.formula import Formula, Is, Values, every, flag, implies, no, some
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast

Key: TypeAlias = int | None
"""Which commit: the one of an account, or the one of nobody known."""

_UNSIGNED: Final = 0
_INVALID: Final = 1
_UNKNOWN: Final = 2
"""A valid signature; nobody knows whose key it is."""
_FIRST_SIGNER: Final = 3


@dataclass(frozen=True, slots=True)
class SigningNeed:
    """The policy asks about signatures."""


@dataclass(frozen=True)
class Signing:
    """For each commit how it was signed; nothing at all when no policy asks."""

    cast: Cast
    asked: bool

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Signing":
        """The signatures that a policy with these needs can tell apart."""
        return cls(cast, any(isinstance(need, SigningNeed) for need in needs))

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every commit that there may be."""
        return (*self.cast.everybody, None)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """A commit is not signed, badly signed, or signed with somebody's key; maybe on the web."""
        if not self.asked:
            return {}
        signed = {_name(key): _FIRST_SIGNER + self.cast.size for key in self.keys}
        return signed | {f"{_name(key)} on the web": 2 for key in self.keys}

    @cached_property
    def always(self) -> Formula:
        """What is made on the web is signed with GitHub's key and nobody's else."""
        return every(implies(self.on_web(key), self._unknown_or_not(key)) for key in self._asked())

    def _asked(self) -> Iterator[Key]:
        return iter(self.keys if self.asked else ())

    def _unknown_or_not(self, key: Key) -> Formula:
        return some(Is(_name(key), value) for value in (_UNSIGNED, _INVALID, _UNKNOWN))

    def on_web(self, key: Key) -> Formula:
        """The commit was made on github.com."""
        return flag(f"{_name(key)} on the web")

    def valid(self, key: Key) -> Formula:
        """The commit's signature is valid."""
        return no(some(Is(_name(key), value) for value in (_UNSIGNED, _INVALID)))

    def signed_by(self, key: Key, who: int) -> Formula:
        """The commit is validly signed with this account's own key."""
        return Is(_name(key), _FIRST_SIGNER + who)

    def signed(self, commit: Commit, key: Key, values: Values) -> Commit:
        """The commit as it was made and signed."""
        if values.get(f"{_name(key)} on the web"):
            commit = replace(commit, committer=None, on_web=True)
        value = values.get(_name(key), _UNSIGNED)
        if value == _UNSIGNED:
            return commit
        if value == _INVALID:
            return replace(commit, verification=Verification(valid=False, state="UNKNOWN_KEY"))
        person = (value - _FIRST_SIGNER) if value >= _FIRST_SIGNER else None
        signer = None if person is None else self.cast.person(person, values)
        return replace(commit, verification=Verification(valid=True, signer=signer))


def _name(key: Key) -> str:
    return f"commit.{'stranger' if key is None else key}"
