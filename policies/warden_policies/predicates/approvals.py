"""`approvals: {count: 2}`: people who had no hand in the change approved exactly this content."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from warden_policies.actors import UNNAMED, Accounts, Actors, Teams
from warden_policies.approval_actions import (
    approvals_missing,
    nobody_there,
    standing_objections,
    unknown_people,
)
from warden_policies.approval_words import asked, never
from warden_policies.constraints import AtLeast
from warden_policies.eligibility import Content, Rules
from warden_policies.example import (
    ANA,
    BOB,
    CARL,
    EARLIER,
    NOON,
    ROBOT,
    SAMPLE,
    approval,
    commit,
    said,
)
from warden_policies.model import Change, Permission, Review, ReviewState
from warden_policies.opinions import ballot, dropped, still_holds, who
from warden_policies.outcome import Evidence, Outcome, Result
from warden_policies.people import unattributed
from warden_policies.predicate import Example, predicate
from warden_policies.text import short


class Unattributed(StrEnum):
    """What to do about commits whose people nobody knows."""

    BLOCK = "block"
    ONE_MORE = "one_more"
    """Whoever wrote them may be among those who approved, so one more must approve."""


@dataclass(frozen=True, slots=True)
class Approvals:
    """`count`: how many people must have approved.

    `people`, `teams`, `permission`: who may, when not everybody with write access; `bots`: robots
    whose approval counts too. `expire_after_days`: how long an approval lasts. `content`: `same`
    lets an approval survive a clean rebase or update, `head` binds it to the commit. `lifters`: who
    may lift an objection by dismissing it with a reason; people who maintain the repository unless
    said otherwise. `unattributed`: `block`, or `one_more` approval when a commit's people are
    unknown. `allow_opener` and `allow_other_contributors` let people approve their own work.
    """

    count: Annotated[int, AtLeast(1)]
    people: Accounts = ()
    teams: Teams = ()
    permission: Permission | None = None
    bots: Accounts = ()
    expire_after_days: Annotated[int, AtLeast(1)] | None = None
    content: Content = Content.SAME
    lifters: Actors = UNNAMED
    unattributed: Unattributed = Unattributed.BLOCK
    allow_opener: bool = False
    allow_other_contributors: bool = False

    @property
    def rules(self) -> Rules:
        """Whose approvals count."""
        return Rules(
            Actors(self.people, self.teams, self.permission),
            self.bots,
            self.expire_after_days,
            self.content,
            self.allow_opener,
            self.allow_other_contributors,
        )


_EXAMPLES = (
    Example("nobody has looked yet", Approvals(1), SAMPLE, Outcome.PENDING, "0 of 1 approvals"),
    Example(
        "one person approved the head",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(BOB),)),
        Outcome.PASS,
        "1 of 1 approvals",
    ),
    Example(
        "the same person twice is one person",
        Approvals(2),
        replace(SAMPLE, reviews=(approval(BOB, at=NOON), approval(BOB, id=2))),
        Outcome.PENDING,
        "1 of 2 approvals",
    ),
    Example(
        "an approval of an earlier commit does not count",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(BOB, sha=EARLIER),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "a co-author may not approve",
        Approvals(1),
        replace(SAMPLE, commits=(commit(ANA, BOB),), reviews=(approval(BOB),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "a robot may not approve",
        Approvals(1),
        replace(SAMPLE, reviews=(approval(ROBOT),)),
        Outcome.PENDING,
        "0 of 1 approvals",
    ),
    Example(
        "one objection outweighs every approval",
        Approvals(1),
        replace(
            SAMPLE,
            reviews=(approval(BOB), said(CARL, ReviewState.CHANGES_REQUESTED, id=2)),
        ),
        Outcome.FAIL,
        "carl requested changes",
    ),
    Example(
        "a commit by nobody we know",
        Approvals(1),
        replace(SAMPLE, commits=(commit(None, sha=EARLIER),), reviews=(approval(BOB),)),
        Outcome.FAIL,
        "commit 1c22e90 has an author or committer without a GitHub account",
    ),
)


def _describe(arguments: Approvals) -> str:
    one_more = arguments.unattributed is Unattributed.ONE_MORE
    return asked(arguments.count, arguments.rules, one_more=one_more)


def _never(arguments: Approvals) -> tuple[str, ...]:
    blocks = arguments.unattributed is Unattributed.BLOCK
    return tuple(never(arguments.rules, arguments.lifters, unknown_blocks=blocks))


@predicate("approvals", arguments=Approvals, examples=_EXAMPLES, describe=_describe, never=_never)
def approvals(arguments: Approvals, change: Change) -> Result:
    """Enough people approved exactly this content, none of whom contributed to the change.

    A person's opinion is their latest review that approves, requests changes or was dismissed;
    a comment is no opinion. An approval counts when it was given by an active human who may
    approve and is no contributor, on the head commit or on one whose content the head still holds.
    A request for changes by anybody who can push blocks until that person withdraws it or somebody
    who may and did not contribute dismisses it with a reason. Commits whose people are unknown
    block, because their author may be the approver.
    """
    rules = arguments.rules
    votes = ballot(change, rules)
    counted = votes.counted
    unknown = unattributed(change)
    lenient = arguments.unattributed is Unattributed.ONE_MORE
    needed = arguments.count + (1 if unknown and lenient else 0)
    blockers = [
        *nobody_there(change),
        *(() if lenient else unknown_people(unknown, change)),
        *standing_objections(change, votes, arguments.lifters),
    ]
    reason = "; ".join(reason for reason, _ in blockers[:5])
    return Result(
        name="approvals",
        outcome=_outcome(len(counted), needed, blocked=bool(blockers)),
        reason=reason or _count(len(counted), needed, rules),
        evidence=tuple(_evidence(review, change) for review in counted),
        dropped=tuple(dropped(change, rules, votes)),
        actions=(
            *(action for _, action in blockers),
            *approvals_missing(needed - len(counted), votes, change, rules),
        ),
        approvers=tuple(review.author for review in counted if review.author),
        needed=needed,
    )


def _outcome(counted: int, needed: int, *, blocked: bool) -> Outcome:
    if blocked:
        return Outcome.FAIL
    return Outcome.PASS if counted >= needed else Outcome.PENDING


def _count(counted: int, needed: int, rules: Rules) -> str:
    whose_approvals = "" if rules.actors.empty else f" by {rules.actors}"
    return f"{counted} of {needed} approvals{whose_approvals}"


def _evidence(review: Review, change: Change) -> Evidence:
    when = _clock(review.submitted_at, change.evaluated_at)
    how = still_holds(review, change)
    kept = f", kept over {how}" if how else ""
    return Evidence(f"{who(review)}, {when} on {short(review.commit)}{kept}", commit=review.commit)


def _clock(instant: datetime, now: datetime) -> str:
    """The time of day, with the date unless it is the day of the decision."""
    same_day = instant.date() == now.date()
    return f"{instant:%H:%M} UTC" if same_day else f"{instant:%Y-%m-%d %H:%M} UTC"
