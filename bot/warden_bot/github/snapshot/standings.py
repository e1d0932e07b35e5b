"""What people may do: everybody who took part, and everybody whom the policy names.

What GitHub is not asked for, or does not say, is nobody's right: an account that was given no
access and is in none of the teams has left, or never belonged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warden_bot.errors import ForbiddenError
from warden_bot.github.snapshot.details import Question
from warden_bot.github.snapshot.teams import Membership
from warden_policies.model import AccountKind, Change, Permission, Person, Standing

_FIELD = "collaborators(first: 1, login: $0) { edges { permission node { databaseId login } } }"
_MOST_OTHERS = 100
"""How many members of teams are shown who took no part. Nothing depends on what they may do."""


def taking_part(change: Change) -> dict[int, Person]:
    """Everybody whose name stands in the change, by account id."""
    return {person.id: person for person in _named(change) if person}


def _named(change: Change) -> Iterator[Person | None]:
    yield change.opener
    yield from change.pushers
    for commit in change.commits:
        signatures = (*commit.authors, *commit.operators, commit.committer)
        yield from (signature.person for signature in signatures if signature)
        yield commit.verification.signer if commit.verification else None
    for review in change.reviews:
        yield review.author
        yield review.dismissal.by if review.dismissal else None
    yield from (comment.author for comment in change.comments or ())
    yield from (label.applied_by for label in change.labels or ())
    yield from (status.creator for status in change.statuses or ())


def logins_of(people: Iterable[Person], named: Iterable[str]) -> list[str]:
    """The logins to ask about: robots are given no access, and accounts have one login each."""
    present = [person.login for person in people if person.kind is AccountKind.USER]
    by_policy = (name.partition("#")[0] for name in named)
    named_people = (login for login in by_policy if not login.endswith("[bot]"))
    logins = {login.casefold(): login for login in (*named_people, *present)}
    return [logins[folded] for folded in sorted(logins)]


def other_members(membership: Membership, known: Iterable[str]) -> list[Person]:
    """The team members that nobody has asked about yet."""
    folded = {login.casefold() for login in known}
    others = [each for each in membership.people if each.login.casefold() not in folded]
    return others[:_MOST_OTHERS]


def questions_about(logins: Iterable[str]) -> list[Question]:
    """For every login: whether the account was given access, and which."""
    return [Question("account", _FIELD, (login,)) for login in logins]


@dataclass(frozen=True, slots=True)
class Access:
    """An account that was given access to the repository."""

    person: Person
    permission: Permission


def to_access(answers: Sequence[dict[str, Any] | None]) -> Mapping[int, Access]:
    """Who has access, by account id.

    Raises:
        ForbiddenError: GitHub keeps it to itself.
    """
    found = {}
    for answer in answers:
        if answer is None:
            raise ForbiddenError("the App may not read who has access to the repository")
        for edge in answer["edges"]:
            person = Person(edge["node"]["databaseId"], edge["node"]["login"])
            found[person.id] = Access(person, Permission(edge["permission"].lower()))
    return found


def to_standings(
    present: Mapping[int, Person],
    access: Mapping[int, Access],
    membership: Membership,
    *,
    public: bool,
) -> tuple[Standing, ...]:
    """Everybody's standing, by account id."""
    everybody = {number: given.person for number, given in access.items()} | dict(present)
    anybody = Permission.READ if public else Permission.NONE
    return tuple(
        _standing(everybody[number], access.get(number), membership, anybody)
        for number in sorted(everybody)
    )


def _standing(
    person: Person, given: Access | None, membership: Membership, anybody: Permission
) -> Standing:
    teams = membership.teams_of(person)
    return Standing(
        person=person,
        permission=given.permission if given else anybody,
        teams=teams,
        organizations=tuple(sorted({team.slug.partition("/")[0] for team in teams})),
        active=person.kind is AccountKind.BOT or given is not None or bool(teams),
    )
