"""`no_changed_files`: no path matches that is not ignored."""

from warden_policies.predicates.policy_bot.no_changed_files import NAME, NoFiles
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import no
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, needs, regexes
from warden_policies.prove.word import word


def _needs(arguments: NoFiles) -> list[TextNeed]:
    return needs(Attribute.PATH, regexes((*arguments.paths, *arguments.ignore)))


@word(NAME, needs=_needs)
def no_changed_files(arguments: NoFiles, sketch: Sketch) -> Answer:
    """No path matches that is not ignored."""
    paths, ignored = regexes(arguments.paths), regexes(arguments.ignore)
    return met_or_failed(no(sketch.files.some_match(paths, ignored)))
