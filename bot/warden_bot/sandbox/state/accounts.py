"""Accounts, teams and Apps."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class AccountType(StrEnum):
    """GitHub's `type` of an account."""

    USER = "User"
    BOT = "Bot"
    ORGANIZATION = "Organization"


class Role(IntEnum):
    """What an account may do in a repository, weakest first."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5


@dataclass(slots=True, eq=False)
class Account:
    """A user, a bot or an organisation. `role` holds wherever a repository says nothing else."""

    id: int
    login: str
    name: str
    type: AccountType = AccountType.USER
    role: Role = Role.NONE
    """Members of the organisation have one; without one, they do not belong to it."""
    email: str = ""
    suspended: bool = False
    deleted: bool = False
    """What a deleted account wrote stays, and is nobody's."""

    @property
    def signature(self) -> str:
        """The account as git writes it: for authors and for `Co-authored-by` trailers."""
        return f"{self.name} <{self.email}>"


@dataclass(slots=True, eq=False)
class Team:
    """A team of the organisation, with its own members and those of the teams below it."""

    id: int
    organization: Account
    slug: str
    parent: "Team | None" = None
    members: list[Account] = field(default_factory=list)

    @property
    def combined_slug(self) -> str:
        """The slug with the organisation's."""
        return f"{self.organization.login}/{self.slug}"


@dataclass(slots=True, eq=False)
class App:
    """A GitHub App. `permissions` is what it asks for, `events` what it subscribes to."""

    id: int
    slug: str
    name: str
    client_id: str
    owner: Account
    bot: Account
    permissions: dict[str, str]
    events: tuple[str, ...]
    created_at: datetime


@dataclass(slots=True, eq=False)
class Installation:
    """An App installed on an account, with the permissions its owner accepted."""

    id: int
    app: App
    account: Account
    permissions: dict[str, str]
    created_at: datetime
    suspended_at: datetime | None = None
