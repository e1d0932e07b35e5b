"""What people do with git: each has a clone of their own, and a token to push with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from warden_bot.sandbox.git import BareRepository, Content, Identity, NewCommit
from warden_bot.sandbox.people.base import InRepository
from warden_bot.sandbox.state import Account


@dataclass(frozen=True, slots=True)
class Written:
    """How a commit came to be, where that is not simply its pusher's doing."""

    author: Account | Identity | None = None
    committer: Account | Identity | None = None
    merged: str | None = None
    """A branch or sha that becomes the second parent."""


_BY_THE_PUSHER = Written()


class WithGit(InRepository):
    """Branches and commits."""

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

    def push(  # noqa: PLR0913 - what a commit is made of
        self,
        person: Account,
        branch: str,
        files: Mapping[str, Content | None],
        message: str,
        *,
        trailers: Sequence[str] = (),
        written: Written = _BY_THE_PUSHER,
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
        author, committer = _name(written.author or person), _name(written.committer or person)
        merged = (self._named(written.merged),) if written.merged else ()
        now = self._world.now()
        commit = NewCommit(branch, start, files, text, author, committer, now, merged)
        return self._push(person, commit)

    def push_series(self, person: Account, branch: str, messages: Sequence[str]) -> str:
        """Push many commits at once, each with its message and without a change; return the last.

        Raises:
            LookupError: there is no such branch.
            CalledProcessError: git failed.
        """
        sha, who = self.head(branch), _name(person)
        for message in messages:
            commit = NewCommit(branch, sha, {}, message, who, who, self._world.now())
            sha = self._clone(person).write_commit(commit)
        self._run_push(person, f"{sha}:refs/heads/{branch}")
        return sha

    def force_push(
        self,
        person: Account,
        branch: str,
        onto: str,
        files: Mapping[str, Content | None],
        message: str,
    ) -> str:
        """Rewrite `branch` to one new commit on top of `onto`, a branch or a sha.

        Raises:
            LookupError: there is nothing called `onto`.
            CalledProcessError: git failed.
        """
        who, now = _name(person), self._world.now()
        commit = NewCommit(branch, self._named(onto), files, message, who, who, now)
        return self._push(person, commit, "--force")

    def force_push_to(self, person: Account, branch: str, sha: str) -> None:
        """Point `branch` at a commit that is there already, whatever it pointed at before."""
        self._run_push(person, f"{self._named(sha)}:refs/heads/{branch}", "--force")

    def delete_branch(self, person: Account, branch: str) -> None:
        """Delete a branch with git.

        Raises:
            CalledProcessError: git failed.
        """
        self._run_push(person, f":refs/heads/{branch}")

    def _named(self, name: str) -> str:
        with self._world.lock:
            found = self._state.git.commit_named(name)
        if found is None:
            raise LookupError(f"{self.full_name} has nothing called {name!r}")
        return found

    def _push(self, person: Account, commit: NewCommit, *options: str) -> str:
        sha = self._clone(person).write_commit(commit)
        self._run_push(person, f"{sha}:refs/heads/{commit.branch}", *options)
        return sha

    def _run_push(self, person: Account, refspec: str, *options: str) -> None:
        arguments = ("push", "--quiet", *options, self.clone_url, refspec)
        self._clone(person).run(*arguments, extra=self._credentials(person))

    def _clone(self, person: Account) -> BareRepository:
        """The person's clone; it borrows the server's objects instead of fetching them."""
        folder: Path = self._world.directory / "clones" / str(person.id) / f"{self.id}.git"
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


def _name(who: Account | Identity) -> Identity:
    return who if isinstance(who, Identity) else Identity(who.name, who.email)
