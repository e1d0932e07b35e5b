"""Who contributed to a change: the people who may not approve it."""

from collections.abc import Iterator

from warden_policies.model import Change, Commit, Person, Signature
from warden_policies.text import short

_WEB_FLOW_ID = 19864447
"""The account behind commits made on github.com.

A signed one arrives without a committer, so this account as a signature is only somebody's claim.
"""


def contributors(change: Change) -> dict[int, str]:
    """Everybody who had a hand in the change: account id -> what they did, in words.

    The opener, whoever is known to have pushed to the head branch, and every author, co-author and
    committer of every commit between base and head, whatever parent it is reached through. For a
    commit that an agent made, the people it says it made it for, too.
    """
    roles: dict[int, str] = {}
    for person, role in contributions(change):
        roles.setdefault(person.id, role)
    return roles


def contributions(change: Change) -> Iterator[tuple[Person, str]]:
    """Every contributor once for each thing they did, with what it was."""
    if change.opener:
        yield change.opener, "opened the pull request"
    for commit in change.commits:
        for person, role in _people_of(commit):
            yield person, f"{role} {short(commit.sha)}"
    for person in change.pushers:
        yield person, "pushed to the branch"


def _people_of(commit: Commit) -> Iterator[tuple[Person, str]]:
    for index, signature in enumerate(commit.authors):
        if signature.person:
            yield signature.person, "co-authored" if index else "authored"
    if commit.committer and commit.committer.person:
        yield commit.committer.person, "committed"
    for operator in commit.operators:
        if operator.person:
            yield operator.person, "had an agent make"


def unattributed(change: Change) -> tuple[str, ...]:
    """The commits with an author, co-author, committer or operator that no account stands for.

    Whoever wrote them may be the one who approves, so nobody's approval can be trusted.
    """
    return tuple(commit.sha for commit in change.commits if _has_unknown(commit))


def _has_unknown(commit: Commit) -> bool:
    committers = (commit.committer,) if commit.committer else ()
    people = (*commit.authors, *committers, *commit.operators)
    return not commit.authors or any(map(_unknown, people))


def _unknown(signature: Signature) -> bool:
    return signature.person is None or is_github(signature.person)


def is_github(person: Person) -> bool:
    """Whether it is the account of GitHub's own pages, behind which anybody may have been."""
    return person.id == _WEB_FLOW_ID
