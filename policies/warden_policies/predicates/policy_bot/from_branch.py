"""`from_branch: {pattern: "^release/"}`: where the change comes from."""

from dataclasses import dataclass, replace

from warden_policies.example import SAMPLE
from warden_policies.model import Change, NotRecorded
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import any_of, every_of, false, true
from warden_policies.policy_bot.methods import Pattern
from warden_policies.predicate import Example, predicate
from warden_policies.regex import first_found
from warden_policies.text import quoted

NAME = "policy-bot from_branch"


@dataclass(frozen=True, slots=True)
class Source:
    """`pattern`: a regular expression, found anywhere in the head branch's name."""

    pattern: Pattern = ""


_OWN = replace(SAMPLE, head_repository="acme/shop")
_FORK = replace(SAMPLE, head_repository="mallory/shop")
_EXAMPLES = (
    Example("it fits", Source("^fee"), _OWN, Outcome.PASS, "it comes from 'fee'"),
    Example(
        "a fork's branch begins with its owner",
        Source("^fee"),
        _FORK,
        Outcome.FAIL,
        "it comes from 'mallory:fee', which does not match '^fee'",
    ),
)


def _describe(arguments: Source) -> str:
    pattern = every_of((arguments.pattern,))
    return f"the head branch, written owner:branch if in a fork, matches {pattern}"


@predicate(
    NAME,
    arguments=Source,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def from_branch(arguments: Source, change: Change) -> Result:
    """The head branch's name matches the pattern; a fork's branch is called `owner:branch`."""
    source = _source(change)
    if first_found((arguments.pattern,), source) is not None:
        return true(NAME, f"it comes from {quoted(source)}")
    pattern = any_of((arguments.pattern,))
    reason = f"it comes from {quoted(source)}, which does not match {pattern}"
    return false(NAME, reason, f"open it from a branch that matches {pattern}")


def _source(change: Change) -> str:
    """Without the repository nobody knows whose branch it is, so its name says nothing."""
    if change.head_repository is None:
        raise NotRecorded("failed to get the head branch: its repository is gone or was not read")
    if change.head_repository.casefold() == change.repository.full_name.casefold():
        return change.head_ref
    return f"{change.head_repository.partition('/')[0]}:{change.head_ref}"
