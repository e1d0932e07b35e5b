"""Repositories."""

from dataclasses import dataclass, field
from datetime import datetime

from warden_bot.sandbox.git import BareRepository
from warden_bot.sandbox.state.accounts import Account, AccountType, Role
from warden_bot.sandbox.state.checks import CheckRun, CheckSuite, CommitStatus, RequiredCheck
from warden_bot.sandbox.state.pulls import Label, PullRequest


@dataclass(frozen=True, slots=True)
class CommitSignature:
    """What GitHub finds out about a commit's signature, in its own words."""

    signer: Account | None
    state: str = "VALID"
    kind: str = "GpgSignature"
    key: str = "3262EFF25BA0D270"
    by_github: bool = False


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
    parent: "Repository | None" = None
    """What it was forked from."""
    roles: dict[int, Role] = field(default_factory=dict)
    """What single accounts may do here, by their id."""
    required_checks: dict[str, tuple[RequiredCheck, ...]] = field(default_factory=dict)
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    suites: list[CheckSuite] = field(default_factory=list)
    check_runs: list[CheckRun] = field(default_factory=list)
    statuses: list[CommitStatus] = field(default_factory=list)
    signatures: dict[str, CommitSignature] = field(default_factory=dict)
    """The signatures of commits, by sha; most have none."""
    web_commits: set[str] = field(default_factory=set)
    """Commits that GitHub itself made."""
    next_number: int = 1

    @property
    def full_name(self) -> str:
        """Owner and name, as in an address."""
        return f"{self.owner.login}/{self.name}"

    def role_of(self, account: Account) -> Role:
        """What `account` may do here; everybody may read a public repository."""
        role = self.granted_role(account)
        return role if self.private else max(role, Role.READ)

    def granted_role(self, account: Account) -> Role:
        """What was given to `account`: more than nothing makes a collaborator."""
        if account.suspended or account.deleted:
            return Role.NONE
        if account is self.owner:
            return Role.ADMIN
        by_organization = self.owner.type is AccountType.ORGANIZATION
        return self.roles.get(account.id, account.role if by_organization else Role.NONE)

    def latest_check_runs(self, sha: str) -> list[CheckRun]:
        """The newest run of each name in each suite on `sha`, newest first."""
        newest: dict[tuple[int, str], CheckRun] = {}
        for run in self.check_runs:
            if run.suite.head_sha == sha:
                newest[run.suite.id, run.name] = run
        return sorted(newest.values(), key=lambda run: -run.id)

    def latest_statuses(self, sha: str) -> list[CommitStatus]:
        """The newest status of each context on `sha`."""
        newest = {status.context: status for status in self.statuses if status.sha == sha}
        return sorted(newest.values(), key=lambda status: status.context)
