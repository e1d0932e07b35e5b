"""`head_branches`: the head branch matches."""

from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, glob_needs
from warden_policies.prove.word import word


def _needs(arguments: tuple[str, ...]) -> list[TextNeed]:
    return glob_needs(Attribute.HEAD, arguments)


@word("head_branches", needs=_needs)
def head_branches(arguments: tuple[str, ...], sketch: Sketch) -> Answer:
    """The head branch matches."""
    return met_or_failed(sketch.wording.listed(Attribute.HEAD, arguments))
