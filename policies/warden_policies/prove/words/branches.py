"""`branches`: the base branch matches."""

from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, glob_needs
from warden_policies.prove.word import word


def _needs(arguments: tuple[str, ...]) -> list[TextNeed]:
    return glob_needs(Attribute.BASE, arguments)


@word("branches", needs=_needs)
def branches(arguments: tuple[str, ...], sketch: Sketch) -> Answer:
    """The base branch matches."""
    return met_or_failed(sketch.wording.listed(Attribute.BASE, arguments))
