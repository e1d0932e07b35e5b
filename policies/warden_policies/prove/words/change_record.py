"""`change_record`: every section is long enough."""

from collections.abc import Iterator

from warden_policies.predicates.change_record import ChangeRecord
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every
from warden_policies.prove.parts.record import SectionNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: ChangeRecord) -> Iterator[SectionNeed]:
    return (SectionNeed(section, arguments.min_characters) for section in arguments.sections)


@word("change_record", needs=_needs)
def change_record(arguments: ChangeRecord, sketch: Sketch) -> Answer:
    """Every section is filled."""
    least = arguments.min_characters
    return met_or_failed(every(sketch.record.has(section, least) for section in arguments.sections))
