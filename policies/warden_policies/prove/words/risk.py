"""`risk`: how risky the change is."""

from warden_policies.predicates.risk import AtLeastRisk
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.parts.danger import RiskNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(_arguments: AtLeastRisk) -> tuple[RiskNeed]:
    return (RiskNeed(),)


@word("risk", needs=_needs)
def risk(arguments: AtLeastRisk, sketch: Sketch) -> Answer:
    """The tier is reached."""
    return met_or_failed(sketch.danger.reaches(arguments.at_least))
