"""`targets_branch: {pattern: "^main$"}`: where the change is going."""

from dataclasses import dataclass

from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import any_of, every_of, false, true
from warden_policies.policy_bot.methods import Pattern
from warden_policies.predicate import Example, predicate
from warden_policies.regex import first_found
from warden_policies.text import quoted

NAME = "policy-bot targets_branch"


@dataclass(frozen=True, slots=True)
class Target:
    """`pattern`: a regular expression, found anywhere in the base branch's name."""

    pattern: Pattern = ""


_EXAMPLES = (
    Example("it fits", Target("^main$"), SAMPLE, Outcome.PASS, "the target is 'main'"),
    Example(
        "it does not",
        Target("^release/"),
        SAMPLE,
        Outcome.FAIL,
        "the target 'main' does not match '^release/'",
    ),
)


def _describe(arguments: Target) -> str:
    return f"the base branch matches {every_of((arguments.pattern,))}"


@predicate(
    NAME,
    arguments=Target,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def targets_branch(arguments: Target, change: Change) -> Result:
    """The base branch's name matches the pattern."""
    target, pattern = quoted(change.base_ref), any_of((arguments.pattern,))
    if first_found((arguments.pattern,), change.base_ref) is not None:
        return true(NAME, f"the target is {target}")
    what = f"open it against a branch that matches {pattern}"
    return false(NAME, f"the target {target} does not match {pattern}", what)
