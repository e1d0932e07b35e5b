"""P10: can somebody who merely may write to the repository bring about what a rule relies on?"""

from collections.abc import (
    Collection,
)
from dataclasses import replace

from warden_policies.evaluate import answer
from warden_policies.files import edited_workflows
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import questions
from warden_policies.predicates.checks import RequiredCheck
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import (
    hands,
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
from warden_policies.prove.rules import (
    Rule,
)
from warden_policies.prove.texts.patterns import Attribute, globs_for

_LABEL = "a label that an author puts on a change lets it pass with less"
_LABELS = ("labels", "policy-bot has_labels")
_ACTIONS = 15368
_WORKFLOWS = (".github/workflows/**", ".github/actions/**")


@question("P10")
def any_writer(case: Case) -> Questions:
    """A label by an author decides; or a check that the change itself redefines does."""
    if case.sketch.labels.names:
        yield _label(case)
    if case.sketch.statuses.endings:
        yield _status(case)
    if case.sketch.statuses.workflows:
        yield _workflow_result(case)
    for rule in case.rules:
        if any(map(_trusts_edited, _checks(rule))):
            yield _edited_workflow(case, rule)


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
    claim = Claim("P10", Severity.WARNING, _LABEL, fix, _first_asking(case, _LABELS))
    return Ask(claim, formula, shows)


def _first_asking(case: Case, words: Collection[str]) -> str:
    """The first rule that asks in one of these words."""
    asking = (
        rule.name
        for rule in case.rules
        if any(asked.predicate in words for asked in questions(rule.group))
    )
    return next(asking, "")


def _status(case: Case) -> Ask:
    """A commit status that somebody who had a hand in the change reported decides."""
    statuses = case.sketch.statuses

    def unreported(atom: Is) -> Formula:
        return statuses.if_unreported(atom)

    formula = both(case.allowed, no(rewritten(case.allowed, unreported)))

    def shows(change: Change) -> bool:
        inside = {person.id for person in hands(change)}
        others = tuple(
            one for one in change.statuses or () if not one.creator or one.creator.id not in inside
        )
        return case.allows(change) and not case.allows(replace(change, statuses=others))

    claim = Claim(
        "P10",
        Severity.WARNING,
        "an author who reports a commit status lets it pass: anybody who may push can report one",
        "use the native language, whose 'checks' name the app that has to report",
        _first_asking(case, ("policy-bot has_status", "policy-bot has_successful_status")),
    )
    return Ask(claim, formula, shows)


def _workflow_result(case: Case) -> Ask:
    """The result of a workflow that the change itself edits decides."""
    sketch = case.sketch
    edited = sketch.files.some_match(*globs_for(Attribute.PATH, _WORKFLOWS))
    formula = both(case.allowed, edited, no(sketch.statuses.if_nothing_ran(case.allowed)))

    def shows(change: Change) -> bool:
        if not edited_workflows(change) or not case.allows(change):
            return False
        return not case.allows(replace(change, workflow_runs=()))

    claim = Claim(
        "P10",
        Severity.WARNING,
        "a change that edits a workflow makes that workflow's result what it wants",
        "let a rule for '^\\.github/workflows/' ask for an approval",
        _first_asking(case, ("policy-bot has_workflow_result",)),
    )
    return Ask(claim, formula, shows)


def _checks(rule: Rule) -> list[RequiredCheck]:
    return [
        each
        for asked in rule.questions
        if asked.predicate == "checks" and isinstance(asked.arguments, tuple)
        for each in asked.arguments
        if isinstance(each, RequiredCheck)
    ]


def _trusts_edited(check: RequiredCheck) -> bool:
    return check.app_id == _ACTIONS and check.trust_edited_workflows


def _edited_workflow(case: Case, rule: Rule) -> Ask:
    """The requirement is met by checks on a change of what makes them, and by nobody's approval."""
    sketch, met = case.sketch, case.answer(rule.place).passes
    edited = sketch.files.some_match(*globs_for(Attribute.PATH, _WORKFLOWS))
    silent = every(no(reviews(sketch, who)) for who in sketch.cast.everybody)
    formula = both(met, edited, silent, no(_if_unchecked(met)))

    def shows(change: Change) -> bool:
        if reviewers(change) or not edited_workflows(change):
            return False
        unchecked = replace(change, checks=())
        return _meets(rule, change) and not _meets(rule, unchecked)

    claim = Claim(
        "P10",
        Severity.WARNING,
        "a change that edits the workflows makes its own check succeed",
        "take 'trust_edited_workflows' away, or put an approval beside it",
        rule.name,
    )
    return Ask(claim, formula, shows)


def _meets(rule: Rule, change: Change) -> bool:
    return answer(rule.group, change).outcome is Outcome.PASS


def _if_unchecked(formula: Formula) -> Formula:
    """The formula about the same change, had no check reported."""

    def unchecked(atom: Is) -> Formula:
        if not atom.name.startswith("check."):
            return atom
        return TRUE if atom.value == Run.MISSING else FALSE

    return rewritten(formula, unchecked)
