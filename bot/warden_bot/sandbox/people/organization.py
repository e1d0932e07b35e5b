"""Who belongs to the organisation, and to which of its teams."""

from warden_bot.sandbox.state import Account, Role, Team
from warden_bot.sandbox.world import World


class Organization:
    """The organisation `demo`, as its owners manage it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def team(self, slug: str, *members: Account, parent: Team | None = None) -> Team:
        """The team of that name, made when first named, with these people in it from now on."""
        with self._world.lock:
            team = self._world.teams.get(slug)
            if team is None:
                team = Team(self._world.next_id(), self._world.owner, slug, parent)
                self._world.teams[slug] = team
            team.members.extend(each for each in members if each not in team.members)
            return team

    def leave_team(self, person: Account, team: Team) -> None:
        """Take somebody out of a team."""
        with self._world.lock:
            team.members.remove(person)

    def rename_team(self, team: Team, slug: str) -> None:
        """Give a team another name; its number stays."""
        with self._world.lock:
            del self._world.teams[team.slug]
            team.slug = slug
            self._world.teams[slug] = team

    def leave(self, person: Account) -> None:
        """Take somebody out of the organisation, with all that they were allowed there."""
        with self._world.lock:
            person.role = Role.NONE
            for team in self._world.teams.values():
                if person in team.members:
                    team.members.remove(person)
            for repository in self._world.repositories.values():
                repository.roles.pop(person.id, None)

    def suspend(self, person: Account) -> None:
        """Block an account; nothing that it was given counts."""
        with self._world.lock:
            person.suspended = True

    def rename(self, person: Account, login: str) -> None:
        """Let somebody take another login; their number stays and the old name becomes free."""
        with self._world.lock:
            del self._world.accounts[person.login.lower()]
            person.login = login
            self._world.accounts[login.lower()] = person

    def delete(self, person: Account) -> None:
        """Delete an account; what it wrote stays, and is nobody's."""
        with self._world.lock:
            del self._world.accounts[person.login.lower()]
            person.deleted = True
