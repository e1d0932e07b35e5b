"""One question asked of one clone, which is brought up to date for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from warden_bot.clone import git
from warden_bot.clone.errors import OutOfRoomError
from warden_bot.clone.fetch import Fetcher
from warden_bot.clone.history import History
from warden_bot.clone.limits import Deadline, Limits
from warden_bot.clone.rooms import Room, packs_in
from warden_bot.clone.source import Source

T = TypeVar("T")
Question: TypeAlias = Callable[[History, Fetcher], T]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: a head on a base, by their commits, in a repository."""

    source: Source
    base: str
    head: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A room and what somebody wants to know there."""

    room: Room
    asked: Asked
    token: str = field(repr=False)
    limits: Limits
    deadline: Deadline

    @property
    def has_clone(self) -> bool:
        """Whether there is a clone that may be used as it is."""
        return self.room.usable and packs_in(self.room.path) <= self.limits.packs

    def check_version(self) -> None:
        """Raises CloneError when git is too old."""
        git.check_version(self._git(self.room.scratch))

    def ask(self, question: Question[T]) -> T:
        """The answer, once base and head are here."""
        fetcher = self._fetcher(self.room.path)
        fetcher.commits((self.asked.base, self.asked.head))
        return question(History(fetcher.git, fetcher.blobs), fetcher)

    def lay_anew(self) -> None:
        """Replace the clone by a new one. Unless that is complete the old one stays.

        Raises:
            OutOfRoomError: it would be too large. If it is the base branch that is, this is
                remembered: nobody can make it smaller by trying again.
            GitFailedError: the server did not answer, or has not got these commits.
        """
        limit = self.limits.clone_bytes
        self.room.see_if_refused(limit)
        self.room.lay_anew()
        fetcher = self._fetcher(self.room.fresh)
        try:
            fetcher.commits((self.asked.base,))
        except OutOfRoomError:
            self.room.refuse(limit)
            raise
        fetcher.commits((self.asked.head,))
        self.room.move_in()

    def _fetcher(self, clone: Path) -> Fetcher:
        return Fetcher(self._git(clone), self.asked.source, self.token)

    def _git(self, folder: Path) -> git.Git:
        digits = len(self.asked.base)
        return git.Git(folder, self.room.scratch, digits, self.limits, self.deadline)
