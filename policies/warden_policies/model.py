"""The vocabulary of a change: an immutable picture of a pull request at one instant.

A `Change` holds everything a policy may ask about. Whoever builds one reads every page. A part that
was not read is None and never an empty list, with the reason under `unread`; a predicate that needs
it answers with an error, so that none ever has to guess what an absent value means.

Fields made by `added` came later than the first stored changes, which are still read and hashed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warden_policies.canonical import added


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
class Team:
    """A team. `id` is its identity; `slug`, such as `acme/payments`, may change."""

    id: int
    slug: str


class Permission(StrEnum):
    """What an account may do in the repository, least first."""

    NONE = "none"
    READ = "read"
    TRIAGE = "triage"
    WRITE = "write"
    MAINTAIN = "maintain"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """0 for nothing, 5 for everything: what a minimum is compared by."""
        return _RANKS[self]


_RANKS = {permission: rank for rank, permission in enumerate(Permission)}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account was allowed when the snapshot was taken."""

    person: Person
    permission: Permission
    teams: tuple[Team, ...] = ()
    """Every team that counts the person in, through child teams too."""
    organizations: tuple[str, ...] = ()
    active: bool = True
    """False for an account that is suspended or has left the organisation."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A name in a commit. `person` is None when GitHub knows no account for the address."""

    email: str
    person: Person | None


class KeyKind(StrEnum):
    """What a commit was signed with."""

    GPG = "gpg"
    SSH = "ssh"
    SMIME = "smime"


@dataclass(frozen=True, slots=True)
class Verification:
    """What GitHub says of a commit's cryptographic signature."""

    valid: bool
    signer: Person | None = None
    key: KeyKind = KeyKind.GPG
    key_id: str = ""
    state: str = "VALID"
    """GitHub's reason, such as `VALID` or `UNKNOWN_KEY`."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit between base and head, reachable through any parent."""

    sha: str
    authors: tuple[Signature, ...]
    """The author first, then everybody in a `Co-authored-by` trailer."""
    committer: Signature | None
    """None when GitHub itself made the commit in the web interface and signed it."""
    parents: tuple[str, ...] = added(())
    on_web: bool = added(default=False)
    """Whether GitHub says that it was committed in its web interface."""
    verification: Verification | None = added(None)
    """None when the commit is not signed."""
    operators: tuple[Signature, ...] = added(())
    """For whom an agent made the commit: the people in its `On-behalf-of` trailers."""
    pushed_at: datetime | None = added(None)


class ReviewState(StrEnum):
    """GitHub's review states. Only the first three are opinions."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DISMISSED = "dismissed"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Who ended a review that was not theirs, why they say so, and what the review had said."""

    by: Person | None
    reason: str
    was: ReviewState
    at: datetime


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
    body: str = added("")
    edited_at: datetime | None = added(None)
    dismissal: Dismissal | None = added(None)
    """None for a review that stands, or when nobody recorded how it ended."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the conversation. It is never an opinion by itself."""

    id: int
    author: Person | None
    body: str
    created_at: datetime
    edited_at: datetime | None = None


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
class CommitStatus:
    """A status on the head commit, as older integrations report: anybody who may push can."""

    name: str
    state: str
    """`success`, `failure`, `error` or `pending`."""
    creator: Person | None = None


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """The latest run of a workflow on the head commit for one kind of event."""

    path: str
    event: str
    conclusion: CheckConclusion | None
    """None while it runs."""


class FileChange(StrEnum):
    """What became of a file."""

    ADDED = "added"
    MODIFIED = "modified"
    REMOVED = "removed"
    RENAMED = "renamed"


class EntryKind(StrEnum):
    """What a path leads to in a tree."""

    FILE = "file"
    EXECUTABLE = "executable"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file between the merge base and the head."""

    path: str
    change: FileChange
    additions: int = 0
    deletions: int = 0
    previous_path: str | None = None
    """Where a renamed file was; it counts as changed at both paths."""
    entry: EntryKind = EntryKind.FILE
    previous_entry: EntryKind | None = None
    """What the path led to before, or None when it was nothing or the same."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label, and who put it there the last time."""

    name: str
    applied_by: Person | None = None


@dataclass(frozen=True, slots=True)
class ContentProof:
    """How the content that a reviewer saw compares with the head's, as git works it out."""

    commit: str
    same: bool
    """Whether the head holds what this commit held and nothing else, changed by a clean rebase or
    a clean merge of the base alone."""
    how: str
    """In words: `a clean rebase`, `a clean update from main`, `2 files differ`."""
    differing: tuple[str, ...] | None = None
    """The paths whose content differs; None when that could not be worked out."""


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A secret or an insecure pattern on a line that this change adds, allowed by nobody."""

    rule: str
    severity: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the picture that could not be read completely, and why."""

    part: str
    """The name of a field of `Change`."""
    why: str


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
    head_repository: str | None = added(None)
    """The full name of the repository that the head branch lies in; None when it is gone."""
    opened_at: datetime | None = added(None)
    body_edited_at: datetime | None = added(None)
    pushers: tuple[Person, ...] = added(())
    """Who is known to have pushed to the head branch."""
    files: tuple[ChangedFile, ...] | None = added(None)
    labels: tuple[Label, ...] | None = added(None)
    comments: tuple[Comment, ...] | None = added(None)
    people: tuple[Standing, ...] | None = added(None)
    """Everybody whose standing may matter: who took part, and whom the policy names."""
    statuses: tuple[CommitStatus, ...] | None = added(None)
    workflow_runs: tuple[WorkflowRun, ...] | None = added(None)
    code_owners: str | None = added(None)
    """The text of the base branch's CODEOWNERS file; empty when there is none."""
    proofs: tuple[ContentProof, ...] = added(())
    """For reviewed commits other than the head: whether the head still holds their content."""
    findings: tuple[OpenFinding, ...] | None = added(None)
    unread: tuple[Unread, ...] = added(())


class NotRecorded(LookupError):
    """The picture has not the part that a predicate needs. The message says which and why."""


def missing_part(change: Change, part: str) -> NotRecorded:
    """What to raise when `change` has no `part`; the evaluator makes an error of it."""
    why = next((gap.why for gap in change.unread if gap.part == part), None)
    words = part.replace("_", " ")
    return NotRecorded(
        f"the {words} could not be read: {why}"
        if why
        else f"this snapshot of the change does not hold its {words}"
    )
