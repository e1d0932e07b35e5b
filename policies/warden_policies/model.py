"""The vocabulary of a change: an immutable picture of a pull request at one instant.

A `Change` holds everything a policy may ask about. It is complete or it does not exist: whoever
builds one reads every page and raises when something is missing, so that no predicate ever has to
guess what an absent value means.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountKind(StrEnum):
    """What stands behind an account."""

    USER = "user"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Person:
    """A GitHub account. `id` is its identity; `login` is display text and may change."""

    id: int
    login: str
    kind: AccountKind = AccountKind.USER


@dataclass(frozen=True, slots=True)
class Signature:
    """A name in a commit. `person` is None when GitHub knows no account for the address."""

    email: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit between base and head, reachable through any parent."""

    sha: str
    authors: tuple[Signature, ...]
    """The author first, then everybody in a `Co-authored-by` trailer."""
    committer: Signature | None
    """None when GitHub itself made the commit in the web interface and signed it."""


class ReviewState(StrEnum):
    """GitHub's review states. Only the first three are opinions."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DISMISSED = "dismissed"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said, and the commit they were looking at when they said it."""

    id: int
    author: Person | None
    """None when the account was deleted."""
    state: ReviewState
    commit: str
    submitted_at: datetime
    author_can_push: bool
    """Whether the author may write to the repository at the time of the snapshot."""


class CheckStatus(StrEnum):
    """How far a check has got."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class CheckConclusion(StrEnum):
    """GitHub's conclusions for a completed check run."""

    SUCCESS = "success"
    FAILURE = "failure"
    NEUTRAL = "neutral"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    ACTION_REQUIRED = "action_required"
    STALE = "stale"
    STARTUP_FAILURE = "startup_failure"


@dataclass(frozen=True, slots=True)
class Check:
    """A check run on the head commit. `app_id` says who vouches for it; a name can be forged."""

    id: int
    name: str
    app_id: int
    app_slug: str
    status: CheckStatus
    conclusion: CheckConclusion | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository. `id` survives renames and transfers; `full_name` is display text."""

    id: int
    full_name: str


@dataclass(frozen=True, slots=True)
class Change:
    """A pull request, pinned to a base and a head commit, at one instant.

    `base_sha` is the tip of the base branch when the snapshot was taken, and the commit whose
    policy applies. `evaluated_at` is the snapshot's time: predicates read no other clock.
    """

    repository: Repository
    number: int
    title: str
    body: str
    url: str
    opener: Person | None
    """None when the account was deleted."""
    base_ref: str
    base_sha: str
    head_ref: str
    head_sha: str
    draft: bool
    commits: tuple[Commit, ...]
    reviews: tuple[Review, ...]
    checks: tuple[Check, ...]
    additions: int
    deletions: int
    changed_files: int
    evaluated_at: datetime
