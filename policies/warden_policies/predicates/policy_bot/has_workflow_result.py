"""`has_workflow_result: {workflows: [.github/workflows/ci.yml]}`: these workflows succeeded."""

from dataclasses import dataclass, replace

from warden_policies.example import SAMPLE
from warden_policies.model import Change, CheckConclusion, WorkflowRun
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import every_of, false, true
from warden_policies.policy_bot.parts import part_of
from warden_policies.policy_bot.statuses import SUCCESS, conclusions_in_words
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, quoted

NAME = "policy-bot has_workflow_result"


@dataclass(frozen=True, slots=True)
class Workflows:
    """`workflows`: paths. `conclusions`: what they may have ended with; `[success]` when empty."""

    workflows: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()


_CI = Workflows((".github/workflows/ci.yml",))
_GREEN = WorkflowRun(".github/workflows/ci.yml", "push", CheckConclusion.SUCCESS)
_RED = WorkflowRun(".github/workflows/ci.yml", "pull_request", CheckConclusion.FAILURE)
_EXAMPLES = (
    Example(
        "it succeeded",
        _CI,
        replace(SAMPLE, workflow_runs=(_GREEN,)),
        Outcome.PASS,
        "'.github/workflows/ci.yml' ended with success",
    ),
    Example(
        "it failed for one kind of event",
        _CI,
        replace(SAMPLE, workflow_runs=(_GREEN, _RED)),
        Outcome.FAIL,
        "'.github/workflows/ci.yml' ended with failure",
    ),
    Example(
        "it runs",
        _CI,
        replace(SAMPLE, workflow_runs=(replace(_GREEN, conclusion=None),)),
        Outcome.FAIL,
        "'.github/workflows/ci.yml' has not ended",
    ),
    Example(
        "it never ran",
        _CI,
        replace(SAMPLE, workflow_runs=()),
        Outcome.FAIL,
        "'.github/workflows/ci.yml' has not run",
    ),
)


def _describe(arguments: Workflows) -> str:
    ends = every_of(arguments.conclusions or SUCCESS)
    return f"{every_of(arguments.workflows, 'and')} ended with {ends}"


@predicate(
    NAME,
    arguments=Workflows,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_workflow_result(arguments: Workflows, change: Change) -> Result:
    """Each workflow ran on the head, and its latest run for every kind of event ended so.

    A run that has not ended does not count as one that did, even if an earlier one had.
    """
    doing = "failed to list workflow runs"
    runs = part_of(change, "workflow_runs", change.workflow_runs, doing)
    wanted = arguments.conclusions or SUCCESS
    complaints = (_complaint(path, wanted, runs) for path in arguments.workflows)
    complaint = next((each for each in complaints if each is not None), None)
    names = listed(map(quoted, arguments.workflows))
    if complaint is not None:
        return false(NAME, complaint, f"make {names} end with {conclusions_in_words(wanted)}")
    return true(NAME, f"{names} ended with {conclusions_in_words(wanted)}")


def _complaint(path: str, wanted: tuple[str, ...], runs: tuple[WorkflowRun, ...]) -> str | None:
    found = [run.conclusion for run in runs if run.path == path]
    if not found:
        return f"{quoted(path)} has not run"
    wrong = next((each for each in found if each not in wanted), "")
    if wrong is None:
        return f"{quoted(path)} has not ended"
    return f"{quoted(path)} ended with {wrong}" if wrong else None
