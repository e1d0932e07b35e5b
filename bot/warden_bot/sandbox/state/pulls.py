"""Pull requests, what people say in them, and what happens to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from warden_bot.sandbox.state.accounts import Account

if TYPE_CHECKING:
    from warden_bot.sandbox.state.repositories import Repository


class ReviewState(StrEnum):
    """GitHub's states of a submitted review."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    COMMENTED = "COMMENTED"
    DISMISSED = "DISMISSED"


@dataclass(slots=True, eq=False)
class Review:
    """What somebody said about a pull request, bound to the head they were looking at."""

    id: int
    author: Account
    state: ReviewState
    body: str
    commit_sha: str
    submitted_at: datetime
    last_edited_at: datetime | None = None


@dataclass(slots=True, eq=False)
class Comment:
    """A comment in the conversation."""

    id: int
    author: Account
    body: str
    created_at: datetime
    last_edited_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A label of a repository."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Labeled:
    """Somebody put a label on the pull request."""

    id: int
    actor: Account
    at: datetime
    label: Label


@dataclass(frozen=True, slots=True, eq=False)
class Unlabeled:
    """Somebody took a label off."""

    id: int
    actor: Account
    at: datetime
    label: Label


@dataclass(frozen=True, slots=True, eq=False)
class ReviewDismissed:
    """Somebody ended a review."""

    id: int
    actor: Account
    at: datetime
    review: Review
    message: str
    was: ReviewState


@dataclass(frozen=True, slots=True, eq=False)
class HeadForcePushed:
    """Somebody rewrote the head branch."""

    id: int
    actor: Account
    at: datetime
    before: str
    after: str


Happened: TypeAlias = Labeled | Unlabeled | ReviewDismissed | HeadForcePushed
"""An event of a pull request's timeline."""


@dataclass(slots=True, eq=False)
class PullRequest:
    """A pull request inside one repository. `base_sha` is the base's tip at the last push."""

    id: int
    number: int
    author: Account
    title: str
    body: str
    base_ref: str
    base_sha: str
    head_repository: "Repository | None"
    """Where the head branch lies: the repository itself or a fork; None when that is deleted."""
    head_ref: str
    head_sha: str
    draft: bool
    created_at: datetime
    updated_at: datetime
    body_edited_at: datetime | None = None
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit_sha: str | None = None
    reviews: list[Review] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    timeline: list[Happened] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Neither closed nor merged."""
        return self.closed_at is None
