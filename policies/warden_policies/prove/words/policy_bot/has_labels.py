"""`has_labels`: all of them are there."""

from warden_policies.predicates.policy_bot.has_labels import NAME, Names
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every
from warden_policies.prove.parts.labels import LabelNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Names) -> list[LabelNeed]:
    return [LabelNeed(name) for name in arguments]


@word(NAME, needs=_needs)
def has_labels(arguments: Names, sketch: Sketch) -> Answer:
    """All are, whoever put them there."""
    return met_or_failed(every(map(sketch.labels.there, arguments)))
