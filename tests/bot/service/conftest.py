"""A running service and a GitHub for it to talk to, with the people of one repository."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from warden_bot.config import Settings, load
from warden_bot.ledger.entry import Entry
from warden_bot.sandbox import GITHUB_ACTIONS, Account, RequiredCheck, Sandbox, SandboxRepository
from warden_bot.sandbox.state import CheckRun
from warden_bot.service import Service
from warden_bot.store import changes, work
from warden_bot.store.work import Timing

PATIENCE_SECONDS = 30.0
POLICY = """\
version: 1
requirements:
  Peer review:
    require:
      approvals: {count: 1}
  Change record:
    require:
      change_record: {sections: [reason, rollback_plan]}
  Tests:
    require:
      checks: [{name: test, app_id: 15368}]
"""
BODY = """\
## Why

The bank's gateway times out now and then.

## Rollback plan

Revert this commit and deploy the release before.
"""
assert GITHUB_ACTIONS == 15368


def settings_for(github: Sandbox, folder: Path, **more: str) -> Settings:
    """The settings of a service whose App is the sandbox's."""
    return load(
        {
            "CHANGEWARDEN_APP_ID": str(github.app_id),
            "CHANGEWARDEN_PRIVATE_KEY": github.private_key_pem,
            "CHANGEWARDEN_WEBHOOK_SECRET": github.webhook_secret,
            "CHANGEWARDEN_GITHUB_API_URL": github.api_url,
            "CHANGEWARDEN_DATA_DIR": str(folder),
            "CHANGEWARDEN_PORT": "0",
        }
        | more
    )


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Return as soon as it holds; fail when it never does."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < give_up, f"waited in vain for {what}"
        time.sleep(0.01)


@dataclass
class Scene:
    """One repository on a sandbox, watched by a service."""

    github: Sandbox
    service: Service
    repository: SandboxRepository
    ana: Account
    bob: Account
    carl: Account
    folder: Path
    """The service's data."""

    def open(self, branch: str = "topic", body: str = BODY) -> int:
        """Ana pushes a branch and opens a pull request."""
        self.push(branch)
        return self.repository.open_pull_request(self.ana, branch, f"Change {branch}", body)

    def push(self, branch: str = "topic", content: str = "1\n") -> str:
        """Ana pushes a commit."""
        return self.repository.push(self.ana, branch, {"app.py": content}, "Change it")

    def tests_pass(self, branch: str = "topic", conclusion: str = "success") -> None:
        """GitHub Actions reports a result on the branch's head."""
        head = self.repository.head(branch)
        self.repository.report_check(self.github.app(), head, "test", "completed", conclusion)

    def settle(self) -> None:
        """Wait until every webhook is delivered and nothing is left to do."""
        self.github.wait_for_deliveries()
        wait_until(lambda: not self._busy(), "the queue to be empty")

    def _busy(self) -> bool:
        with self.service.store.reading() as connection:
            return any(not item.parked for item in work.dirty(connection))

    def check(self, branch: str = "topic") -> CheckRun:
        """The one check run of ours on the branch's head, once everything has settled."""
        self.settle()
        (run,) = self.our_runs(self.repository.head(branch))
        return run

    def our_runs(self, sha: str) -> list[CheckRun]:
        """The check runs of ours on a commit."""
        return [run for run in self.repository.check_runs(sha) if run.name == "changewarden"]

    def entries(self, number: int) -> list[Entry]:
        """What the log holds about a pull request, oldest first."""
        with self.service.store.reading() as connection:
            rows = changes.history(connection, self.repository.full_name, number)
        return [Entry.from_bytes(row.entry) for row in reversed(rows)]

    def requests(self, method: str, part: str) -> int:
        """How many requests of a kind GitHub has received."""
        return sum(
            request.method == method and part in request.path for request in self.github.requests
        )

    @property
    def looks(self) -> int:
        """How often the service has looked at a whole pull request."""
        return self.requests("GET", "/compare/")


StartScene: TypeAlias = Callable[..., Scene]


@pytest.fixture
def more_settings() -> dict[str, str]:
    """Settings of the service in `scene` beside those that every service needs."""
    return {}


@pytest.fixture
def scene(github: Sandbox, tmp_path: Path, more_settings: dict[str, str]) -> Iterator[Scene]:
    """A repository with a policy, a branch that is protected, and a service that is told of it."""
    repository = github.repository("demo/payments", {".github/changewarden.yml": POLICY})
    repository.protect("main", RequiredCheck("changewarden", github.app_id))
    ana, bob, carl = map(github.person, ("ana", "bob", "carl"))
    timing = Timing(debounce=20, max_wait=200, lease=5_000, second_look=20)
    settings = settings_for(github, tmp_path / "data", **more_settings)
    with Service(settings, timing=timing) as service:
        github.webhook_url = f"{service.url}/webhook"
        yield Scene(github, service, repository, ana, bob, carl, tmp_path / "data")
