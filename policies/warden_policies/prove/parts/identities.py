"""The accounts and teams that a policy names, and who can answer to which of these names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, product

from warden_policies.actors import Actors
from warden_policies.model import Team
from warden_policies.prove.part import Need


@dataclass(frozen=True, slots=True)
class AccountNeed:
    """The policy names an account, upper and lower case being the same: `bob`, or `bob#2`."""

    written: str


@dataclass(frozen=True, slots=True)
class LoginNeed:
    """The policy names an account by its login, spelled exactly so."""

    login: str


@dataclass(frozen=True, slots=True)
class TeamNeed:
    """The policy names a team: `acme/payments`, or `acme/payments#77`."""

    written: str


@dataclass(frozen=True, slots=True)
class OrganizationNeed:
    """The policy names an organisation."""

    name: str


def actor_needs(actors: Actors) -> tuple[Need, ...]:
    """What a list of actors tells apart."""
    return (*map(AccountNeed, actors.people), *map(TeamNeed, actors.teams))


@dataclass(frozen=True, slots=True)
class Identity:
    """An account that the policy may know, under some of the ways in which it is written."""

    login: str
    id: int | None
    written: frozenset[str]


def identities(accounts: Iterable[str], logins: Iterable[str]) -> tuple[Identity, ...]:
    """Every account that answers to a way of writing, or to a login and a number at once."""
    accounts = tuple(accounts)
    spellings: dict[str, list[str]] = {}
    for login in dict.fromkeys(logins):
        spellings.setdefault(login.casefold(), []).append(login)
    for written in accounts:
        if "#" not in written:
            spellings.setdefault(written.casefold(), [written.casefold()])
    plain = [(login, key) for key, ways in spellings.items() for login in ways]
    numbered: dict[int, list[str]] = {}
    for written in unlike(accounts):
        if "#" in written:
            numbered.setdefault(_number(written), []).append(written)
    return (
        *(Identity(login, None, frozenset({key})) for login, key in plain),
        *_numbered(numbered, frozenset(spellings)),
        *(
            Identity(login, number, frozenset({*ways, key}))
            for (number, ways), (login, key) in product(numbered.items(), plain)
        ),
    )


def _numbered(numbered: dict[int, list[str]], taken: frozenset[str]) -> Iterator[Identity]:
    for number, ways in numbered.items():
        login = ways[0].partition("#")[0]
        now = f"{login}-renamed" if login in taken else login
        yield Identity(now, number, frozenset(ways))


def unlike(written: Iterable[str]) -> tuple[str, ...]:
    """Each name once: upper and lower case are the same."""
    return tuple(dict.fromkeys(name.casefold() for name in written))


def _number(written: str) -> int:
    return int(written.partition("#")[2])


def team(written: str, all_written: Sequence[str]) -> Team:
    """The team that is written so, and answers to nothing else that is written."""
    slug = written.partition("#")[0]
    if "#" in written:
        return Team(_number(written), f"{slug}-renamed" if slug in all_written else slug)
    taken = {_number(other) for other in all_written if "#" in other}
    free = (number for number in count(1) if number not in taken)
    return Team(next(islice(free, all_written.index(written), None)), slug)
