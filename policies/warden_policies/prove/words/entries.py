"""`entries`: what changed paths lead to."""

from warden_policies.model import EntryKind
from warden_policies.predicates.entries import Special
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import some
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import nothing, word


@word("entries", needs=nothing)
def entries(arguments: tuple[Special, ...], sketch: Sketch) -> Answer:
    """Some path leads to one of these, or did."""
    return met_or_failed(some(sketch.files.has_entry(EntryKind(kind.value)) for kind in arguments))
