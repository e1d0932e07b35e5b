"""Accounts as conditions describe them: by what they are, and by name, team or permission."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from warden_policies.actors import Actors, includes, standing_of
from warden_policies.constraints import Given
from warden_policies.model import AccountKind, Change, Person
from warden_policies.text import plain


@dataclass(frozen=True, slots=True)
class Account(Actors):
    """`people`, `teams`, `permission`: one of these, if any is given; `kind`: and such a one."""

    kind: AccountKind | None = None


DescribedAccount: TypeAlias = Annotated[Account, Given(("people", "teams", "permission", "kind"))]
NamedActors: TypeAlias = Annotated[Actors, Given(("people", "teams", "permission"))]
"""Actors of which somebody is named: "nobody" is no answer to who may do a thing."""

_KINDS = {AccountKind.USER: "a person", AccountKind.BOT: "a bot"}


def described(account: Account) -> str:
    """`ana, the team acme/payments, but only a person`, as far as it is said."""
    kind = _KINDS[account.kind] if account.kind else ""
    return ", but only ".join(part for part in (str(account), kind) if part)


def why_not_one(person: Person, account: Account, change: Change) -> str | None:
    """Why the person is not so described, to follow their name; None when they are.

    Raises:
        NotRecorded: nobody's standing is known, and it matters.
    """
    if account.kind is not None and person.kind is not account.kind:
        return f"is {_KINDS[person.kind]}"
    if account.empty:
        return None
    standing = standing_of(person, change)
    if not standing.active:
        return "is not active any more"
    return None if includes(account, standing) else f"is not {account}"


def who(person: Person | None) -> str:
    """The person's name."""
    return plain(person.login) if person else "a deleted account"
