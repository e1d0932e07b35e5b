"""How commits were made, signed and pushed: where, with whose key, and before or after reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, TypeAlias

from warden_policies.model import Commit, Verification
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    Values,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast

Key: TypeAlias = int | None
"""Which commit: the one of an account, or the one of nobody known."""

LATE: Final = timedelta(hours=3)
"""How long before the decision a commit is pushed, unless it is an early one."""
EARLY: Final = timedelta(days=400)
_UNSIGNED: Final = 0
_INVALID: Final = 1
_UNKNOWN: Final = 2
"""A valid signature; nobody knows whose key it is."""
_FIRST_SIGNER: Final = 3


@dataclass(frozen=True, slots=True)
class SigningNeed:
    """The policy asks about signatures."""


@dataclass(frozen=True, slots=True)
class KeyNeed:
    """The policy names a key."""

    key_id: str


@dataclass(frozen=True, slots=True)
class WebNeed:
    """It matters to the policy whether a commit was made on github.com."""


@dataclass(frozen=True, slots=True)
class PushNeed:
    """The policy compares the times of pushes and approvals."""


@dataclass(frozen=True)
class Signing:
    """For each commit how it was made, as far as any policy asks."""

    cast: Cast
    signatures: bool
    web: bool
    pushes: bool
    keys_named: tuple[str, ...]

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Signing":
        """The ways to make commits that a policy with these needs can tell apart."""
        known = list(needs)
        signatures = any(isinstance(need, SigningNeed) for need in known)
        return cls(
            cast,
            signatures,
            signatures or any(isinstance(need, WebNeed) for need in known),
            any(isinstance(need, PushNeed) for need in known),
            tuple(dict.fromkeys(need.key_id for need in known if isinstance(need, KeyNeed))),
        )

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every commit that there may be."""
        return (*self.cast.everybody, None)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """A commit is not signed, badly signed, or signed with a key; on the web; pushed early."""
        asked = {
            "signature": _FIRST_SIGNER + self.cast.size if self.signatures else 0,
            "key": 1 + len(self.keys_named) if self.keys_named else 0,
            "web": 2 if self.web else 0,
            "early": 2 if self.pushes else 0,
        }
        return {_name(key, what): size for key in self.keys for what, size in asked.items() if size}

    @cached_property
    def always(self) -> Formula:
        """What is made on the web is signed with GitHub's key and nobody's else."""
        if not self.signatures:
            return TRUE
        return every(implies(self.on_web(key), no(self._by_anybody(key))) for key in self.keys)

    def _by_anybody(self, key: Key) -> Formula:
        return some(self.signed_by(key, who) for who in self.cast.everybody)

    def on_web(self, key: Key) -> Formula:
        """The commit was made on github.com."""
        return flag(_name(key, "web")) if self.web else FALSE

    def early(self, key: Key) -> Formula:
        """The commit was pushed before anybody said anything."""
        return flag(_name(key, "early")) if self.pushes else FALSE

    def valid(self, key: Key) -> Formula:
        """The commit's signature is valid."""
        return no(some(Is(_name(key, "signature"), value) for value in (_UNSIGNED, _INVALID)))

    def signed_by(self, key: Key, who: int) -> Formula:
        """The commit is validly signed with this account's own key."""
        return Is(_name(key, "signature"), _FIRST_SIGNER + who)

    def has_key(self, key: Key, key_id: str) -> Formula:
        """The commit's signature was made with the key of this id."""
        return Is(_name(key, "key"), 1 + self.keys_named.index(key_id))

    def is_early(self, key: Key, values: Values) -> bool:
        """Whether the values say that the commit was pushed early."""
        return bool(values.get(_name(key, "early")))

    def made(self, commit: Commit, key: Key, values: Values, now: datetime) -> Commit:
        """The commit as it was made, signed and pushed."""
        if values.get(_name(key, "web")):
            commit = replace(commit, committer=None, on_web=True)
        ago = EARLY if self.is_early(key, values) else LATE
        return replace(commit, verification=self._verification(key, values), pushed_at=now - ago)

    def _verification(self, key: Key, values: Values) -> Verification | None:
        value = values.get(_name(key, "signature"), _UNSIGNED)
        if value == _UNSIGNED:
            return None
        if value == _INVALID:
            return Verification(valid=False, state="UNKNOWN_KEY")
        signer = self.cast.person(value - _FIRST_SIGNER, values) if value >= _FIRST_SIGNER else None
        named = values.get(_name(key, "key"), 0)
        key_id = self.keys_named[named - 1] if named else ""
        return Verification(valid=True, signer=signer, key_id=key_id)


def _name(key: Key, what: str) -> str:
    return f"commit.{'stranger' if key is None else key}.{what}"
