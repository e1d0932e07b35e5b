"""`has_status`: how checks and statuses ended."""

from warden_policies.policy_bot.statuses import SUCCESS
from warden_policies.predicates.policy_bot.has_status import NAME, Statuses
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every
from warden_policies.prove.parts.statuses import StatusNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Statuses) -> list[StatusNeed]:
    return [StatusNeed(name, arguments.conclusions or SUCCESS) for name in arguments.statuses]


@word(NAME, needs=_needs)
def has_status(arguments: Statuses, sketch: Sketch) -> Answer:
    """Each ended in one of the ways."""
    ways = arguments.conclusions or SUCCESS
    return met_or_failed(every(sketch.statuses.ended(name, ways) for name in arguments.statuses))
