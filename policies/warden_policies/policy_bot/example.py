"""Parts of changes that the examples of several predicates of this dialect need."""

from dataclasses import replace

from warden_policies.example import ANA, BOB, CARL, HEAD, SAMPLE, signed_by
from warden_policies.model import (
    Change,
    ChangedFile,
    Commit,
    FileChange,
    Permission,
    Person,
    Standing,
    Team,
    Verification,
)

PAYMENTS = Team(77, "acme/payments")


def touching(*paths: str) -> Change:
    """The sample change, with these files modified: ten lines more, two lines less in each."""
    files = (ChangedFile(path, FileChange.MODIFIED, additions=10, deletions=2) for path in paths)
    return replace(SAMPLE, files=tuple(files))


def made_of(*commits: Commit) -> Change:
    """The sample change with these commits, Bob being in the team acme/payments."""
    people = (
        Standing(ANA, Permission.WRITE),
        Standing(BOB, Permission.WRITE, (PAYMENTS,), ("acme",)),
        Standing(CARL, Permission.READ),
    )
    return replace(SAMPLE, commits=commits, people=people)


def made_by(author: Person, committer: Person, sha: str = HEAD, *, on_web: bool = False) -> Commit:
    """A commit by `author`, committed by `committer`."""
    return Commit(sha, (signed_by(author),), signed_by(committer), ("ba5e000",), on_web)


def signed(verification: Verification | None) -> Commit:
    """A commit of Ana's, signed like this."""
    return replace(made_by(ANA, ANA), verification=verification)
