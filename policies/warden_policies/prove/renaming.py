"""The same change with other people in it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from warden_policies.model import Change, Person

STAND_IN: Final = Person(10**15, "somebody-else")
"""A person whom no policy names."""


def with_people(change: Change, instead: Mapping[Person, Person]) -> Change:
    """The change with each of these people in another's place, also in CODEOWNERS."""
    found = _replaced(change, instead)
    if not isinstance(found, Change):
        raise TypeError("a change stays one")
    if not found.code_owners:
        return found
    logins = {f"@{old.login}": f"@{new.login}" for old, new in instead.items()}
    lines = found.code_owners.split("\n")
    owners = (" ".join(logins.get(word, word) for word in line.split(" ")) for line in lines)
    return replace(found, code_owners="\n".join(owners))


def _replaced(value: Any, instead: Mapping[Person, Person]) -> Any:  # noqa: ANN401 - any of the vocabulary
    if isinstance(value, Person):
        return instead.get(value, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, instead) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    members = {field.name: getattr(value, field.name) for field in fields(value)}
    changed = {
        name: new
        for name, member in members.items()
        if (new := _replaced(member, instead)) is not member
    }
    return replace(value, **changed) if changed else value


def opened_by_a_person(change: Change) -> Change:
    """The change as if whoever opened it were a person of no special name."""
    return with_people(change, {change.opener: STAND_IN}) if change.opener else change


def mentioned(value: Any) -> Iterator[Person]:  # noqa: ANN401 - any of the vocabulary
    """Everybody in a change or a part of it, in the order in which they come."""
    if isinstance(value, Person):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from mentioned(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from mentioned(getattr(value, field.name))
