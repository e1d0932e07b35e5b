"""The `requires: {count: 1, teams: [...]}` of a rule, with its options: who approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from warden_policies.constraints import AtLeast
from warden_policies.example import BOB, CARL, NOON, SAMPLE, approval
from warden_policies.model import Change, NotRecorded, Person, ReviewState
from warden_policies.outcome import Action, Dismissed, Evidence, Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.accounts import login_of, users_of
from warden_policies.policy_bot.actors import ActorSet, is_actor
from warden_policies.policy_bot.branch import NOTHING, Ignoring, considered
from warden_policies.policy_bot.example import made_by, made_of
from warden_policies.policy_bot.methods import BY_DEFAULT, Candidate, Methods, candidates
from warden_policies.predicate import Example, predicate
from warden_policies.text import amount, listed, plain, short

NAME = "policy-bot approvals"


@dataclass(frozen=True, slots=True)
class Approvals:
    """How many of whom have to approve, in which ways, and whose approvals do not count.

    What a rule does not say about `methods` stays: reviews, `:+1:` and 👍 approve.
    """

    count: Annotated[int, AtLeast(1)]
    actors: ActorSet
    methods: Methods = BY_DEFAULT
    allow_author: bool = False
    allow_contributor: bool = False
    allow_non_author_contributor: bool = False
    invalidate_on_push: bool = False
    ignore_edited_comments: bool = False
    ignoring: Ignoring = NOTHING


_TEAM = Approvals(1, ActorSet(teams=("acme/payments",)))
_CHANGE = made_of(made_by(BOB, BOB))
_BY_CARL = replace(
    made_of(replace(made_by(BOB, BOB), pushed_at=NOON)),
    comments=(),
    reviews=(approval(CARL, at=NOON),),
)
_CARL = Approvals(1, ActorSet(users=("carl",)))
_EXAMPLES = (
    Example(
        "nobody has approved", _CARL, replace(_CHANGE, comments=()), Outcome.PENDING,
        "0/1 required approvals",
    ),
    Example("somebody named has", _CARL, _BY_CARL, Outcome.PASS, "1/1 required approvals"),
    Example(
        "a contributor's approval does not count",
        _TEAM,
        replace(_CHANGE, comments=(), reviews=(approval(BOB),)),
        Outcome.PENDING,
        "0/1 required approvals",
    ),
    Example(
        "unless contributors may approve",
        replace(_TEAM, allow_contributor=True),
        replace(_CHANGE, comments=(), reviews=(approval(BOB),)),
        Outcome.PASS,
        "1/1 required approvals",
    ),
    Example(
        "an approval before the push does not count when a rule says so",
        replace(_CARL, invalidate_on_push=True),
        _BY_CARL,
        Outcome.PENDING,
        "0/1 required approvals",
    ),
    Example(
        "comments were not read",
        _TEAM,
        SAMPLE,
        Outcome.ERROR,
        "failed to filter candidates: failed to list comments: "
        "this snapshot does not hold the comments",
    ),
)  # fmt: skip


def _describe(arguments: Approvals) -> str:
    return f"{amount(arguments.count, 'approval')} by {arguments.actors.choice()}"


@predicate(
    NAME, arguments=Approvals, examples=_EXAMPLES, dialect=Dialect.POLICY_BOT, describe=_describe
)
def approvals(arguments: Approvals, change: Change) -> Result:
    """So many of the actors approved, as policy-bot counts it.

    Each person's latest approval is a candidate. Those that were edited, or are not later than
    the push of the newest commit, are dropped when the rule says so. Neither the opener nor the
    authors and committers on the first-parent line may approve unless the rule says so.

    Unlike under the native `approvals`, a later request for changes by the same person takes
    nothing back, an approval of an earlier commit counts, and so does a bot's.
    """
    try:
        found = candidates(arguments.methods, ReviewState.APPROVED, change)
        kept, edited = _without_edited(arguments, found)
        kept, pushed = _without_pushed_over(arguments, kept, change)
    except NotRecorded as gap:
        return _unanswered(f"failed to filter candidates: {gap}")
    try:
        approvers, disqualified = _qualified(arguments, kept, change)
    except NotRecorded as gap:
        return _unanswered(f"failed to compute approval status: {gap}")
    return _counted(arguments, approvers, disqualified, (*edited, *pushed))


def _without_edited(
    arguments: Approvals, found: Sequence[Candidate]
) -> tuple[list[Candidate], list[Dismissed]]:
    if not arguments.ignore_edited_comments:
        return list(found), []
    dropped = [Dismissed(each.login, "Comment was edited") for each in found if each.edited]
    return [each for each in found if not each.edited], dropped


def _without_pushed_over(
    arguments: Approvals, found: list[Candidate], change: Change
) -> tuple[list[Candidate], list[Dismissed]]:
    """Without those that are not later than the push; an unknown time of push is now."""
    if not arguments.invalidate_on_push:
        return found, []
    commits = considered(arguments.ignoring, change)
    if not commits:
        return found, []
    pushed_at = commits[0].pushed_at or change.evaluated_at
    why = f"Invalidated by push of {short(commits[0].sha)}"
    dropped = [Dismissed(each.login, why) for each in found if each.at <= pushed_at]
    return [each for each in found if each.at > pushed_at], dropped


def _qualified(
    arguments: Approvals, found: Sequence[Candidate], change: Change
) -> tuple[list[Person], list[str]]:
    """Who may approve, and why the others may not. Bans are asked before actors: either may fail.

    `allow_contributor` allows the opener too, even beside `allow_author: false`.
    """
    opener = login_of(change.opener)
    contributors = _contributors(arguments, change)
    approvers, disqualified = [], []
    for each in found:
        if each.login == opener and not (arguments.allow_author or arguments.allow_contributor):
            disqualified.append(f"{plain(each.login)}'s approval: opened the pull request")
        elif each.login != opener and each.login in contributors:
            disqualified.append(f"{plain(each.login)}'s approval: contributed to the change")
        elif each.person is None or not is_actor(arguments.actors, each.person, change):
            disqualified.append(f"{plain(each.login)}'s approval: none of {arguments.actors}")
        else:
            approvers.append(each.person)
    return approvers, disqualified


def _contributors(arguments: Approvals, change: Change) -> frozenset[str]:
    """The authors and committers who may not approve."""
    if arguments.allow_contributor or arguments.allow_non_author_contributor:
        return frozenset()
    commits = considered(arguments.ignoring, change)
    return frozenset(person.login for commit in commits for person in users_of(commit))


def _counted(
    arguments: Approvals,
    approvers: Sequence[Person],
    disqualified: Sequence[str],
    dismissed: Sequence[Dismissed],
) -> Result:
    enough = len(approvers) >= arguments.count
    return Result(
        NAME,
        Outcome.PASS if enough else Outcome.PENDING,
        f"{len(approvers)}/{arguments.count} required approvals",
        evidence=tuple(Evidence(f"{plain(person.login)} approved") for person in approvers),
        dropped=(
            *(f"{plain(each.login)}'s approval: {each.why}" for each in dismissed),
            *disqualified,
        ),
        actions=() if enough else (_missing(arguments),),
        approvers=tuple(approvers),
        needed=arguments.count,
        dismissed=tuple(dismissed),
    )


def _missing(arguments: Approvals) -> Action:
    ways = listed(arguments.methods.words(), 3)
    if arguments.actors.empty:
        what = "name somebody under 'requires': nobody may approve as it is"
        return Action(("whoever owns the policy",), what)
    what = f"approve by {ways}" if ways else "nothing: the rule names no way to approve"
    return Action(arguments.actors.words(), what)


def _unanswered(error: str) -> Result:
    what = "evaluate again once the change can be read completely"
    return Result(
        NAME, Outcome.ERROR, plain(error, 200), actions=(Action(("whoever runs this",), what),)
    )
