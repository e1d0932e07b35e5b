"""`from_fork: true`: the change comes from another repository."""

from dataclasses import replace

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain

_FORKED = replace(SAMPLE, head_repository="eve/shop")
_EXAMPLES = (
    Example(
        "a fork",
        arguments=True,
        change=_FORKED,
        outcome=Outcome.PASS,
        reason="the head branch lies in the fork eve/shop",
    ),
    Example(
        "no fork is wanted",
        arguments=False,
        change=SAMPLE,
        outcome=Outcome.PASS,
        reason="the head branch lies in acme/shop",
    ),
    Example(
        "a fork where none is wanted",
        arguments=False,
        change=_FORKED,
        outcome=Outcome.FAIL,
        reason="the head branch lies in the fork eve/shop",
    ),
    Example(
        "a fork is wanted",
        arguments=True,
        change=SAMPLE,
        outcome=Outcome.FAIL,
        reason="the head branch lies in acme/shop",
    ),
    Example(
        "the fork was deleted",
        arguments=True,
        change=replace(SAMPLE, head_repository=None),
        outcome=Outcome.ERROR,
        reason="the repository of the head branch is gone or was not recorded",
    ),
)


def _describe(arguments: bool) -> str:  # noqa: FBT001 - it is the whole argument
    return f"the change comes from {'a fork' if arguments else 'the repository itself'}"


@predicate("from_fork", arguments=bool, examples=_EXAMPLES, condition=True, describe=_describe)
def from_fork(arguments: bool, change: Change) -> Result:  # noqa: FBT001 - it is the whole argument
    """The head branch lies in a fork, or with `false`: it lies in the repository itself.

    When its repository is gone nobody can tell, which is an error.
    """
    own, head = change.repository.full_name, change.head_repository
    if head is None:
        reason = "the repository of the head branch is gone or was not recorded"
        action = Action(opener_of(change), "open the pull request again from a branch that exists")
        return Result("from_fork", Outcome.ERROR, reason, actions=(action,))
    forked = head.casefold() != own.casefold()
    return yes_or_no(
        "from_fork",
        f"the head branch lies in {'the fork ' if forked else ''}{plain(head)}",
        Action(
            opener_of(change),
            f"open the pull request from {'a fork' if arguments else f'a branch of {plain(own)}'}",
        ),
        holds=forked == arguments,
    )
