"""A small change that examples are written on: well known, and reviewed by nobody.

Ana opened it with one commit of her own; nothing about it is approved, recorded or checked. An
example replaces the field it is about: `replace(SAMPLE, reviews=(approval(BOB),))`.
"""

from dataclasses import replace
from datetime import UTC, datetime

from warden_policies.model import (
    AccountKind,
    Change,
    ChangedFile,
    Check,
    CheckConclusion,
    CheckStatus,
    Commit,
    Dismissal,
    EntryKind,
    FileChange,
    Permission,
    Person,
    Repository,
    Review,
    ReviewState,
    Signature,
    Standing,
)

ANA, BOB, CARL = Person(1, "ana"), Person(2, "bob"), Person(3, "carl")
ROBOT = Person(90, "robot[bot]", AccountKind.BOT)
HEAD = "7be01d4".ljust(40, "0")
EARLIER = "1c22e90".ljust(40, "0")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AFTERNOON = NOON.replace(hour=14, minute=2)


def signed_by(person: Person | None) -> Signature:
    """How `person` (None: somebody GitHub does not know) appears in a commit."""
    return Signature(f"{person.login if person else 'nobody'}@example.org", person)


def commit(*authors: Person | None, sha: str = HEAD) -> Commit:
    """A commit by the first of `authors`, co-authored by the others, made on github.com."""
    return Commit(sha, tuple(map(signed_by, authors)), committer=None)


def said(  # noqa: PLR0913 - the fields of a review, each with the value that most examples want
    author: Person | None,
    state: ReviewState,
    *,
    id: int = 1,
    sha: str = HEAD,
    at: datetime = AFTERNOON,
    can_push: bool = True,
) -> Review:
    """What `author` said."""
    return Review(id, author, state, sha, at, can_push)


def dismissed(
    author: Person | None,
    was: ReviewState,
    by: Person | None,
    *,
    id: int = 1,
    reason: str = "Settled in the design meeting",
) -> Review:
    """What `author` said before `by` dismissed it."""
    review = said(author, ReviewState.DISMISSED, id=id)
    return replace(review, dismissal=Dismissal(by, reason, was, AFTERNOON))


def approval(
    author: Person | None,
    *,
    id: int = 1,
    sha: str = HEAD,
    at: datetime = AFTERNOON,
    can_push: bool = True,
) -> Review:
    """An approval by `author`."""
    return said(author, ReviewState.APPROVED, id=id, sha=sha, at=at, can_push=can_push)


def check(
    name: str,
    conclusion: CheckConclusion | None = CheckConclusion.SUCCESS,
    *,
    id: int = 1,
    app_id: int = 15368,
) -> Check:
    """A check run on the head: completed with `conclusion`, or still running without one."""
    status = CheckStatus.COMPLETED if conclusion else CheckStatus.IN_PROGRESS
    return Check(id, name, app_id, f"app-{app_id}", status, conclusion)


def file(
    path: str,
    change: FileChange = FileChange.MODIFIED,
    *,
    previous_path: str | None = None,
    entry: EntryKind = EntryKind.FILE,
    previous_entry: EntryKind | None = None,
) -> ChangedFile:
    """A changed file, one line longer than it was."""
    return ChangedFile(path, change, 1, 0, previous_path, entry, previous_entry)


SAMPLE = Change(
    repository=Repository(100, "acme/shop"),
    number=7,
    title="Charge the fee once",
    body="",
    url="https://github.com/acme/shop/pull/7",
    opener=ANA,
    base_ref="main",
    base_sha="ba5e000".ljust(40, "0"),
    head_ref="fee",
    head_sha=HEAD,
    draft=False,
    commits=(commit(ANA),),
    reviews=(),
    checks=(),
    additions=12,
    deletions=3,
    changed_files=2,
    evaluated_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
    head_repository="acme/shop",
    files=(
        ChangedFile("payments/fee.py", FileChange.MODIFIED, 9, 3),
        ChangedFile("tests/test_fee.py", FileChange.MODIFIED, 3, 0),
    ),
    labels=(),
    people=(
        Standing(ANA, Permission.WRITE),
        Standing(BOB, Permission.WRITE),
        Standing(CARL, Permission.MAINTAIN),
    ),
    code_owners="",
    findings=(),
)
