"""`checks`: each run's state decides."""

from collections.abc import Iterator

from warden_policies.outcome import Outcome
from warden_policies.predicates.checks import RequiredCheck, RequiredChecks
from warden_policies.prove.answer import Answer
from warden_policies.prove.formula import both, every, no, some
from warden_policies.prove.parts.runs import CheckNeed, Run
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: RequiredChecks) -> Iterator[CheckNeed]:
    return map(_need, arguments)


def _need(required: RequiredCheck) -> CheckNeed:
    return CheckNeed(required.name, required.app_id)


@word("checks", needs=_needs)
def checks(arguments: RequiredChecks, sketch: Sketch) -> Answer:
    """All succeeded; one failed; or one is still open."""
    wanted = [_need(required) for required in arguments]
    good = every(sketch.runs.stands(need, Run.SUCCEEDED) for need in wanted)
    bad = some(sketch.runs.stands(need, Run.FAILED) for need in wanted)
    return Answer({Outcome.PASS: good, Outcome.FAIL: bad, Outcome.PENDING: both(no(good), no(bad))})
