"""Who is who in a scenario: accounts and teams with their ids, by the names that are written."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from warden_policies.model import AccountKind, Permission, Person, Signature, Standing, Team
from warden_policies.problem import Path, Problems
from warden_policies.scenario.names import is_address
from warden_policies.scenario.words import AUTHOR, PersonWords
from warden_policies.words import unknown_word


class Cast:
    """Everybody in a change. Whoever is not declared has write access and is in no team.

    When people are declared, only they may be named: a name with a slip of the pen would otherwise
    be one more person, and a test that expects a refusal would pass for the wrong reason.
    """

    def __init__(self, declared: Mapping[str, PersonWords], problems: Problems) -> None:
        self._problems = problems
        self._strict = bool(declared)
        self._ids = _Numbers(declared)
        self._teams = _Numbers(slug for words in declared.values() for slug in words.teams)
        self._standings: dict[str, Standing] = {}
        for written, words in declared.items():
            self._add(written, words)

    def person(self, login: str, path: Path) -> Person:
        """The account with this login, which is written at `path`."""
        known = self._standings.get(login.casefold())
        if known is None:
            if self._strict and login != AUTHOR:
                names = [standing.person.login for standing in self._standings.values()]
                self._problems.add(path, unknown_word("person", login, names))
            known = self._add(login, PersonWords())
        return known.person

    def somebody(self, login: str | None, path: Path) -> Person | None:
        """The account with this login, or None for one that was deleted."""
        return None if login is None else self.person(login, path)

    def signature(self, signer: str, path: Path) -> Signature:
        """How somebody appears in a commit: without an account if told by an e-mail address."""
        if is_address(signer):
            return Signature(signer, None)
        person = self.person(signer, path)
        return Signature(f"{person.login}@example.org", person)

    def may_push(self, person: Person | None) -> bool:
        """Whether somebody has write access."""
        if person is None:
            return False
        standing = self._standings[person.login.casefold()]
        return standing.active and standing.permission.rank >= Permission.WRITE.rank

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Everybody who was declared or named, in that order."""
        return tuple(self._standings.values())

    def _add(self, written: str, words: PersonWords) -> Standing:
        login, id = self._ids.of(written)
        kind = AccountKind.BOT if login.endswith("[bot]") else AccountKind.USER
        teams = (self._teams.of(slug) for slug in words.teams)
        standing = Standing(
            Person(id, login, words.kind or kind),
            words.permission,
            tuple(Team(number, name) for name, number in teams),
            words.organizations,
            words.active,
        )
        return self._standings.setdefault(login.casefold(), standing)


def merged(*groups: Mapping[str, PersonWords]) -> dict[str, PersonWords]:
    """Everybody in the groups; who is in several is as the last of them says."""
    rows = {
        _split(name)[0].casefold(): (name, words) for each in groups for name, words in each.items()
    }
    return dict(rows.values())


def twice(names: Iterable[str]) -> Iterator[str]:
    """Each name that means the account of an earlier one."""
    seen: set[str] = set()
    for name in names:
        login = _split(name)[0].casefold()
        if login in seen:
            yield name
        seen.add(login)


class _Numbers:
    """Gives each name the id that is written behind it, or else one that nobody has."""

    def __init__(self, written: Iterable[str]) -> None:
        pairs = [_split(text) for text in written]
        self._given = {name.casefold(): number for name, number in pairs if number is not None}
        taken = {*self._given.values()}
        self._free = (number for number in count(1) if number not in taken)

    def of(self, written: str) -> tuple[str, int]:
        """The name without its id, and its id."""
        name, _ = _split(written)
        key = name.casefold()
        if key not in self._given:
            self._given[key] = next(self._free)
        return name, self._given[key]


def _split(written: str) -> tuple[str, int | None]:
    name, _, number = written.partition("#")
    return name, int(number) if number else None
