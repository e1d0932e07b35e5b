"""Who may approve: the people that a rule names, without those whose own work it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from warden_policies.actors import (
    UNNAMED,
    Accounts,
    Actors,
    includes,
    is_named,
    standing_of,
    standings,
)
from warden_policies.memo import per_change
from warden_policies.model import AccountKind, Change, Permission, Person, Standing
from warden_policies.people import contributors
from warden_policies.text import plain


class Content(StrEnum):
    """What an approval is bound to."""

    SAME = "same"
    """Any commit whose content the head still holds, as git proves."""
    HEAD = "head"
    """The head commit alone."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Whose approvals count, and for how long. Nothing here implies anything else here.

    Without `actors`, everybody who may push to the repository may approve.
    """

    actors: Actors = UNNAMED
    bots: Accounts = ()
    expire_after_days: int | None = None
    content: Content = Content.SAME
    allow_opener: bool = False
    allow_other_contributors: bool = False


@per_change
def contributing(change: Change) -> Mapping[int, str]:
    """Everybody who had a hand in the change, as `people.contributors` tells them."""
    return contributors(change)


def why_contributing(person: Person, change: Change, rules: Rules) -> str | None:
    """What makes the person's approval their own, or None when they may approve."""
    role = contributing(change).get(person.id)
    if role is None:
        return None
    is_opener = change.opener is not None and change.opener.id == person.id
    allowed = rules.allow_opener if is_opener else rules.allow_other_contributors
    return None if allowed else f"{plain(person.login)} {role}"


def why_may_not(person: Person, change: Change, rules: Rules, *, can_push: bool) -> str | None:
    """Why nothing that this person says can count as an approval, or None when it can."""
    if person.kind is not AccountKind.USER:
        listed = any(is_named(name, person.id, person.login) for name in rules.bots)
        return None if listed else "only people's approvals count"
    if own := why_contributing(person, change, rules):
        return own
    if not rules.actors.empty:
        return _why_not_named(standing_of(person, change), rules.actors)
    if not can_push:
        return f"{plain(person.login)} has no write access"
    if change.people is not None and not standing_of(person, change).active:
        return f"{plain(person.login)} is not active any more"
    return None


def _why_not_named(standing: Standing, actors: Actors) -> str | None:
    if includes(actors, standing):
        return None
    login = plain(standing.person.login)
    if not standing.active:
        return f"{login} is not active any more"
    return f"{login} is not {actors}"


def candidates(change: Change, rules: Rules) -> tuple[Person, ...]:
    """Everybody known who may approve, by login; empty when nobody's standing is known.

    The snapshot knows those who took part and those whom the policy names, and not everybody who
    may push.
    """
    if change.people is None:
        return ()
    known = (standing.person for standing in standings(change).values())
    able = (person for person in known if not _why_no_candidate(person, change, rules))
    return tuple(sorted(able, key=lambda person: person.login.casefold()))


def _why_no_candidate(person: Person, change: Change, rules: Rules) -> str | None:
    can_push = standing_of(person, change).permission.rank >= Permission.WRITE.rank
    return why_may_not(person, change, rules, can_push=can_push)


def excluded(change: Change, rules: Rules) -> tuple[str, ...]:
    """Who of those that the rules name may not approve because of what they did, each with what."""
    if change.people is None:
        return ()
    able = replace(rules, allow_opener=True, allow_other_contributors=True)
    people = (standing.person for standing in standings(change).values())
    barred = (
        f"{plain(person.login)}, who {contributing(change)[person.id]}"
        for person in people
        if why_contributing(person, change, rules) and not _why_no_candidate(person, change, able)
    )
    return tuple(sorted(barred))
