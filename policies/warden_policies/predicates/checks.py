"""`checks: [{name: test, app_id: 15368}]`: these checks succeeded, reported by these apps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final, TypeAlias

from warden_policies.constraints import AtLeast, NotEmpty, Unique
from warden_policies.example import SAMPLE, check, file
from warden_policies.files import edited_workflows, named
from warden_policies.model import Change, Check, CheckConclusion, CheckStatus, FileChange
from warden_policies.outcome import Action, Evidence, Outcome, Result, conjunction
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain, short


@dataclass(frozen=True, slots=True)
class RequiredCheck:
    """A check by its name and the id of the GitHub App that reports it; 15368 is Actions.

    `trust_edited_workflows`: whether GitHub Actions is believed on a change to what it runs.
    """

    name: Annotated[str, NotEmpty()]
    app_id: Annotated[int, AtLeast(1)]
    trust_edited_workflows: bool = False


RequiredChecks: TypeAlias = Annotated[tuple[RequiredCheck, ...], NotEmpty(), Unique()]


@dataclass(frozen=True, slots=True)
class _Status:
    """Where one required check stands, who says so, and what is to be done about it."""

    outcome: Outcome
    text: str
    what_next: str = ""
    reporter: str = ""


_ACTIONS = 15368
_TEST = (RequiredCheck("test", 15368),)
_EXAMPLES = (
    Example("not reported yet", _TEST, SAMPLE, Outcome.PENDING, "test has not reported"),
    Example(
        "succeeded",
        _TEST,
        replace(SAMPLE, checks=(check("test"),)),
        Outcome.PASS,
        "1 of 1 checks succeeded",
    ),
    Example(
        "the same name from another app is another check",
        _TEST,
        replace(SAMPLE, checks=(check("test", app_id=666),)),
        Outcome.PENDING,
        "test has not reported",
    ),
    Example(
        "red after green",
        _TEST,
        replace(SAMPLE, checks=(check("test"), check("test", CheckConclusion.FAILURE, id=2))),
        Outcome.FAIL,
        "test ended with failure",
    ),
    Example(
        "skipped is not success",
        _TEST,
        replace(SAMPLE, checks=(check("test", CheckConclusion.SKIPPED),)),
        Outcome.FAIL,
        "test ended with skipped",
    ),
    Example(
        "running again",
        _TEST,
        replace(SAMPLE, checks=(check("test"), check("test", None, id=2))),
        Outcome.PENDING,
        "test is in progress",
    ),
    Example(
        "succeeded by a workflow of its own making",
        _TEST,
        replace(
            SAMPLE,
            checks=(check("test"),),
            files=(file(".github/workflows/ci.yml", FileChange.ADDED),),
        ),
        Outcome.FAIL,
        "test is not believed: this change edits .github/workflows/ci.yml",
    ),
    Example(
        "another app runs what this change cannot edit",
        (RequiredCheck("test", 77),),
        replace(
            SAMPLE, checks=(check("test", app_id=77),), files=(file(".github/workflows/ci.yml"),)
        ),
        Outcome.PASS,
        "1 of 1 checks succeeded",
    ),
)


_APPS: Final = {_ACTIONS: "GitHub Actions"}


def _describe(arguments: RequiredChecks) -> str:
    names = (f"{plain(each.name)} of {_app(each.app_id)}" for each in arguments)
    return f"success of the {'checks' if len(arguments) > 1 else 'check'} {listed(names, 50)}"


def _app(number: int) -> str:
    return _APPS.get(number, f"the app {number}")


def _never(arguments: RequiredChecks) -> tuple[str, ...]:
    skipped = "A check that was skipped, or that another app reports, shows nothing"
    edited = "What GitHub Actions reports on a change to its own workflows shows nothing"
    return (skipped, edited) if any(map(_runs_the_change, arguments)) else (skipped,)


@predicate("checks", arguments=RequiredChecks, examples=_EXAMPLES, describe=_describe, never=_never)
def checks(arguments: RequiredChecks, change: Change) -> Result:
    """Every required check succeeded on the head commit, reported by the app that is named.

    The latest run of a check decides. Only success counts: a skipped, neutral or cancelled check
    has not shown anything. A check of the same name from another app is somebody else's claim.

    GitHub Actions runs the workflows that the change itself brings. So when the change edits
    `.github/workflows/` or `.github/actions/`, a success that Actions reports shows nothing, unless
    `trust_edited_workflows` says that it is believed. That belongs beside something stronger:
    `any: [{checks: [...]}, {checks: [{..., trust_edited_workflows: true}], approvals: {...}}]`.
    """
    found = {required: _status(required, change) for required in arguments}
    open_ones = [status for status in found.values() if status.outcome is not Outcome.PASS]
    outcome = conjunction(status.outcome for status in found.values())
    opener = (plain(change.opener.login),) if change.opener else ()
    deciding = [status.text for status in open_ones if status.outcome is outcome]
    return Result(
        "checks",
        outcome,
        "; ".join(deciding[:5]) or f"{len(found)} of {len(found)} checks succeeded",
        evidence=tuple(
            Evidence(status.reporter, commit=change.head_sha)
            for status in found.values()
            if status.reporter
        ),
        dropped=tuple(_dropped(arguments, change)),
        actions=tuple(Action(opener, status.what_next) for status in open_ones),
    )


def _status(required: RequiredCheck, change: Change) -> _Status:
    runs = [run for run in change.checks if _is_run_of(required, run)]
    name, head = plain(required.name), short(change.head_sha)
    if not runs:
        what_next = f"run {name} on {head}: app {required.app_id} has not reported it"
        return _Status(Outcome.PENDING, f"{name} has not reported", what_next)
    latest = max(runs, key=lambda run: run.id)
    reporter = f"{name} by {plain(latest.app_slug, 40)} on {head}"
    if latest.status is not CheckStatus.COMPLETED:
        progress = f"{name} is {latest.status.value.replace('_', ' ')}"
        return _Status(Outcome.PENDING, progress, f"wait for {name} on {head}", reporter)
    if latest.conclusion is CheckConclusion.SUCCESS:
        return _succeeded(required, name, reporter, change)
    # GitHub promises a conclusion for every completed run; without one nothing was shown.
    conclusion = (latest.conclusion or "no conclusion").replace("_", " ")
    ended = f"{name} ended with {conclusion}"
    return _Status(Outcome.FAIL, ended, f"make {name} succeed on {head}", reporter)


def _succeeded(required: RequiredCheck, name: str, reporter: str, change: Change) -> _Status:
    """A success, unless the change could have made it itself."""
    if not _runs_the_change(required) or not (edited := edited_workflows(change)):
        return _Status(Outcome.PASS, f"{name} succeeded", reporter=reporter)
    reason = f"{name} is not believed: this change edits {named(edited)}"
    what_next = f"put {named(edited, 3)} into a pull request of their own"
    return _Status(Outcome.FAIL, reason, what_next, reporter)


def _runs_the_change(required: RequiredCheck) -> bool:
    return required.app_id == _ACTIONS and not required.trust_edited_workflows


def _is_run_of(required: RequiredCheck, run: Check) -> bool:
    return run.name == required.name and run.app_id == required.app_id


def _dropped(arguments: RequiredChecks, change: Change) -> Iterator[str]:
    """Runs with the right name from the wrong app: at best a mistake, at worst a forgery."""
    apps: dict[str, list[int]] = {}
    for required in arguments:
        apps.setdefault(required.name, []).append(required.app_id)
    for run in sorted(change.checks, key=lambda run: run.id):
        wanted = apps.get(run.name)
        if wanted and run.app_id not in wanted:
            reporter = f"app {run.app_id} ({plain(run.app_slug, 40)})"
            expected = " or ".join(map(str, wanted))
            yield f"{plain(run.name)} by {reporter}: the policy names app {expected}"
