"""The vocabulary of a scenario: a change in a few words, everything left out having a plain value.

Each class is what may be written at one place; the fields are the words. What is left out of a
change is not there: no files, no reviews, no labels, all of them known to be none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from warden_policies.actors import AccountName, Teams
from warden_policies.constraints import AtLeast, NotEmpty, OneAlone, Shorthand
from warden_policies.model import (
    AccountKind,
    CheckConclusion,
    EntryKind,
    FileChange,
    KeyKind,
    Permission,
    ReviewState,
)
from warden_policies.outcome import Verdict
from warden_policies.problem import Path
from warden_policies.scenario.names import CommitName, Moment, Sha, Signer, Who

OPENER: Final = "@opener"
"""Stands where nothing is written, for whoever opened the pull request."""
AUTHOR: Final = "author"
"""Who opened the pull request when it is not said."""
OWN: Final = "@own"
"""Stands where nothing is written, for the repository of the pull request itself."""

Text: TypeAlias = Annotated[str, NotEmpty()]
Count: TypeAlias = Annotated[int, AtLeast(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    """What somebody may do, and which teams they are in.

    `kind`: a bot if the login ends with `[bot]`, a user otherwise.
    """

    permission: Permission = Permission.WRITE
    teams: Teams = ()
    organizations: tuple[Text, ...] = ()
    active: bool = True
    kind: AccountKind | None = None


PeopleWords: TypeAlias = Mapping[
    Annotated[str, AccountName()], Annotated[PersonWords, Shorthand("permission")]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """A changed file.

    `change`: modified, or renamed when there is a previous path.
    """

    path: Text
    change: FileChange | None = None
    additions: Count = 1
    deletions: Count = 0
    previous_path: Text | None = None
    entry: EntryKind = EntryKind.FILE
    previous_entry: EntryKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureWords:
    """What GitHub says of a commit's cryptographic signature."""

    by: Who | None = OPENER
    valid: bool = True
    key: KeyKind = KeyKind.GPG
    key_id: str = ""
    state: str = "VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitWords:
    """A commit; an e-mail address stands for somebody whom GitHub does not know.

    `committer`: the author, if nobody is named; `on_web`: made in GitHub's web interface: there
    is no committer then; `sha`: `0000001` for the first commit of the list, and so on;
    `parents`: the commit before, if none is named; the tip of the base branch for the first.
    """

    by: Signer = OPENER
    co_authors: tuple[Signer, ...] = ()
    committer: Signer | None = None
    on_web: bool = False
    sha: Sha | None = None
    parents: tuple[CommitName, ...] | None = None
    signature: Annotated[SignatureWords, Shorthand("by")] | None = None
    on_behalf_of: tuple[Signer, ...] = ()
    pushed_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWords:
    """An approval. Without a time each of approvals and reviews comes a minute after the last.

    `by`: nobody (`~`) when the account was deleted; `can_push`: whether the author has write
    access, if not as `people` says.
    """

    by: Who | None
    commit: CommitName = "head"
    at: Moment | None = None
    body: str = ""
    edited_at: Moment | None = None
    can_push: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissalWords:
    """Who ended a review, and why they say so."""

    by: Who | None
    reason: str = ""
    was: ReviewState = ReviewState.APPROVED
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWords(ApprovalWords):
    """A review of any kind."""

    state: ReviewState
    dismissal: Annotated[DismissalWords, Shorthand("by")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWords:
    """A comment in the conversation."""

    by: Who | None
    body: Text
    at: Moment | None = None
    edited_at: Moment | None = None


class CheckState(StrEnum):
    """A conclusion, or how far a check is that has none yet."""

    SUCCESS = "success"
    FAILURE = "failure"
    NEUTRAL = "neutral"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    ACTION_REQUIRED = "action_required"
    STALE = "stale"
    STARTUP_FAILURE = "startup_failure"
    QUEUED = "queued"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """A run of a check on the head commit; 15368 is GitHub Actions."""

    state: CheckState
    app_id: Annotated[int, AtLeast(1)] = 15368


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """A status on the head commit, as older integrations report it."""

    state: Text
    by: Who | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowRunWords:
    """The latest run of a workflow for one kind of event."""

    path: Text
    event: Text = "pull_request"
    conclusion: CheckConclusion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWords:
    """A label, put there by the opener if nobody is named and by nobody known if that is `~`."""

    name: Text
    by: Who | None = OPENER


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofWords:
    """How the content of a commit compares with the head's, as git works it out."""

    commit: CommitName
    same: bool
    how: str = ""
    differing: tuple[Text, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """A secret or an insecure pattern on a line that the change adds."""

    rule: Text
    severity: Text = "high"
    path: Text = "file"
    line: Annotated[int, AtLeast(1)] = 1


class Part(StrEnum):
    """A part of the picture that may be missing."""

    FILES = "files"
    LABELS = "labels"
    COMMENTS = "comments"
    PEOPLE = "people"
    STATUSES = "statuses"
    WORKFLOW_RUNS = "workflow_runs"
    CODE_OWNERS = "code_owners"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """A pull request, or the file that one is `stored` in.

    `stored`: the path of a change file; then nothing else is said; `opener`: nobody (`~`) when
    the account was deleted; `head_repository`: another for a fork, nothing (`~`) when it is
    gone; `now`: the time of the decision; `unread`: parts that could not be read, with the
    reason: `{files: GitHub did not answer}`.
    """

    stored: Text | None = None
    opener: Who | None = AUTHOR
    title: str = "A change"
    body: str = ""
    draft: bool = False
    repository: Text = "acme/shop"
    number: Annotated[int, AtLeast(1)] = 1
    base_branch: Text = "main"
    head_branch: Text = "topic"
    head_repository: Text | None = OWN
    now: datetime = datetime(2026, 1, 5, 12, tzinfo=UTC)
    opened_at: Moment = "1 day ago"
    body_edited_at: Moment | None = None
    files: tuple[Annotated[FileWords, Shorthand("path")], ...] = ()
    commits: tuple[Annotated[CommitWords, Shorthand("by")], ...] = (CommitWords(),)
    pushers: tuple[Who, ...] = ()
    approvals: tuple[Annotated[ApprovalWords, Shorthand("by")], ...] = ()
    reviews: tuple[ReviewWords, ...] = ()
    comments: tuple[CommentWords, ...] = ()
    labels: tuple[Annotated[LabelWords, Shorthand("name")], ...] = ()
    checks: (
        Mapping[Text, Annotated[tuple[Annotated[CheckWords, Shorthand("state")], ...], OneAlone()]]
        | None
    ) = None
    statuses: Mapping[Text, Annotated[StatusWords, Shorthand("state")]] | None = None
    workflow_runs: tuple[WorkflowRunWords, ...] = ()
    code_owners: str = ""
    proofs: tuple[ProofWords, ...] = ()
    findings: tuple[Annotated[FindingWords, Shorthand("rule")], ...] = ()
    unread: Mapping[Part, Text] | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """A change that is stored in a file is described by nothing else."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about every other word."""
        if isinstance(value, ChangeWords) and value.stored is not None:
            for field in fields(value):
                if field.name != "stored" and getattr(value, field.name) != field.default:
                    yield (field.name,), "the change is stored in a file: nothing can be added"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """A change, and the verdict that the policy must come to. A change may be a file's path.

    `people`: more of them, or other rights than they have in the other cases; `because`: texts
    that the explained decision must contain.
    """

    name: Text
    people: PeopleWords | None = None
    change: Annotated[ChangeWords, Shorthand("stored"), Alone()]
    expect: Verdict
    because: Annotated[tuple[Text, ...], OneAlone()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteWords:
    """The cases of a file, the path of the policy that they are about, and who may do what."""

    policy: Text
    people: PeopleWords | None = None
    cases: Annotated[tuple[CaseWords, ...], NotEmpty()]
