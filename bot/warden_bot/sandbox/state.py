"""What the stand-in knows: accounts, Apps, repositories, pull requests, reviews and check runs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from warden_bot.sandbox.git_repository import BareRepository


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
    email: str = ""

    @property
    def signature(self) -> str:
        """The account as git writes it: for authors and for `Co-authored-by` trailers."""
        return f"{self.name} <{self.email}>"


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


@dataclass(frozen=True, slots=True)
class RequiredCheck:
    """A check that a protected branch waits for; `app_id` pins who must report it."""

    name: str
    app_id: int | None = None


class ReviewState(StrEnum):
    """GitHub's states of a submitted review."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    COMMENTED = "COMMENTED"
    DISMISSED = "DISMISSED"


@dataclass(slots=True, eq=False)
class Review:
    """What somebody said about a pull request, bound to the head they were looking at."""

    id: int
    author: Account
    state: ReviewState
    body: str
    commit_sha: str
    submitted_at: datetime


@dataclass(slots=True, eq=False)
class PullRequest:
    """A pull request inside one repository. `base_sha` is the base's tip at the last push."""

    id: int
    number: int
    author: Account
    title: str
    body: str
    base_ref: str
    base_sha: str
    head_ref: str
    head_sha: str
    draft: bool
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit_sha: str | None = None
    reviews: list[Review] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Neither closed nor merged."""
        return self.closed_at is None


@dataclass(slots=True, eq=False)
class CheckSuite:
    """All check runs of one App on one commit."""

    id: int
    app: App
    head_sha: str
    head_branch: str | None
    created_at: datetime


@dataclass(slots=True, eq=False)
class CheckRun:
    """One check run. `output` and `actions` hold what the App sent, in GitHub's own keys."""

    id: int
    suite: CheckSuite
    name: str
    status: str
    conclusion: str | None
    external_id: str
    details_url: str
    started_at: datetime
    completed_at: datetime | None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Repository:
    """A repository: its git objects, its pull requests and its checks."""

    id: int
    owner: Account
    name: str
    private: bool
    default_branch: str
    git: BareRepository
    created_at: datetime
    pushed_at: datetime
    roles: dict[str, Role] = field(default_factory=dict)
    required_checks: dict[str, tuple[RequiredCheck, ...]] = field(default_factory=dict)
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    suites: list[CheckSuite] = field(default_factory=list)
    check_runs: list[CheckRun] = field(default_factory=list)
    web_commits: set[str] = field(default_factory=set)
    """Commits that GitHub itself made and signed."""
    next_number: int = 1

    @property
    def full_name(self) -> str:
        """Owner and name, as in an address."""
        return f"{self.owner.login}/{self.name}"

    def role_of(self, account: Account) -> Role:
        """What `account` may do here; everybody may read a public repository."""
        role = self.roles.get(account.login, account.role)
        return role if self.private else max(role, Role.READ)

    def latest_check_runs(self, sha: str) -> list[CheckRun]:
        """The newest run of each name in each suite on `sha`, newest first."""
        newest: dict[tuple[int, str], CheckRun] = {}
        for run in self.check_runs:
            if run.suite.head_sha == sha:
                newest[run.suite.id, run.name] = run
        return sorted(newest.values(), key=lambda run: -run.id)
