"""People as policy-bot knows them: by their login, upper and lower case being different."""

from collections.abc import Iterator

from warden_policies.model import Change, Commit, Person

WEB_FLOW = Person(19864447, "web-flow")
"""Who commits what is made on github.com. To policy-bot that is a contributor like others."""


def login_of(person: Person | None) -> str:
    """A login; empty for an account that was deleted or that nobody knows."""
    return person.login if person else ""


def author_of(commit: Commit) -> Person | None:
    """The first author. policy-bot knows nothing of co-authors."""
    return commit.authors[0].person if commit.authors else None


def committer_of(commit: Commit) -> Person | None:
    """The committer; GitHub itself when the change names none."""
    return commit.committer.person if commit.committer else WEB_FLOW


def users_of(commit: Commit) -> Iterator[Person]:
    """Author and committer, as far as GitHub knows accounts for them."""
    author, committer = author_of(commit), committer_of(commit)
    if author:
        yield author
    if committer and committer != author:
        yield committer


def contributors(change: Change, commits: tuple[Commit, ...]) -> tuple[Person, ...]:
    """The opener, and everybody who authored or committed one of `commits`, each once."""
    opener = (change.opener,) if change.opener else ()
    users = (person for commit in commits for person in users_of(commit))
    return tuple({person.login: person for person in (*opener, *users)}.values())
