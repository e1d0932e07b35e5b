"""Organisations, their teams, and who was given access to a repository."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warden_bot.sandbox.graphql.actors import User
from warden_bot.sandbox.graphql.connections import Connection, PageInfo, Paging, connection
from warden_bot.sandbox.graphql.context import Info, context, require
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import AccountType, Repository, Role
from warden_bot.sandbox.state import Team as TeamState


class Team(Node):
    """A team."""

    it: TeamState

    def members(self, info: Info, membership: str = "ALL", **paging: Paging) -> Connection:
        """Its members: those of the teams below it too, or its own alone, or theirs alone."""
        everybody, own = context(info).world.members_of(self.it), self.it.members
        chosen = {
            "ALL": everybody,
            "IMMEDIATE": [each for each in everybody if each in own],
            "CHILD_TEAM": [each for each in everybody if each not in own],
        }[membership]
        return connection(info, [User(each) for each in chosen], paging)


class Organization(Node):
    """An organisation."""

    def team(self, info: Info, slug: str) -> Team | None:
        """The team of that name, if there is one."""
        require(info, "members")
        found = context(info).world.teams.get(slug.lower())
        return Team(found) if found and found.organization is self.it else None

    def teams(self, info: Info, **paging: Paging) -> Connection:
        """All of its teams, by name."""
        require(info, "members")
        teams = context(info).world.teams.values()
        mine = sorted((t for t in teams if t.organization is self.it), key=lambda team: team.slug)
        return connection(info, [Team(each) for each in mine], paging)


@dataclass(frozen=True, slots=True)
class RepositoryCollaboratorEdge:
    """Somebody, with what they may do."""

    node: User
    permission: str


@dataclass(frozen=True, slots=True)
class CollaboratorConnection:
    """A page of those who were given access."""

    edges: Sequence[RepositoryCollaboratorEdge]
    nodes: Sequence[User]
    page_info: PageInfo
    total_count: int


def collaborators(
    info: Info, repository: Repository, login: str | None, paging: Mapping[str, Paging]
) -> CollaboratorConnection:
    """Everybody who was given access, by account number."""
    people = (
        account
        for account in context(info).world.accounts.values()
        if account.type is AccountType.USER and repository.granted_role(account) > Role.NONE
    )
    wanted = [each for each in people if login is None or each.login.lower() == login.lower()]
    edges = [
        RepositoryCollaboratorEdge(User(each), repository.granted_role(each).name)
        for each in sorted(wanted, key=lambda account: account.id)
    ]
    page = connection(info, edges, paging)
    return CollaboratorConnection(
        page.nodes, [edge.node for edge in page.nodes], page.page_info, page.total_count
    )
