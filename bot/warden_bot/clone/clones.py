"""Clones on disk, and the questions that are asked of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from warden_bot.clone.commit_object import CommitObject
from warden_bot.clone.commits import commits_between
from warden_bot.clone.errors import CloneError, GitFailedError, OutOfRoomError
from warden_bot.clone.fetch import is_name
from warden_bot.clone.files import files_between
from warden_bot.clone.limits import Deadline, Limits
from warden_bot.clone.proofs import Head, prove_all
from warden_bot.clone.rooms import room, tidy
from warden_bot.clone.source import Source
from warden_bot.clone.visit import Asked, Question, Visit
from warden_policies.coverage import unproven
from warden_policies.model import ChangedFile, ContentProof
from warden_policies.text import quoted

T = TypeVar("T")


class Clones:
    """Answers questions about pull requests from bare partial clones in `folder`.

    Safe under several threads and processes: one question at a time for each repository. A clone
    that is damaged or has grown too large is laid anew, once, before a question is given up.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = folder
        self._limits = limits or Limits()
        self._in_vain: dict[int, Asked] = {}
        """By repository, what a new clone could not answer either."""
        self._is_recent = False

    def proofs(
        self, source: Source, token: str, base_sha: str, head_sha: str, reviewed: Sequence[str]
    ) -> tuple[ContentProof, ...]:
        """As `prove`; but whatever goes wrong, the answer is that nothing is proven, and why."""
        head = Head(base_sha, head_sha, "the base branch")
        try:
            return self.prove(source, token, head, dict.fromkeys(reviewed, base_sha))
        except CloneError as error:
            return tuple(unproven(commit, str(error)) for commit in reviewed)

    def prove(
        self, source: Source, token: str, head: Head, seen_on: Mapping[str, str]
    ) -> tuple[ContentProof, ...]:
        """For each reviewed commit, whether the head still holds exactly its content.

        `seen_on` maps it to the base commit that it was reviewed against: today's, where nobody
        recorded another.

        Raises:
            CloneError: git could not be asked at all; the message says why. What is unknown of a
                single commit is a proof that says so.
        """
        return self._ask(
            Asked(source, head.base, head.commit),
            token,
            lambda history, fetcher: prove_all(history, fetcher, head, seen_on),
        )

    def files_between(
        self, source: Source, token: str, base_sha: str, head_sha: str
    ) -> tuple[ChangedFile, ...]:
        """Every file that the head changes since it left the base.

        Raises:
            CloneError: they are not known; the message says why, and what can be done.
        """
        return self._ask(
            Asked(source, base_sha, head_sha),
            token,
            lambda history, _: files_between(history, base_sha, head_sha),
        )

    def commits_between(
        self, source: Source, token: str, base_sha: str, head_sha: str
    ) -> tuple[CommitObject, ...]:
        """Every commit that the head has and the base has not, through any parent.

        Raises:
            CloneError: they are not known; the message says why.
        """
        return self._ask(
            Asked(source, base_sha, head_sha),
            token,
            lambda history, _: commits_between(history, base_sha, head_sha),
        )

    def _ask(self, asked: Asked, token: str, question: Question[T]) -> T:
        for name in (asked.base, asked.head):
            if not is_name(name) or len(name) != len(asked.base):
                raise CloneError(f"{quoted(name)} is not the name of a commit")
        deadline = Deadline(self._limits.seconds)
        try:
            with room(self._folder, asked.source.id, len(asked.base), deadline) as mine:
                answer = self._answer(Visit(mine, asked, token, self._limits, deadline), question)
            tidy(self._folder, self._limits)
        except OSError as error:
            raise CloneError(f"the folder of the clones: {error.strerror}") from error
        return answer

    def _answer(self, visit: Visit, question: Question[T]) -> T:
        if not self._is_recent:
            visit.check_version()
            self._is_recent = True
        repository = visit.asked.source.id
        if visit.has_clone:
            try:
                return visit.ask(question)
            except (GitFailedError, OutOfRoomError):
                if self._in_vain.get(repository) == visit.asked:
                    raise
        visit.lay_anew()
        try:
            return visit.ask(question)
        except GitFailedError:
            self._in_vain[repository] = visit.asked
            raise
