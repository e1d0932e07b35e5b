"""`only_paths`: every changed path matches."""

from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, glob_needs, globs_for
from warden_policies.prove.word import word


def _needs(arguments: tuple[str, ...]) -> list[TextNeed]:
    return glob_needs(Attribute.PATH, arguments)


@word("only_paths", needs=_needs)
def only_paths(arguments: tuple[str, ...], sketch: Sketch) -> Answer:
    """There are paths, and all match."""
    return met_or_failed(sketch.files.all_match(*globs_for(Attribute.PATH, arguments)))
