"""Reviews, and commits as a pull request lists them."""

from warden_bot.sandbox.graphql.actors import User, actor
from warden_bot.sandbox.graphql.commits import Commit
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.payloads.common import instant, optional_instant
from warden_bot.sandbox.state import Repository, Review, Role


class PullRequestCommit(Node):
    """A commit of a pull request; `it` is the commit."""

    @property
    def commit(self) -> Commit:
        """The commit itself."""
        found: Commit = self.it
        return found


class PullRequestReview(Node):
    """A review."""

    __slots__ = ("repository",)
    it: Review

    def __init__(self, repository: Repository, review: Review) -> None:
        super().__init__(review)
        self.repository = repository

    @property
    def author(self) -> User | None:
        """Who gave it."""
        return actor(self.it.author)

    @property
    def author_can_push_to_repository(self) -> bool:
        """Whether the author has write access now."""
        return self.repository.role_of(self.it.author) >= Role.WRITE

    @property
    def commit(self) -> Commit:
        """The head that the author was looking at."""
        return Commit(self.repository, self.it.commit_sha)

    @property
    def submitted_at(self) -> str:
        """When it was given."""
        return instant(self.it.submitted_at)

    @property
    def last_edited_at(self) -> str | None:
        """When its words were changed, if they were."""
        return optional_instant(self.it.last_edited_at)
