"""The `policy: disapproval:` of a policy: whether somebody's disapproval stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from warden_policies.example import AFTERNOON, ANA, BOB, NOON, SAMPLE, approval, said
from warden_policies.model import Change, NotRecorded, ReviewState
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.actors import ActorSet, is_actor
from warden_policies.policy_bot.methods import (
    THUMBS_DOWN,
    THUMBS_UP,
    Candidate,
    Methods,
    candidates,
)
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain

NAME = "policy-bot disapproval"

DISAPPROVE = Methods(comments=THUMBS_DOWN, github_review=True)
REVOKE = Methods(comments=THUMBS_UP, github_review=True)


@dataclass(frozen=True, slots=True)
class Disapproval:
    """Who may disapprove and take a disapproval back, and in which ways."""

    actors: ActorSet
    disapprove: Methods = DISAPPROVE
    revoke: Methods = REVOKE


_TEAM = Disapproval(ActorSet(users=("ana", "bob")))
_AGAINST = said(BOB, ReviewState.CHANGES_REQUESTED, at=NOON)
_EXAMPLES = (
    Example("nobody does", _TEAM, replace(SAMPLE, comments=()), Outcome.PASS, "not disapproved"),
    Example(
        "somebody does",
        _TEAM,
        replace(SAMPLE, comments=(), reviews=(_AGAINST,)),
        Outcome.FAIL,
        "Disapproved by bob",
    ),
    Example(
        "anybody who may disapprove takes it back, even who opened the change",
        _TEAM,
        replace(SAMPLE, comments=(), reviews=(_AGAINST, approval(ANA, id=2, at=AFTERNOON))),
        Outcome.PASS,
        "Disapproval of bob revoked by ana",
    ),
)


def _describe(arguments: Disapproval) -> str:
    return f"no disapproval by {arguments.actors.choice()}"


@predicate(
    NAME, arguments=Disapproval, examples=_EXAMPLES, dialect=Dialect.POLICY_BOT, describe=_describe
)
def disapproval(arguments: Disapproval, change: Change) -> Result:
    """The last disapproval of an actor is not later than the last withdrawal by an actor.

    Any actor takes back anybody's disapproval, and a push changes nothing.
    """
    try:
        against = _last(arguments, arguments.disapprove, ReviewState.CHANGES_REQUESTED, change)
        lifted = _last(arguments, arguments.revoke, ReviewState.APPROVED, change)
    except NotRecorded as gap:
        raise NotRecorded(f"failed to compute disapproval status: {gap}") from None
    if against is None:
        return Result(NAME, Outcome.PASS, "not disapproved")
    who = plain(against.login)
    if lifted is not None and against.at <= lifted.at:
        reason = f"Disapproval of {who} revoked by {plain(lifted.login)}"
        return Result(NAME, Outcome.PASS, reason)
    return Result(NAME, Outcome.FAIL, f"Disapproved by {who}", actions=(_lift(arguments),))


def _last(
    arguments: Disapproval, methods: Methods, state: ReviewState, change: Change
) -> Candidate | None:
    """The latest of an actor."""
    found: Iterable[Candidate] = reversed(candidates(methods, state, change))
    return next((each for each in found if _may(arguments, each, change)), None)


def _may(arguments: Disapproval, candidate: Candidate, change: Change) -> bool:
    person = candidate.person
    return person is not None and is_actor(arguments.actors, person, change)


def _lift(arguments: Disapproval) -> Action:
    ways = listed(arguments.revoke.words(), 3)
    what = f"take the disapproval back by {ways}" if ways else "change the policy: nothing lifts it"
    return Action(arguments.actors.words(), what)
