"""Comments, labels, and the timeline of a pull request."""

from warden_bot.sandbox.graphql.actors import User, actor
from warden_bot.sandbox.graphql.commits import Commit
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.payloads.common import instant, optional_instant
from warden_bot.sandbox.state import (
    Comment,
    Happened,
    HeadForcePushed,
    Labeled,
    Repository,
    ReviewDismissed,
    Unlabeled,
)


class IssueComment(Node):
    """A comment in the conversation."""

    it: Comment

    @property
    def author(self) -> User | None:
        """Who wrote it."""
        return actor(self.it.author)

    @property
    def created_at(self) -> str:
        """When it was written."""
        return instant(self.it.created_at)

    @property
    def last_edited_at(self) -> str | None:
        """When it was changed, if it was."""
        return optional_instant(self.it.last_edited_at)


class Label(Node):
    """A label."""


class _Event(Node):
    """Something that happened to a pull request."""

    __slots__ = ("repository",)
    kind = ""

    def __init__(self, repository: Repository, it: Happened) -> None:
        super().__init__(it)
        self.repository = repository

    @property
    def id(self) -> str:
        """The node's own name."""
        return f"E_{self.it.id}"

    @property
    def actor(self) -> User | None:
        """Who did it."""
        return actor(self.it.actor)

    @property
    def created_at(self) -> str:
        """When."""
        return instant(self.it.at)


class LabeledEvent(_Event):
    """A label was put on."""

    kind = "LABELED_EVENT"


class UnlabeledEvent(_Event):
    """A label was taken off."""

    kind = "UNLABELED_EVENT"


class ReviewDismissedEvent(_Event):
    """A review was ended."""

    kind = "REVIEW_DISMISSED_EVENT"
    it: ReviewDismissed

    @property
    def dismissal_message(self) -> str:
        """The reason that was given."""
        return self.it.message

    @property
    def previous_review_state(self) -> str:
        """What the review had said."""
        return self.it.was.value

    @property
    def review(self) -> Node:
        """The review, as far as a timeline names it."""
        return Node(self.it.review)


class HeadRefForcePushedEvent(_Event):
    """The head branch was rewritten."""

    kind = "HEAD_REF_FORCE_PUSHED_EVENT"
    it: HeadForcePushed

    @property
    def before_commit(self) -> Commit:
        """The head until then."""
        return Commit(self.repository, self.it.before)

    @property
    def after_commit(self) -> Commit:
        """The head from then on."""
        return Commit(self.repository, self.it.after)


_KINDS: dict[type, type[_Event]] = {
    Labeled: LabeledEvent,
    Unlabeled: UnlabeledEvent,
    ReviewDismissed: ReviewDismissedEvent,
    HeadForcePushed: HeadRefForcePushedEvent,
}


def event(repository: Repository, it: Happened) -> _Event:
    """The node for an event."""
    return _KINDS[type(it)](repository, it)
