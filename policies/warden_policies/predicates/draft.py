"""`draft: false`: the pull request is no draft."""

from dataclasses import replace

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate

_DRAFT = replace(SAMPLE, draft=True)
_EXAMPLES = (
    Example(
        "ready",
        arguments=False,
        change=SAMPLE,
        outcome=Outcome.PASS,
        reason="the pull request is ready for review",
    ),
    Example(
        "not ready yet",
        arguments=False,
        change=_DRAFT,
        outcome=Outcome.FAIL,
        reason="the pull request is a draft",
    ),
    Example(
        "a draft is meant",
        arguments=True,
        change=_DRAFT,
        outcome=Outcome.PASS,
        reason="the pull request is a draft",
    ),
)


@predicate("draft", arguments=bool, examples=_EXAMPLES, condition=True)
def draft(arguments: bool, change: Change) -> Result:  # noqa: FBT001 - it is the whole argument
    """The pull request is a draft, or with `false`: it is ready for review."""
    states = {True: "a draft", False: "ready for review"}
    return yes_or_no(
        "draft",
        f"the pull request is {states[change.draft]}",
        Action(opener_of(change), f"mark the pull request as {states[arguments]}"),
        holds=change.draft == arguments,
    )
