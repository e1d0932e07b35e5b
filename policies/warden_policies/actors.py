"""Who a policy names: people, teams, and everybody with a permission.

An account is written as its login, `bob`, or with the id that stays when it is renamed, `bob#2`:
then the id alone decides. Teams likewise: `acme/payments`, `acme/payments#77`. Upper and lower case
are the same, as they are to GitHub.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from typing import (
    Annotated,
    Any,
    Final,
    Protocol,
    TypeAlias,
    get_args,
    get_type_hints,
    runtime_checkable,
)

from warden_policies.canonical import Json
from warden_policies.constraints import Unique
from warden_policies.memo import per_change
from warden_policies.model import Change, Permission, Person, Standing, missing_part
from warden_policies.policy import Policy, questions
from warden_policies.problem import Path
from warden_policies.text import listed, plain

_NUMBER = r"(?:#[1-9][0-9]{0,17})?"
_LOGIN = re.compile(rf"[A-Za-z0-9](?:[A-Za-z0-9-]{{0,98}})(?:_[A-Za-z0-9]+)?(?:\[bot\])?{_NUMBER}")
_TEAM = re.compile(rf"[A-Za-z0-9-]{{1,100}}/[A-Za-z0-9_.-]{{1,100}}{_NUMBER}")


@dataclass(frozen=True, slots=True)
class AccountName:
    """A text is the name of an account, such as `bob` or `bob#2`."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and not _LOGIN.fullmatch(value):
            hint = ": a team goes under 'teams'" if "/" in value else ""
            yield (), f"expected an account such as bob, or bob#2 with its id{hint}"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"pattern": f"^{_LOGIN.pattern}$"}


@dataclass(frozen=True, slots=True)
class TeamName:
    """A text is the name of a team, such as `acme/payments` or `acme/payments#77`."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and not _TEAM.fullmatch(value):
            yield (), "expected a team with its organisation, such as acme/payments"

    def schema(self) -> Mapping[str, Json]:
        """What JSON Schema has to say it."""
        return {"pattern": f"^{_TEAM.pattern}$"}


Accounts: TypeAlias = Annotated[tuple[Annotated[str, AccountName()], ...], Unique()]
Teams: TypeAlias = Annotated[tuple[Annotated[str, TeamName()], ...], Unique()]


@dataclass(frozen=True, slots=True)
class Actors:
    """Everybody who is one of `people`, in one of `teams`, or has at least `permission`."""

    people: Accounts = ()
    teams: Teams = ()
    permission: Permission | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody is named at all."""
        return not self.people and not self.teams and self.permission is None

    def __str__(self) -> str:
        """`bob, the team acme/payments or anybody with write access`."""
        return _words(self)


@lru_cache(maxsize=1024)
def _words(actors: Actors) -> str:
    words = [*map(plain, actors.people), *(f"the team {plain(team)}" for team in actors.teams)]
    if actors.permission is not None:
        words.append(f"anybody with {actors.permission} access")
    return listed(words)


UNNAMED: Final = Actors()
"""Nobody is named, which each user of it reads in its own way."""


def includes(actors: Actors, standing: Standing) -> bool:
    """Whether somebody with this standing is one of the actors; nobody is who is not active."""
    if not standing.active:
        return False
    needed = actors.permission
    if needed is not None and standing.permission.rank >= needed.rank:
        return True
    person = standing.person
    for name in actors.people:
        if is_named(name, person.id, person.login):
            return True
    return _is_in_one(actors.teams, standing)


def _is_in_one(teams: Teams, standing: Standing) -> bool:
    for team in standing.teams:
        for name in teams:
            if is_named(name, team.id, team.slug):
                return True
    return False


def is_named(written: str, id: int, name: str) -> bool:
    """Whether `written` means the account or team with this id and this present name."""
    wanted_name, wanted_id = _split(written)
    return id == wanted_id if wanted_id is not None else name.casefold() == wanted_name


@lru_cache(maxsize=4096)
def _split(written: str) -> tuple[str, int | None]:
    name, _, number = written.partition("#")
    return name.casefold(), int(number) if number else None


@per_change
def standings(change: Change) -> Mapping[int, Standing]:
    """The standing of everybody whom the snapshot knows, by account id.

    Raises:
        NotRecorded: the snapshot holds nobody's standing.
    """
    if change.people is None:
        raise missing_part(change, "people")
    return {standing.person.id: standing for standing in change.people}


def standing_of(person: Person, change: Change) -> Standing:
    """What is known of `person`; nothing known means nothing allowed."""
    return standings(change).get(person.id) or Standing(person, Permission.NONE)


def named_actors(policy: Policy) -> Actors:
    """Everybody whom a policy names by account or team, wherever it does: whose standing counts.

    What names people is recognised by its type, `Accounts` or `Teams`, in the arguments of any
    predicate, at any depth; or says itself whom it names.
    """
    found = [each for part in arguments_of(policy) for each in _names_in(part)]
    people = (name for names in found for name in names.people)
    teams = (name for names in found for name in names.teams)
    return Actors(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(teams)))


@runtime_checkable
class Naming(Protocol):
    """Names people in another way than by fields of the types `Accounts` and `Teams`."""

    def named_actors(self) -> Actors:
        """The accounts and teams."""
        ...


def arguments_of(policy: Policy) -> Iterator[object]:
    """Every record in what a policy gives its predicates, at any depth."""
    for asked in questions(policy.root):
        yield from _records(asked.arguments)


def _records(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _records(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _records(getattr(value, field.name))


def _names_in(record: object) -> Iterator[Actors]:
    """Whom a record names itself, leaving aside the records in it."""
    if isinstance(record, Naming):
        yield record.named_actors()
        return
    owner: Any = type(record)
    for name, kind in _types(owner).items():
        if kind == Accounts:
            yield Actors(people=getattr(record, name) or ())
        elif kind == Teams:
            yield Actors(teams=getattr(record, name) or ())


@cache
def _types(owner: type[Any]) -> Mapping[str, Any]:
    """The types of a dataclass's fields; of an optional one, what it is when it is there."""
    hints = get_type_hints(owner, include_extras=True)
    return {each.name: _without_none(hints[each.name]) for each in fields(owner)}


def _without_none(kind: Any) -> Any:  # noqa: ANN401 - any type there is
    """`Accounts` for `Accounts | None`."""
    members = get_args(kind)
    if type(None) not in members:
        return kind
    return next(member for member in members if member is not type(None))
