"""`targets_branch`: the base branch matches."""

from warden_policies.predicates.policy_bot.targets_branch import NAME, Target
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, RegexPattern, TextNeed
from warden_policies.prove.word import word


def _needs(arguments: Target) -> tuple[TextNeed]:
    return (TextNeed(Attribute.BASE, RegexPattern(arguments.pattern)),)


@word(NAME, needs=_needs)
def targets_branch(arguments: Target, sketch: Sketch) -> Answer:
    """The pattern is found in its name."""
    return met_or_failed(sketch.wording.matches(Attribute.BASE, RegexPattern(arguments.pattern)))
