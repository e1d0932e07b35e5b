"""`only_changed_files`: there are paths, and all match."""

from warden_policies.predicates.policy_bot.only_changed_files import NAME, OnlyFiles
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, needs, regexes
from warden_policies.prove.word import word


def _needs(arguments: OnlyFiles) -> list[TextNeed]:
    return needs(Attribute.PATH, regexes(arguments.paths))


@word(NAME, needs=_needs)
def only_changed_files(arguments: OnlyFiles, sketch: Sketch) -> Answer:
    """There are paths, and all match."""
    paths = regexes(arguments.paths)
    return met_or_failed(sketch.files.all_match(paths))
