"""What people do: with git, and in the browser."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from warden_bot.sandbox.git_repository import BareRepository, Identity, NewCommit
from warden_bot.sandbox.rules import check_runs, merges, pulls, reviews
from warden_bot.sandbox.state import (
    Account,
    App,
    CheckRun,
    PullRequest,
    Repository,
    RequiredCheck,
    Review,
    ReviewState,
    Role,
)
from warden_bot.sandbox.world import Scene, World

Done = TypeVar("Done")


class SandboxRepository:
    """A repository as people use it.

    Every method does what the page or git would do, tells the App by webhook, and raises a
    Refusal with GitHub's words where GitHub would refuse. Pull requests are named by number.
    """

    def __init__(self, world: World, state: Repository) -> None:
        self._world = world
        self._state = state

    @property
    def id(self) -> int:
        """GitHub's number for the repository."""
        return self._state.id

    @property
    def full_name(self) -> str:
        """Owner and name."""
        return self._state.full_name

    @property
    def clone_url(self) -> str:
        """Where git finds it."""
        return f"{self._world.urls.web}/{self.full_name}.git"

    def head(self, branch: str = "main") -> str:
        """The sha of a branch's tip.

        Raises:
            LookupError: there is no such branch.
        """
        with self._world.lock:
            tip = self._state.git.branch(branch)
        if tip is None:
            raise LookupError(f"{self.full_name} has no branch {branch!r}")
        return tip

    def protect(self, branch: str, *checks: RequiredCheck) -> None:
        """Let nothing be merged into `branch` before these checks are good."""
        with self._world.lock:
            self._state.required_checks[branch] = checks

    def set_role(self, person: Account, role: Role) -> None:
        """Give somebody another role in this repository."""
        with self._world.lock:
            self._state.roles[person.login] = role

    def push(
        self,
        person: Account,
        branch: str,
        files: Mapping[str, str | bytes | None],
        message: str,
        *,
        trailers: Sequence[str] = (),
    ) -> str:
        """Commit on top of `branch` and push; return the sha.

        The commit is made in the person's own clone and travels over HTTP with their token. A
        new branch starts from the default branch. A file whose content is None is deleted.

        Raises:
            CalledProcessError: git failed; its `stderr` holds what the server said.
        """
        with self._world.lock:
            start = self._state.git.branch(branch) or self.head(self._state.default_branch)
        text = message if not trailers else message + "\n\n" + "\n".join(trailers)
        return self._push(person, self._commit(person, branch, start, files, text))

    def force_push(
        self,
        person: Account,
        branch: str,
        onto: str,
        files: Mapping[str, str | bytes | None],
        message: str,
    ) -> str:
        """Rewrite `branch` to one new commit on top of `onto`, a branch or a sha.

        Raises:
            LookupError: there is nothing called `onto`.
            CalledProcessError: git failed.
        """
        with self._world.lock:
            start = self._state.git.commit_named(onto)
        if start is None:
            raise LookupError(f"{self.full_name} has nothing called {onto!r}")
        commit = self._commit(person, branch, start, files, message)
        return self._push(person, commit, "--force")

    def delete_branch(self, person: Account, branch: str) -> None:
        """Delete a branch with git.

        Raises:
            CalledProcessError: git failed.
        """
        self._run_push(person, f":refs/heads/{branch}")

    def open_pull_request(  # noqa: PLR0913 - one argument per field of GitHub's form
        self,
        person: Account,
        head: str,
        title: str,
        body: str = "",
        *,
        base: str = "main",
        draft: bool = False,
    ) -> int:
        """Open a pull request and return its number."""
        proposal = pulls.Proposal(head, base, title, body, draft)
        return self._do(pulls.open_pull_request, person, proposal).number

    def review(
        self, person: Account, number: int, state: ReviewState | str, body: str = ""
    ) -> Review:
        """Submit a review of the current head."""
        pull = self.pull_request(number)
        opinion = ReviewState(state)
        return self._do(reviews.submit, pull, person, opinion, body or _words(opinion))

    def dismiss_review(self, person: Account, number: int, review: Review) -> None:
        """Dismiss somebody's review."""
        self._do(reviews.dismiss, self.pull_request(number), review.id, person)

    def edit_title(self, person: Account, number: int, title: str) -> None:
        """Change a pull request's title."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(title=title))

    def edit_body(self, person: Account, number: int, body: str) -> None:
        """Change a pull request's description."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(body=body))

    def edit_base(self, person: Account, number: int, base: str) -> None:
        """Let a pull request be merged into another branch."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(base=base))

    def set_draft(self, person: Account, number: int, *, draft: bool) -> None:
        """Convert to a draft, or mark as ready for review."""
        self._do(pulls.set_draft, self.pull_request(number), person, draft=draft)

    def close(self, person: Account, number: int) -> None:
        """Close without merging."""
        self._do(pulls.close, self.pull_request(number), person)

    def reopen(self, person: Account, number: int) -> None:
        """Open again."""
        self._do(pulls.reopen, self.pull_request(number), person)

    def merge(self, person: Account, number: int) -> str:
        """Press "Merge pull request" and return the merge commit's sha."""
        return self._do(merges.merge, self.pull_request(number), person)

    def report_check(
        self, app: App, sha: str, name: str, status: str, conclusion: str | None = None
    ) -> CheckRun:
        """Let an App report a check run, as GitHub Actions does for a job."""
        body = {"name": name, "head_sha": sha, "status": status}
        if conclusion is not None:
            body["conclusion"] = conclusion
        return self._do(check_runs.create, app, body)

    def rerequest_check(self, person: Account, run: CheckRun) -> None:
        """Press "Re-run" on a check run."""
        self._do(check_runs.rerequest, run, person)

    def pull_request(self, number: int) -> PullRequest:
        """The pull request of that number, as it is now."""
        with self._world.lock:
            return pulls.pull_numbered(self._state, number)

    def check_runs(self, sha: str) -> list[CheckRun]:
        """Every check run on a commit, oldest first."""
        with self._world.lock:
            return [run for run in self._state.check_runs if run.suite.head_sha == sha]

    def _do(self, action: Callable[..., Done], *arguments: object, **options: object) -> Done:
        with self._world.lock:
            return action(Scene(self._world, self._state), *arguments, **options)

    def _commit(
        self,
        person: Account,
        branch: str,
        start: str,
        files: Mapping[str, str | bytes | None],
        message: str,
    ) -> NewCommit:
        who = Identity(person.name, person.email)
        return NewCommit(branch, start, files, message, who, who, self._world.now())

    def _push(self, person: Account, commit: NewCommit, *options: str) -> str:
        sha = self._clone(person).write_commit(commit)
        self._run_push(person, f"{sha}:refs/heads/{commit.branch}", *options)
        return sha

    def _run_push(self, person: Account, refspec: str, *options: str) -> None:
        arguments = ("push", "--quiet", *options, self.clone_url, refspec)
        self._clone(person).run(*arguments, extra=self._credentials(person))

    def _clone(self, person: Account) -> BareRepository:
        """The person's clone; it borrows the server's objects instead of fetching them."""
        folder: Path = self._world.directory / "clones" / person.login / f"{self.id}.git"
        if folder.exists():
            return BareRepository(folder)
        return BareRepository.create(folder, alternate=self._state.git.path)

    def _credentials(self, person: Account) -> dict[str, str]:
        """The person's token for git: in the environment, where no process list shows it."""
        with self._world.lock:
            token = self._world.credentials.person_token(person)
        rewritten = self._world.urls.web.replace("://", f"://x-access-token:{token}@")
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{rewritten}/.insteadOf",
            "GIT_CONFIG_VALUE_0": f"{self._world.urls.web}/",
        }


def _words(state: ReviewState) -> str:
    """GitHub wants words with everything but an approval."""
    return "" if state is ReviewState.APPROVED else "See above."
