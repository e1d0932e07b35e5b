"""`has_successful_status`: checks and statuses that succeeded."""

from warden_policies.policy_bot.statuses import SUCCESS
from warden_policies.predicates.policy_bot.has_successful_status import NAME, Names
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every
from warden_policies.prove.parts.statuses import StatusNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Names) -> list[StatusNeed]:
    return [StatusNeed(name, SUCCESS) for name in arguments]


@word(NAME, needs=_needs)
def has_successful_status(arguments: Names, sketch: Sketch) -> Answer:
    """Each did."""
    return met_or_failed(every(sketch.statuses.ended(name, SUCCESS) for name in arguments))
