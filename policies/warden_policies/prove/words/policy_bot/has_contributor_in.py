"""`has_contributor_in`: the opener or somebody who made a commit is one of the actors."""

from collections.abc import Iterator

from warden_policies.policy_bot.actors import ActorSet
from warden_policies.predicates.policy_bot.has_contributor_in import NAME
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.bot_actors import (
    actor_set_needs,
    contributes,
    is_actor,
    is_web_flow,
    web_flow_contributes,
)
from warden_policies.prove.formula import both, either
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.signing import WebNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: ActorSet) -> Iterator[Need]:
    yield Counted(arguments, 1)
    yield WebNeed()
    yield from actor_set_needs(arguments)


@word(NAME, needs=_needs)
def has_contributor_in(arguments: ActorSet, sketch: Sketch) -> Answer:
    """The opener or somebody who made a commit is one of the actors."""
    return met_or_failed(
        either(
            both(web_flow_contributes(sketch), is_web_flow(arguments)),
            *(
                both(contributes(who, sketch), is_actor(arguments, who, sketch))
                for who in sketch.cast.everybody
            ),
        )
    )
