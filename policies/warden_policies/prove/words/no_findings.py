"""`no_findings`: how bad the worst finding is."""

from warden_policies.predicates.no_findings import NoFindings
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import no
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import nothing, word


@word("no_findings", needs=nothing)
def no_findings(arguments: NoFindings, sketch: Sketch) -> Answer:
    """Nothing that bad was found."""
    return met_or_failed(no(sketch.findings.reach(arguments.at_least)))
