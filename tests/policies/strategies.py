"""Random but well-formed changes, for properties."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from tests.builders import change
from warden_policies.model import (
    AccountKind,
    Change,
    ChangedFile,
    Check,
    CheckConclusion,
    CheckStatus,
    Commit,
    FileChange,
    Permission,
    Person,
    Repository,
    Review,
    ReviewState,
    Signature,
    Standing,
    Team,
)

SHAS = ("7be01d4".ljust(40, "0"), "1c22e90".ljust(40, "0"), "f" * 40)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(0, 2**63 - 1)
shas = st.sampled_from(SHAS)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
people = st.builds(Person, st.integers(1, 6), texts, st.sampled_from(AccountKind))
signatures = st.builds(Signature, texts, st.none() | people)
commits = st.builds(
    Commit, shas, st.lists(signatures, max_size=3).map(tuple), st.none() | signatures
)
reviews = st.builds(
    Review, numbers, st.none() | people, st.sampled_from(ReviewState), shas, instants, st.booleans()
)
checks = st.builds(
    Check,
    numbers,
    st.sampled_from(["test", "lint", "Test"]),
    st.sampled_from([15368, 2]),
    texts,
    st.sampled_from(CheckStatus),
    st.none() | st.sampled_from(CheckConclusion),
)


def distinct(items: st.SearchStrategy) -> st.SearchStrategy:
    """Tuples of items with distinct ids, as GitHub hands them out."""
    return st.lists(items, max_size=5, unique_by=lambda item: item.id).map(tuple)


files = st.builds(
    ChangedFile,
    st.sampled_from(["a.py", "payments/fee.py", ".github/changewarden.yml", "CODEOWNERS"]),
    st.sampled_from(FileChange),
    numbers,
    numbers,
    st.none() | st.just("payments/old.py"),
)
teams = st.builds(Team, st.integers(70, 73), st.sampled_from(["acme/a", "acme/b"]))
standings = st.builds(
    Standing,
    people,
    st.sampled_from(Permission),
    st.lists(teams, max_size=2).map(tuple),
    active=st.booleans(),
)

changes: st.SearchStrategy[Change] = st.builds(
    Change,
    repository=st.builds(Repository, numbers, texts),
    number=numbers,
    title=texts,
    body=texts,
    url=texts,
    opener=st.none() | people,
    base_ref=texts,
    base_sha=shas,
    head_ref=texts,
    head_sha=st.just(SHAS[0]),
    draft=st.booleans(),
    commits=st.lists(commits, max_size=3).map(tuple),
    reviews=distinct(reviews),
    checks=distinct(checks),
    additions=numbers,
    deletions=numbers,
    changed_files=numbers,
    evaluated_at=instants,
    files=st.none() | st.lists(files, max_size=4).map(tuple),
    people=st.none() | st.lists(standings, max_size=5).map(tuple),
)

orderly = st.builds(
    lambda reviews, commits, checks: change(reviews=reviews, commits=commits, checks=checks),
    distinct(
        st.builds(
            Review, numbers, people, st.sampled_from(ReviewState), shas, instants, st.just(True)
        )
    ),
    st.lists(
        st.builds(
            Commit,
            shas,
            st.lists(st.builds(Signature, texts, people), min_size=1, max_size=2).map(tuple),
            st.none(),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    distinct(checks),
)
"""Changes whose people are all known: often enough allowed for a property to bite."""
