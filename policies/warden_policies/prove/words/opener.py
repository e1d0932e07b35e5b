"""`opener`: what the account is that opened the change."""

from collections.abc import Iterator

from warden_policies.accounts import Account
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.part import Need
from warden_policies.prove.parts.identities import actor_needs
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Account) -> Iterator[Need]:
    yield from actor_needs(arguments)


@word("opener", needs=_needs)
def opener(arguments: Account, sketch: Sketch) -> Answer:
    """The first account is so."""
    return met_or_failed(sketch.cast.is_described(0, arguments))
