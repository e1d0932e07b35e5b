"""`from_fork`: whether the change comes from another repository."""

from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import no
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import nothing, word


@word("from_fork", needs=nothing)
def from_fork(arguments: bool, sketch: Sketch) -> Answer:  # noqa: FBT001 - it is the whole argument
    """It comes from a fork, or it does not."""
    return met_or_failed(sketch.marks.fork if arguments else no(sketch.marks.fork))
