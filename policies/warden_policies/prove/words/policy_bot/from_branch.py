"""`from_branch`: the head branch matches; a fork's with its owner before it."""

from warden_policies.predicates.policy_bot.from_branch import NAME, Source
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import both, either, no
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, RegexPattern, TextNeed
from warden_policies.prove.word import word


def _needs(arguments: Source) -> tuple[TextNeed, TextNeed]:
    pattern = RegexPattern(arguments.pattern)
    return (TextNeed(Attribute.HEAD, pattern), TextNeed(Attribute.FORK, pattern))


@word(NAME, needs=_needs)
def from_branch(arguments: Source, sketch: Sketch) -> Answer:
    """The pattern is found in its name."""
    pattern, fork = RegexPattern(arguments.pattern), sketch.marks.fork
    return met_or_failed(
        either(
            both(fork, sketch.wording.matches(Attribute.FORK, pattern)),
            both(no(fork), sketch.wording.matches(Attribute.HEAD, pattern)),
        )
    )
