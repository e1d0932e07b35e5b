"""`branches: [main, "release/**"]`: the change goes into one of these branches."""

from dataclasses import replace

from warden_policies.conditions import EVERY, opener_of, some_of, yes_or_no
from warden_policies.example import SAMPLE
from warden_policies.glob_syntax import Kind
from warden_policies.globs import BranchGlobs, matcher
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain

_EXAMPLES: tuple[Example[tuple[str, ...]], ...] = (
    Example("the branch", ("main",), SAMPLE, Outcome.PASS, "the base branch main matches main"),
    Example(
        "one of many",
        ("release/**", "!release/*-rc"),
        replace(SAMPLE, base_ref="release/2026.11"),
        Outcome.PASS,
        "the base branch release/2026.11 matches release/** but not release/*-rc",
    ),
    Example(
        "another branch",
        ("main", "release/**"),
        replace(SAMPLE, base_ref="develop"),
        Outcome.FAIL,
        "the base branch develop does not match main or release/**",
    ),
)


def _describe(arguments: tuple[str, ...]) -> str:
    return f"the base branch matches {some_of(arguments, EVERY)}"


@predicate(
    "branches", arguments=BranchGlobs, examples=_EXAMPLES, condition=True, describe=_describe
)
def branches(arguments: tuple[str, ...], change: Change) -> Result:
    """The base branch, which the change would be merged into, matches one of the globs."""
    holds = bool(matcher(arguments, Kind.BRANCH)(change.base_ref))
    verb, wanted = "matches" if holds else "does not match", some_of(arguments)
    return yes_or_no(
        "branches",
        f"the base branch {plain(change.base_ref)} {verb} {wanted}",
        Action(opener_of(change), f"choose a base branch that matches {wanted}"),
        holds=holds,
    )
