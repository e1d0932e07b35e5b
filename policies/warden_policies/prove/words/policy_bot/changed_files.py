"""`changed_files`: some path matches and is not ignored."""

from warden_policies.predicates.policy_bot.changed_files import NAME, Files
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, needs, regexes
from warden_policies.prove.word import word


def _needs(arguments: Files) -> list[TextNeed]:
    return needs(Attribute.PATH, regexes((*arguments.paths, *arguments.ignore)))


@word(NAME, needs=_needs)
def changed_files(arguments: Files, sketch: Sketch) -> Answer:
    """Some path matches and is not ignored."""
    paths, ignored = regexes(arguments.paths), regexes(arguments.ignore)
    return met_or_failed(sketch.files.some_match(paths, ignored))
