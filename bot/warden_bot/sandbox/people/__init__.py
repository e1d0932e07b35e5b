"""What people do: with git, in the browser, and in a repository's settings."""

from warden_bot.sandbox.people.in_browser import InBrowser
from warden_bot.sandbox.people.with_git import WithGit, Written
from warden_bot.sandbox.rules import check_runs, statuses
from warden_bot.sandbox.state import (
    Account,
    App,
    CheckRun,
    CommitSignature,
    CommitStatus,
    RequiredCheck,
    Role,
)

__all__ = ["SandboxRepository", "Written"]


class SandboxRepository(WithGit, InBrowser):
    """A repository as people use it.

    Every method does what the page or git would do, tells the App by webhook, and raises a
    Refusal with GitHub's words where GitHub would refuse. Pull requests are named by number.
    """

    def protect(self, branch: str, *checks: RequiredCheck) -> None:
        """Let nothing be merged into `branch` before these checks are good."""
        with self._world.lock:
            self._state.required_checks[branch] = checks

    def set_role(self, person: Account, role: Role) -> None:
        """Give somebody another role in this repository."""
        with self._world.lock:
            self._state.roles[person.id] = role

    def sign(self, sha: str, signature: CommitSignature) -> None:
        """Let GitHub find this signature on a commit."""
        with self._world.lock:
            self._state.signatures[sha] = signature

    def fork(self, person: Account) -> "SandboxRepository":
        """Make a copy that belongs to `person`."""
        with self._world.lock:
            return SandboxRepository(self._world, self._world.fork(self._state, person))

    def delete(self) -> None:
        """Delete the repository; pull requests that came from it lose their head's home."""
        with self._world.lock:
            del self._world.repositories[self.full_name.lower()]
            for repository in self._world.repositories.values():
                for pull in repository.pulls.values():
                    if pull.head_repository is self._state:
                        pull.head_repository = None

    def report_check(
        self, app: App, sha: str, name: str, status: str, conclusion: str | None = None
    ) -> CheckRun:
        """Let an App report a check run, as GitHub Actions does for a job."""
        body = {"name": name, "head_sha": sha, "status": status}
        if conclusion is not None:
            body["conclusion"] = conclusion
        return self._do(check_runs.create, app, body)

    def report_status(self, person: Account, sha: str, context: str, state: str) -> CommitStatus:
        """Report a status with a person's token, as scripts do."""
        return self._do(statuses.report, person, sha, context, state)

    def rerequest_check(self, person: Account, run: CheckRun) -> None:
        """Press "Re-run" on a check run."""
        self._do(check_runs.rerequest, run, person)

    def check_runs(self, sha: str) -> list[CheckRun]:
        """Every check run on a commit, oldest first."""
        with self._world.lock:
            return [run for run in self._state.check_runs if run.suite.head_sha == sha]
