"""`labels`: which are there, and who put them."""

from collections.abc import Iterator

from warden_policies.predicates.labels import Labels
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import TRUE, Formula, both, every, some
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import actor_needs
from warden_policies.prove.parts.labels import LabelNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Labels) -> Iterator[Need]:
    yield from map(LabelNeed, (*arguments.any_of, *arguments.all_of))
    if arguments.applied_by is not None:
        yield Counted(arguments.applied_by, 1)
        yield from actor_needs(arguments.applied_by)


@word("labels", needs=_needs)
def labels(arguments: Labels, sketch: Sketch) -> Answer:
    """One of these and all of those are there, put by those who may."""
    allowed = arguments.applied_by

    def counts(name: str) -> Formula:
        if allowed is None:
            return sketch.labels.there(name)
        return some(
            both(sketch.labels.put_by(name, who), sketch.cast.is_one_of(who, allowed))
            for who in sketch.cast.everybody
        )

    any_of = some(map(counts, arguments.any_of)) if arguments.any_of else TRUE
    return met_or_failed(both(any_of, every(map(counts, arguments.all_of))))
