"""Everything the stand-in holds, behind one lock, and the one way an event leaves it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

from warden_bot.sandbox.credentials import Credentials
from warden_bot.sandbox.git import BareRepository, Identity, NewCommit
from warden_bot.sandbox.refusal import not_found
from warden_bot.sandbox.state import (
    Account,
    AccountType,
    App,
    CommitSignature,
    Installation,
    Repository,
    Role,
    Team,
)
from warden_bot.sandbox.urls import Urls

Emit = Callable[[str, str | None, dict[str, Any], Repository | None], None]

WEB_FLOW: Final = Identity("GitHub", "noreply@github.com")
"""The committer of what GitHub commits for somebody."""

APP_PERMISSIONS: Final = {
    "checks": "write",
    "contents": "read",
    "members": "read",
    "metadata": "read",
    "pull_requests": "write",
    "statuses": "write",
}
APP_EVENTS: Final = (
    "check_run",
    "issue_comment",
    "pull_request",
    "pull_request_review",
    "push",
    "status",
)


class World:
    """The state of GitHub. Whoever reads or changes it holds `lock`."""

    def __init__(self, directory: Path, urls: Urls, clock: Callable[[], datetime]) -> None:
        self.lock = threading.RLock()
        self.directory = directory
        self.urls = urls
        self.now = clock
        self.credentials = Credentials()
        self.accounts: dict[str, Account] = {}
        self.apps: dict[int, App] = {}
        self.repositories: dict[str, Repository] = {}
        self.teams: dict[str, Team] = {}
        self.emit: Emit = lambda *_: None
        self._ids = count(1001)
        self.web_flow = self._add_account(19864447, "web-flow", WEB_FLOW.name, AccountType.USER)
        self.web_flow.email = WEB_FLOW.email
        self.owner = self.account("demo", AccountType.ORGANIZATION)
        self.app = self.add_app(self.next_id(), "changewarden", "Changewarden")
        self.installation = Installation(
            id=self.next_id(),
            app=self.app,
            account=self.owner,
            permissions=dict(APP_PERMISSIONS),
            created_at=self.now(),
        )

    def next_id(self) -> int:
        """A number that nothing else in this world has."""
        return next(self._ids)

    def _add_account(self, number: int, login: str, name: str, kind: AccountType) -> Account:
        email = f"{number}+{login}@users.noreply.github.com"
        account = Account(number, login, name, kind, email=email)
        self.accounts[login.lower()] = account
        return account

    def account(self, login: str, kind: AccountType = AccountType.USER) -> Account:
        """The account called `login`, made when first named."""
        found = self.accounts.get(login.lower())
        return found or self._add_account(self.next_id(), login, login.capitalize(), kind)

    def account_by_email(self, email: str) -> Account | None:
        """Whose address this is, as GitHub attributes commits."""
        return next((a for a in self.accounts.values() if a.email.lower() == email.lower()), None)

    def add_app(self, app_id: int, slug: str, name: str) -> App:
        """Register an App with its bot account."""
        bot = self.account(f"{slug}[bot]", AccountType.BOT)
        self.apps[app_id] = App(
            id=app_id,
            slug=slug,
            name=name,
            client_id=f"Iv23{app_id:016d}",
            owner=self.owner,
            bot=bot,
            permissions=dict(APP_PERMISSIONS),
            events=APP_EVENTS,
            created_at=self.now(),
        )
        return self.apps[app_id]

    def repository(self, full_name: str) -> Repository:
        """The repository of that name.

        Raises:
            Refusal: 404, there is none.
        """
        found = self.repositories.get(full_name.lower())
        if found is None:
            raise not_found()
        return found

    def add_repository(
        self, full_name: str, files: dict[str, str | bytes], *, private: bool
    ) -> Repository:
        """Create a repository whose first commit, made by GitHub, holds `files`."""
        owner_login, _, name = full_name.partition("/")
        number, now = self.next_id(), self.now()
        git = BareRepository.create(self.directory / "repositories" / f"{number}.git")
        repository = Repository(
            id=number,
            owner=self.account(owner_login, AccountType.ORGANIZATION),
            name=name,
            private=private,
            default_branch="main",
            git=git,
            created_at=now,
            pushed_at=now,
        )
        self.repositories[full_name.lower()] = repository
        owner = Identity(repository.owner.name, repository.owner.email)
        first = NewCommit("main", None, dict(files), "Initial commit", owner, WEB_FLOW, now)
        sha = git.write_commit(first)
        repository.web_commits.add(sha)
        repository.signatures[sha] = self.github_signature()
        return repository

    def github_signature(self) -> CommitSignature:
        """How GitHub signs what it commits for somebody."""
        return CommitSignature(self.web_flow, by_github=True)

    def fork(self, repository: Repository, owner: Account) -> Repository:
        """A repository of somebody's own with the same branches."""
        full_name = f"{owner.login}/{repository.name}"
        number, now = self.next_id(), self.now()
        folder = self.directory / "repositories" / f"{number}.git"
        git = BareRepository.create(folder, alternate=repository.git.path)
        for ref, sha in repository.git.refs().items():
            git.update_ref(ref, sha)
        self.repositories[full_name.lower()] = Repository(
            id=number,
            owner=owner,
            name=repository.name,
            private=repository.private,
            default_branch=repository.default_branch,
            git=git,
            created_at=now,
            pushed_at=now,
            parent=repository,
        )
        return self.repositories[full_name.lower()]

    def members_of(self, team: Team) -> list[Account]:
        """Everybody in a team and in the teams below it, oldest account first."""
        found = {member.id: member for member in team.members if not member.suspended}
        for child in self.teams.values():
            if child.parent is team:
                found |= {member.id: member for member in self.members_of(child)}
        return [found[number] for number in sorted(found)]

    def may_push(self, repository: Repository, account: Account) -> bool:
        """Whether an account has write access."""
        return repository.role_of(account) >= Role.WRITE


@dataclass(frozen=True, slots=True)
class Scene:
    """Where something happens: a repository of a world."""

    world: World
    repository: Repository
