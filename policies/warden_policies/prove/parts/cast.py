"""Who takes part: a bounded number of accounts that differ in what a policy asks about accounts.

Account 0 opened the pull request. Every other one may do anything or nothing; how many there are
follows from how many people the policy can need at once. The policy's names are taken: at most one
account answers to each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from typing import Final

from warden_policies.accounts import Account
from warden_policies.actors import Actors
from warden_policies.model import AccountKind, Change, Permission, Person, Standing
from warden_policies.prove.formula import (
    TRUE,
    Formula,
    Is,
    Values,
    at_most_one,
    both,
    either,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import (
    AccountNeed,
    Identity,
    LoginNeed,
    OrganizationNeed,
    TeamNeed,
    identities,
    team,
    unlike,
)
from warden_policies.prove.renaming import (
    mentioned,
    with_people,
)

MOST_PEOPLE: Final = 48
_LOGINS: Final = (
    "ana", "bob", "carl", "dina", "eve", "frank", "grace", "heidi", "ivan", "judy", "kim", "leo",
    "mallory", "nina", "oscar", "peggy",
)  # fmt: skip
_PERMISSIONS: Final = (
    Permission.WRITE,
    Permission.NONE,
    Permission.READ,
    Permission.TRIAGE,
    Permission.MAINTAIN,
    Permission.ADMIN,
)
"""By value: who takes part may usually write."""


@dataclass(frozen=True)
class Cast:
    """The accounts of a picture. `size` of them; `identities` are those with a name."""

    size: int
    identities: tuple[Identity, ...]
    teams: tuple[str, ...]
    organizations: tuple[str, ...]
    objectors: range
    """The accounts that may object or dismiss an objection: any so many stand for all."""
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Cast":
        """The accounts that a policy with these needs can tell apart."""
        known = tuple(dict.fromkeys(needs))
        counted = [need for need in known if isinstance(need, Counted)]
        wanted = 1 + sum(need.people for need in counted)
        objecting = 3 + sum(need.people for need in counted if need.object)
        over = f"changes in which more than {MOST_PEOPLE} accounts take part"
        return cls(
            min(wanted, MOST_PEOPLE),
            identities(
                (need.written for need in known if isinstance(need, AccountNeed)),
                (need.login for need in known if isinstance(need, LoginNeed)),
            ),
            unlike(need.written for need in known if isinstance(need, TeamNeed)),
            unlike(need.name for need in known if isinstance(need, OrganizationNeed)),
            range(min(wanted, objecting, MOST_PEOPLE)),
            (over,) if wanted > MOST_PEOPLE else (),
        )

    @property
    def everybody(self) -> range:
        """The number of each account."""
        return range(self.size)

    @property
    def some_others(self) -> range:
        """Two accounts that stand for any two but the opener's: all of these are alike."""
        return self.everybody[1:3]

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For each account: robot or not, active or not, its access, its name, where it belongs."""
        found: dict[str, int] = {}
        for who in self.everybody:
            found |= {f"{who}.robot": 2, f"{who}.inactive": 2}
            found[f"{who}.access"] = len(_PERMISSIONS)
            found[f"{who}.name"] = 1 + len(self.identities)
            found |= {f"{who}.team.{team}": 2 for team in self.teams}
            found |= {f"{who}.org.{name}": 2 for name in self.organizations}
        return found

    @cached_property
    def always(self) -> Formula:
        """A name is one account's; one that ends in `[bot]` a robot's, and these are in no team."""
        alone = (
            at_most_one(self.is_named(written, who) for who in self.everybody)
            for written in {written for identity in self.identities for written in identity.written}
        )
        robots = (
            implies(Is(f"{who}.name", number), self.robot(who))
            for who in self.everybody
            for number, identity in enumerate(self.identities, 1)
            if identity.login.endswith("[bot]")
        )
        belongings = (no(both(self.robot(who), self._belongs(who))) for who in self.everybody)
        return every((*alone, *robots, *belongings))

    def _belongs(self, who: int) -> Formula:
        """The account is in a team or organisation: GitHub lets no robot be."""
        return either(
            *(self.in_team(team, who) for team in self.teams),
            *(self.in_organization(name, who) for name in self.organizations),
        )

    def robot(self, who: int) -> Formula:
        """The account is a robot's."""
        return flag(f"{who}.robot")

    def active(self, who: int) -> Formula:
        """The account is neither suspended nor gone."""
        return no(flag(f"{who}.inactive"))

    def has_access(self, who: int, least: Permission) -> Formula:
        """The account has at least this permission."""
        return some(
            Is(f"{who}.access", value)
            for value, permission in enumerate(_PERMISSIONS)
            if permission.rank >= least.rank
        )

    def can_push(self, who: int) -> Formula:
        """The account may write to the repository."""
        return self.has_access(who, Permission.WRITE)

    def is_named(self, written: str, who: int) -> Formula:
        """The account is the one that the policy writes so."""
        key = written.casefold()
        return some(
            Is(f"{who}.name", number)
            for number, identity in enumerate(self.identities, 1)
            if key in identity.written
        )

    def has_login(self, login: str, who: int) -> Formula:
        """The account has this login, spelled exactly so."""
        return some(
            Is(f"{who}.name", number)
            for number, identity in enumerate(self.identities, 1)
            if login == identity.login
        )

    def in_team(self, team: str, who: int) -> Formula:
        """The account is in the team."""
        return flag(f"{who}.team.{team.casefold()}")

    def in_organization(self, name: str, who: int) -> Formula:
        """The account is a member of the organisation."""
        return flag(f"{who}.org.{name.casefold()}")

    def is_one_of(self, who: int, actors: Actors) -> Formula:
        """The account is active and one of `actors`."""
        ways = [self.is_named(written, who) for written in actors.people]
        ways += [self.in_team(team, who) for team in actors.teams]
        if actors.permission is not None:
            ways.append(self.has_access(who, actors.permission))
        return both(self.active(who), either(*ways))

    def is_described(self, who: int, account: Account) -> Formula:
        """The account is of this kind, and one of these actors if any are named."""
        kind = TRUE if account.kind is None else self.robot(who)
        kind = no(kind) if account.kind is AccountKind.USER else kind
        return kind if account.empty else both(kind, self.is_one_of(who, account))

    @cached_property
    def _ids(self) -> tuple[int, ...]:
        """An id for each account that no way of writing speaks of."""
        taken = {identity.id for identity in self.identities}
        free = (number for number in count(1) if number not in taken)
        return tuple(islice(free, self.size))

    def person(self, who: int, values: Values) -> Person:
        """The account as the values say."""
        kind = AccountKind.BOT if values.get(f"{who}.robot") else AccountKind.USER
        number = values.get(f"{who}.name", 0)
        if number:
            identity = self.identities[number - 1]
            return Person(identity.id or self._ids[who], identity.login, kind)
        return self.unnamed(who, kind)

    def unnamed(self, number: int, kind: AccountKind) -> Person:
        """An account of which the policy knows nothing; each number is another one."""
        name = _LOGINS[number] if number < len(_LOGINS) else f"person-{number}"
        base = name if kind is AccountKind.USER else f"{name}-robot[bot]"
        taken = {identity.login for identity in self.identities}
        return Person(self._ids[number], base if base not in taken else f"{name}-2", kind)

    def in_order(self, change: Change) -> Change:
        """The change with the accounts without a name numbered as they are mentioned."""
        taken = {identity.login for identity in self.identities}
        others = [one for one in dict.fromkeys(mentioned(change)) if one.login not in taken]
        named = (self.unnamed(number, one.kind) for number, one in enumerate(others))
        return with_people(change, dict(zip(others, named, strict=True)))

    def draw(self, values: Values, change: Change) -> Change:
        """Who opened, and what everybody was allowed at the time."""
        people = tuple(self._standing(who, values) for who in self.everybody)
        return replace(change, opener=self.person(0, values), people=people)

    def _standing(self, who: int, values: Values) -> Standing:
        teams = (name for name in self.teams if values.get(f"{who}.team.{name}"))
        orgs = (name for name in self.organizations if values.get(f"{who}.org.{name}"))
        return Standing(
            self.person(who, values),
            _PERMISSIONS[values.get(f"{who}.access", 0)],
            tuple(team(name, self.teams) for name in teams),
            tuple(orgs),
            active=not values.get(f"{who}.inactive"),
        )
