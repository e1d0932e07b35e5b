"""Accounts."""

from datetime import datetime
from typing import Any

from warden_policies.model import AccountKind, Person

_BOT_SUFFIX = "[bot]"


def to_person(actor: dict[str, Any] | None) -> Person | None:
    """An account, or None for a deleted one and for kinds that have no numeric id.

    GraphQL leaves the `[bot]` off a robot's login. With it nobody can be mistaken for a robot of
    the same name.
    """
    if actor is None or actor.get("databaseId") is None:
        return None
    login = actor["login"]
    if actor["__typename"] == "User":
        return Person(actor["databaseId"], login)
    robot = login.removesuffix(_BOT_SUFFIX) + _BOT_SUFFIX
    return Person(actor["databaseId"], robot, AccountKind.BOT)


def to_user(user: dict[str, Any] | None) -> Person | None:
    """The same where GitHub names people alone."""
    if user is None or user["databaseId"] is None:
        return None
    return Person(user["databaseId"], user["login"])


def to_instant(text: str | None) -> datetime | None:
    """An instant that may not have come."""
    return None if text is None else datetime.fromisoformat(text)
