"""`draft: false`: the pull request is no draft."""

from dataclasses import replace
from typing import Final

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate

_STATES: Final = {True: "a draft", False: "ready for review"}
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


def _describe(arguments: bool) -> str:  # noqa: FBT001 - it is the whole argument
    return f"the pull request is {_STATES[arguments]}"


@predicate("draft", arguments=bool, examples=_EXAMPLES, condition=True, describe=_describe)
def draft(arguments: bool, change: Change) -> Result:  # noqa: FBT001 - it is the whole argument
    """The pull request is a draft, or with `false`: it is ready for review."""
    return yes_or_no(
        "draft",
        f"the pull request is {_STATES[change.draft]}",
        Action(opener_of(change), f"mark the pull request as {_STATES[arguments]}"),
        holds=change.draft == arguments,
    )
