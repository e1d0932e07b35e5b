"""`has_workflow_result`: how workflows ended."""

from warden_policies.policy_bot.statuses import SUCCESS
from warden_policies.predicates.policy_bot.has_workflow_result import NAME, Workflows
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every
from warden_policies.prove.parts.statuses import WorkflowNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Workflows) -> list[WorkflowNeed]:
    return [WorkflowNeed(path, arguments.conclusions or SUCCESS) for path in arguments.workflows]


@word(NAME, needs=_needs)
def has_workflow_result(arguments: Workflows, sketch: Sketch) -> Answer:
    """Each ran, and ended in one of the ways."""
    ways = arguments.conclusions or SUCCESS
    return met_or_failed(every(sketch.statuses.ran(path, ways) for path in arguments.workflows))
