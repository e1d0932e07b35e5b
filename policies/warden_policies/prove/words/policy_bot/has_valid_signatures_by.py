"""`has_valid_signatures_by`: every commit is validly signed, by an actor."""

from collections.abc import Iterator

from warden_policies.policy_bot.actors import ActorSet
from warden_policies.predicates.policy_bot.has_valid_signatures_by import NAME
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.bot_actors import actor_set_needs, is_actor
from warden_policies.prove.formula import Formula, both, every, implies, some
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.signing import Key, SigningNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: ActorSet) -> Iterator[Need]:
    yield Counted(arguments, 1)
    yield SigningNeed()
    yield from actor_set_needs(arguments)


@word(NAME, needs=_needs)
def has_valid_signatures_by(arguments: ActorSet, sketch: Sketch) -> Answer:
    """Every commit is validly signed, by an actor."""
    commits, signing = sketch.commits, sketch.commits.signing

    def by_actor(key: Key) -> Formula:
        return some(
            both(signing.signed_by(key, who), is_actor(arguments, who, sketch))
            for who in sketch.cast.everybody
        )

    return met_or_failed(every(implies(commits.exists(key), by_actor(key)) for key in signing.keys))
