"""`title`: one of two lists of patterns fits."""

from warden_policies.predicates.policy_bot.title import NAME, TitleText
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, TextNeed, needs, regexes
from warden_policies.prove.word import word


def _needs(arguments: TitleText) -> list[TextNeed]:
    return needs(Attribute.TITLE, regexes((*arguments.matches, *arguments.not_matches)))


@word(NAME, needs=_needs)
def title(arguments: TitleText, sketch: Sketch) -> Answer:
    """It matches one of the first list; or none of the second, if there is one."""
    return met_or_failed(
        sketch.wording.fits(Attribute.TITLE, arguments.matches, arguments.not_matches)
    )
