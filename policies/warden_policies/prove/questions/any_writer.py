"""P10: can somebody who merely may write to the repository bring about what a rule relies on?"""

from dataclasses import replace

from warden_policies.evaluate import answer
from warden_policies.files import edited_workflows
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Group, questions
from warden_policies.predicates.checks import RequiredCheck
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    if_unlabelled,
    reviewers,
    reviews,
    unlabelled,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    both,
    every,
    no,
    rewritten,
)
from warden_policies.prove.parts.runs import Run
from warden_policies.prove.question import question
from warden_policies.prove.texts.patterns import Attribute, globs_for

_LABEL = "a label that an author puts on a change lets it pass with less"
_ACTIONS = 15368
_WORKFLOWS = (".github/workflows/**", ".github/actions/**")


@question("P10")
def any_writer(case: Case) -> Questions:
    """A label by an author decides; or a check that the change itself redefines does."""
    yield _label(case)
    for at, group in case.requirements:
        if any(map(_trusts_edited, _checks(group))):
            yield _edited_workflow(case, at, group)


def _label(case: Case) -> Ask:
    sketch = case.sketch
    others = (no(sketch.labels.any_by(who)) for who in sketch.cast.everybody[1:])
    formula = both(
        case.allowed,
        sketch.labels.any_by(0),
        no(sketch.labels.any_by_unknown),
        *others,
        no(if_unlabelled(case.allowed, sketch)),
    )

    def shows(change: Change) -> bool:
        by = {label.applied_by for label in change.labels or ()}
        if by != {change.opener} or not case.allows(change):
            return False
        return not case.allows(unlabelled(change))

    fix = "say under 'applied_by' whose labels count"
    claim = Claim("P10", Severity.WARNING, _LABEL, fix, _first_with_labels(case))
    return Ask(claim, formula, shows)


def _first_with_labels(case: Case) -> str:
    asking = (
        group.name
        for _, group in case.requirements
        if any(asked.predicate == "labels" for asked in questions(group))
    )
    return next(asking, "")


def _checks(group: Group) -> list[RequiredCheck]:
    return [
        each
        for asked in questions(group.members[-1])
        if asked.predicate == "checks" and isinstance(asked.arguments, tuple)
        for each in asked.arguments
        if isinstance(each, RequiredCheck)
    ]


def _trusts_edited(check: RequiredCheck) -> bool:
    return check.app_id == _ACTIONS and check.trust_edited_workflows


def _edited_workflow(case: Case, at: int, group: Group) -> Ask:
    """The requirement is met by checks on a change of what makes them, and by nobody's approval."""
    sketch, met = case.sketch, case.answer(at).passes
    edited = sketch.files.some_match(*globs_for(Attribute.PATH, _WORKFLOWS))
    silent = every(no(reviews(sketch, who)) for who in sketch.cast.everybody)
    formula = both(met, edited, silent, no(_if_unchecked(met)))

    def shows(change: Change) -> bool:
        if reviewers(change) or not edited_workflows(change):
            return False
        unchecked = replace(change, checks=())
        return _meets(group, change) and not _meets(group, unchecked)

    claim = Claim(
        "P10",
        Severity.WARNING,
        "a change that edits the workflows makes its own check succeed",
        "take 'trust_edited_workflows' away, or put an approval beside it",
        group.name,
    )
    return Ask(claim, formula, shows)


def _meets(group: Group, change: Change) -> bool:
    return answer(group, change).outcome is Outcome.PASS


def _if_unchecked(formula: Formula) -> Formula:
    """The formula about the same change, had no check reported."""

    def unchecked(atom: Is) -> Formula:
        if not atom.name.startswith("check."):
            return atom
        return TRUE if atom.value == Run.MISSING else FALSE

    return rewritten(formula, unchecked)
