"""`head_branches: ["hotfix/*"]`: the change comes from such a branch."""

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
    Example(
        "such a branch",
        ("hotfix/*",),
        replace(SAMPLE, head_ref="hotfix/fee"),
        Outcome.PASS,
        "the head branch hotfix/fee matches hotfix/*",
    ),
    Example(
        "another branch",
        ("hotfix/*",),
        SAMPLE,
        Outcome.FAIL,
        "the head branch fee does not match hotfix/*",
    ),
)


def _describe(arguments: tuple[str, ...]) -> str:
    return f"the head branch matches {some_of(arguments, EVERY)}"


@predicate(
    "head_branches", arguments=BranchGlobs, examples=_EXAMPLES, condition=True, describe=_describe
)
def head_branches(arguments: tuple[str, ...], change: Change) -> Result:
    """The head branch, which the change lies in, matches one of the globs.

    Whoever opens a pull request chooses that name, in a fork too (see `from_fork`).
    """
    holds = bool(matcher(arguments, Kind.BRANCH)(change.head_ref))
    verb, wanted = "matches" if holds else "does not match", some_of(arguments)
    return yes_or_no(
        "head_branches",
        f"the head branch {plain(change.head_ref)} {verb} {wanted}",
        Action(opener_of(change), f"open the pull request from a branch that matches {wanted}"),
        holds=holds,
    )
