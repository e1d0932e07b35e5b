"""`checks`: each run's state decides."""

from collections.abc import Iterator

from warden_policies.outcome import Outcome
from warden_policies.predicates.checks import RequiredCheck, RequiredChecks
from warden_policies.prove.answer import Answer
from warden_policies.prove.formula import FALSE, Formula, both, either, every, no, some
from warden_policies.prove.part import Need
from warden_policies.prove.parts.runs import CheckNeed, Run
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, glob_needs, globs_for
from warden_policies.prove.word import word

_RUN_BY_THE_CHANGE = (".github/workflows/**", ".github/actions/**")
_ACTIONS = 15368


def _needs(arguments: RequiredChecks) -> Iterator[Need]:
    yield from map(_need, arguments)
    if any(map(_believed_only_unedited, arguments)):
        yield from glob_needs(Attribute.PATH, _RUN_BY_THE_CHANGE)


def _believed_only_unedited(required: RequiredCheck) -> bool:
    return required.app_id == _ACTIONS and not required.trust_edited_workflows


def _need(required: RequiredCheck) -> CheckNeed:
    return CheckNeed(required.name, required.app_id)


@word("checks", needs=_needs)
def checks(arguments: RequiredChecks, sketch: Sketch) -> Answer:
    """All succeeded and are believed; one did not or is not; or one is still open."""
    edited = sketch.files.some_match(*globs_for(Attribute.PATH, _RUN_BY_THE_CHANGE))

    def doubted(required: RequiredCheck) -> Formula:
        return edited if _believed_only_unedited(required) else FALSE

    done = {each: sketch.runs.stands(_need(each), Run.SUCCEEDED) for each in arguments}
    good = every(both(is_done, no(doubted(each))) for each, is_done in done.items())
    bad = some(
        either(sketch.runs.stands(_need(each), Run.FAILED), both(is_done, doubted(each)))
        for each, is_done in done.items()
    )
    return Answer({Outcome.PASS: good, Outcome.FAIL: bad, Outcome.PENDING: both(no(good), no(bad))})
