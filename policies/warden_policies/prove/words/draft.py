"""`draft`: whether the change is one."""

from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import no
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import nothing, word


@word("draft", needs=nothing)
def draft(arguments: bool, sketch: Sketch) -> Answer:  # noqa: FBT001 - it is the whole argument
    """It is a draft, or it is none."""
    return met_or_failed(sketch.marks.draft if arguments else no(sketch.marks.draft))
