"""Who a rule names: users, teams, organizations, and everybody with at least a permission."""

from dataclasses import dataclass
from enum import StrEnum

from warden_policies.actors import AccountName, Actors, TeamName, arguments_of, standing_of
from warden_policies.model import Change, Permission, Person
from warden_policies.policy import Policy
from warden_policies.policy_bot.parts import part_of
from warden_policies.text import listed, plain


class Level(StrEnum):
    """The permissions that a policy may name; whoever has a higher one has the lower too."""

    ADMIN = "admin"
    MAINTAIN = "maintain"
    WRITE = "write"
    TRIAGE = "triage"
    READ = "read"

    @property
    def rank(self) -> int:
        """What a minimum is compared by."""
        return Permission(self.value).rank


@dataclass(frozen=True, slots=True)
class ActorSet:
    """Everybody who is named in one of the lists; nobody when all are empty.

    `users` are logins, upper and lower case being different; `teams` are written `org/team`;
    `permissions` are the least that somebody needs. `admins` and `write_collaborators` are old
    words for the permissions `admin` and `write`.
    """

    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    permissions: tuple[Level, ...] = ()
    admins: bool = False
    write_collaborators: bool = False

    @property
    def levels(self) -> tuple[Level, ...]:
        """The permissions, in old words and new ones."""
        admin = (Level.ADMIN,) if self.admins else ()
        write = (Level.WRITE,) if self.write_collaborators else ()
        return (*self.permissions, *admin, *write)

    @property
    def empty(self) -> bool:
        """Whether nobody is named at all."""
        return not (self.users or self.teams or self.organizations or self.levels)

    def named_actors(self) -> Actors:
        """Whose standing matters because they are named. What nobody can be called is nobody."""
        people = (name for name in self.users if _may_be(AccountName(), name))
        teams = (name for name in self.teams if _may_be(TeamName(), name))
        return Actors(tuple(people), tuple(teams))

    def words(self) -> tuple[str, ...]:
        """`bob`, `the team acme/payments`, `members of acme`, `anybody with write access`."""
        return (
            *map(plain, self.users),
            *(f"the team {plain(team)}" for team in self.teams),
            *(f"members of {plain(organization)}" for organization in self.organizations),
            *(f"anybody with {level} access" for level in self.levels),
        )

    def choice(self) -> str:
        """`bob, carl or the team acme/payments`, however many there are."""
        *first, last = self.words() or ("nobody",)
        return f"{', '.join(first)} or {last}" if first else last

    def __str__(self) -> str:
        """`bob, the team acme/payments`."""
        return listed(self.words()) or "nobody"


NOBODY = ActorSet()


def organizations_in(policy: Policy) -> tuple[str, ...]:
    """The organizations whose members a policy names."""
    sets = (each for each in arguments_of(policy) if isinstance(each, ActorSet))
    return tuple(dict.fromkeys(name for each in sets for name in each.organizations))


def _may_be(kind: AccountName | TeamName, name: str) -> bool:
    """Whether it can be a name; `#` begins an id in the native language alone."""
    return "#" not in name and not any(kind.broken(name))


def is_actor(actors: ActorSet, person: Person, change: Change) -> bool:
    """Whether `person` is one of the actors.

    Raises:
        NotRecorded: that depends on teams, organizations or permissions, which were not read.
    """
    if person.login in actors.users:
        return True
    levels = actors.levels
    if not (actors.teams or actors.organizations or levels):
        return False
    part_of(change, "people", change.people, "failed to get team membership")
    standing = standing_of(person, change)
    teams = {team.slug.casefold() for team in standing.teams}
    if any(team.casefold() in teams for team in actors.teams):
        return True
    organizations = {name.casefold() for name in standing.organizations}
    if any(name.casefold() in organizations for name in actors.organizations):
        return True
    return any(standing.permission.rank >= level.rank for level in levels)
