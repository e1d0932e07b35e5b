"""`has_labels: [hotfix]`: all of these labels are on the pull request."""

from dataclasses import replace
from typing import TypeAlias

from warden_policies.example import SAMPLE
from warden_policies.model import Change, Label
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import every_of, false, true
from warden_policies.policy_bot.parts import part_of
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, quoted

NAME = "policy-bot has_labels"
Names: TypeAlias = tuple[str, ...]

_LABELLED = replace(SAMPLE, labels=(Label("Hotfix"), Label("docs")))
_EXAMPLES: tuple[Example[Names], ...] = (
    Example("it is", ("hotfix",), _LABELLED, Outcome.PASS, "has the labels 'hotfix'"),
    Example("one is missing", ("docs", "bug"), _LABELLED, Outcome.FAIL, "no label 'bug'"),
)


def _describe(arguments: Names) -> str:
    return f"the pull request is labelled {every_of(arguments, 'and')}"


@predicate(
    NAME,
    arguments=Names,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_labels(arguments: Names, change: Change) -> Result:
    """Every one of the labels is there, upper or lower case; whoever put it there."""
    labels = part_of(change, "labels", change.labels, "failed to list pull request labels")
    there = {label.name.lower() for label in labels}
    missing = listed(quoted(name) for name in arguments if name.lower() not in there)
    if missing:
        return false(NAME, f"no label {missing}", f"put the label {missing} on it")
    return true(NAME, f"has the labels {listed(map(quoted, arguments))}")
