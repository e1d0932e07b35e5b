"""Who is in the teams that a policy or CODEOWNERS names, through the teams below them too."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from warden_bot.github.snapshot.details import TOP, Asker, Question
from warden_bot.github.snapshot.pages import MovedError
from warden_policies.model import Person, Team
from warden_policies.text import listed, plain

_TEAM = """organization(login: $0) { team(slug: $1) {
 databaseId combinedSlug members(first: 100, after: $2, membership: ALL) {
 totalCount pageInfo { hasNextPage endCursor } nodes { databaseId login } } } }"""
LIST = """organization(login: $0) { teams(first: 100, after: $1) {
 totalCount pageInfo { hasNextPage endCursor } nodes { databaseId slug } } }"""


@dataclass(frozen=True, slots=True)
class Membership:
    """The teams that were found, each with its members, and names that no team was found for."""

    members: tuple[tuple[Team, tuple[Person, ...]], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Every member, once, by account id."""
        found = {person.id: person for _, people in self.members for person in people}
        return tuple(found[number] for number in sorted(found))

    def problem(self, needed: Collection[str]) -> str:
        """Why nobody's standing is known, when such a name is not: who was meant cannot be told."""
        unknown = [name for name in self.unknown if name in needed]
        if not unknown:
            return ""
        return (
            f"GitHub shows no team {listed(map(plain, unknown))}: correct the policy, or let"
            " the App read the organisation's members"
        )

    def teams_of(self, person: Person) -> tuple[Team, ...]:
        """The teams that count the person in."""
        mine = {
            team.id: team
            for team, people in self.members
            if person.id in {each.id for each in people}
        }
        return tuple(mine[number] for number in sorted(mine))


@dataclass(frozen=True, slots=True)
class _Name:
    """A team as a policy writes it: `acme/payments`, or `acme/payments#77` with its id."""

    written: str
    organization: str
    slug: str
    id: int | None

    @classmethod
    def parse(cls, written: str) -> "_Name":
        name, _, number = written.partition("#")
        organization, _, slug = name.partition("/")
        return cls(written, organization, slug.lower(), int(number) if number else None)

    def question(self, cursor: str | None = None) -> Question:
        return Question("team", _TEAM, (self.organization, self.slug, cursor), TOP)

    def found_in(self, answer: dict[str, Any] | None) -> dict[str, Any] | None:
        """The team that GitHub answered with, if it is the one that is meant."""
        team: dict[str, Any] | None = answer["team"] if answer else None
        return team if team and self.id in {None, team["databaseId"]} else None


def questions_about(names: Iterable[str]) -> list[Question]:
    """For every team: its first hundred members."""
    return [_Name.parse(name).question() for name in names]


def to_membership(asker: Asker, names: Sequence[str], answers: Sequence[Any]) -> Membership:
    """The members, every page of them.

    Raises:
        MovedError: a team changed while it was being read.
    """
    found: list[tuple[Team, tuple[Person, ...]]] = []
    unknown: list[str] = []
    for written, answer in zip(names, answers, strict=True):
        name = _Name.parse(written)
        team = name.found_in(answer)
        if team is None and name.id is not None:
            name, team = _renamed(asker, name)
        if team is None:
            unknown.append(written)
        else:
            people = _all_members(asker, name, team)
            found.append((Team(team["databaseId"], team["combinedSlug"]), people))
    return Membership(tuple(found), tuple(unknown))


def _renamed(asker: Asker, name: _Name) -> tuple[_Name, dict[str, Any] | None]:
    """The team with this id, whatever it is called now."""
    cursor, more = None, True
    while more:
        (answer,) = asker.ask([Question("teams", LIST, (name.organization, cursor), TOP)])
        if answer is None:
            return name, None
        page = answer["teams"]
        slugs = {team["databaseId"]: team["slug"] for team in page["nodes"]}
        if name.id in slugs:
            now = _Name(name.written, name.organization, slugs[name.id], name.id)
            (answer,) = asker.ask([now.question()])
            return now, now.found_in(answer)
        cursor = page["pageInfo"]["endCursor"]
        more = page["pageInfo"]["hasNextPage"] and bool(page["nodes"])
    return name, None


def _all_members(asker: Asker, name: _Name, team: dict[str, Any]) -> tuple[Person, ...]:
    page = team["members"]
    nodes, total = list(page["nodes"]), page["totalCount"]
    while page["pageInfo"]["hasNextPage"] and page["nodes"] and len(nodes) < total:
        (answer,) = asker.ask([name.question(page["pageInfo"]["endCursor"])])
        again = name.found_in(answer)
        if again is None or again["members"]["totalCount"] != total:
            raise MovedError
        page = again["members"]
        nodes += page["nodes"]
    people = {node["databaseId"]: Person(node["databaseId"], node["login"]) for node in nodes}
    if len(people) != total:
        raise MovedError
    return tuple(people[number] for number in sorted(people))
