"""`has_author_in`: the account that opened is one of the actors."""

from collections.abc import Iterator

from warden_policies.policy_bot.actors import ActorSet
from warden_policies.predicates.policy_bot.has_author_in import NAME
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.bot_actors import actor_set_needs, is_actor
from warden_policies.prove.part import Need
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: ActorSet) -> Iterator[Need]:
    yield from actor_set_needs(arguments)


@word(NAME, needs=_needs)
def has_author_in(arguments: ActorSet, sketch: Sketch) -> Answer:
    """The account that opened is one of the actors."""
    return met_or_failed(is_actor(arguments, 0, sketch))
