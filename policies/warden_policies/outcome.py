"""The answer to a policy: outcomes, the tree of results, and the decision at its root."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warden_policies.canonical import added
from warden_policies.model import Person


class Outcome(StrEnum):
    """What became of one question. An error is never a pass, and "does not apply" is neither."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


_BEST_FIRST = (Outcome.ERROR, Outcome.PASS, Outcome.PENDING, Outcome.FAIL)
_WORST_FIRST = (Outcome.ERROR, Outcome.FAIL, Outcome.PENDING, Outcome.PASS)


def conjunction(outcomes: Iterable[Outcome]) -> Outcome:
    """All must hold: the worst of ERROR > FAIL > PENDING > PASS; "not applicable" is neutral.

    When nothing applies the answer is NOT_APPLICABLE, which no caller may round up to PASS.
    """
    seen = frozenset(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in seen), Outcome.NOT_APPLICABLE)


def disjunction(outcomes: Iterable[Outcome]) -> Outcome:
    """One must hold: the best of PASS > PENDING > FAIL, unless one could not be answered.

    What could not be answered might have blocked, so ERROR stands above them all.
    """
    seen = frozenset(outcomes)
    return next((outcome for outcome in _BEST_FIRST if outcome in seen), Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a result rests on, in words, with the commit or page that shows it."""

    text: str
    commit: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What would turn a result into a pass: who can do it, what they do, text to copy if any.

    An empty `who` means: anybody with write access who is not a contributor.
    """

    who: tuple[str, ...]
    what: str
    template: str | None = None


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Somebody whose approval would have counted, and why it does not any more."""

    login: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """One node of the tree: a requirement, or one predicate inside it."""

    name: str
    outcome: Outcome
    reason: str
    evidence: tuple[Evidence, ...] = ()
    dropped: tuple[str, ...] = ()
    """What was considered and not counted, each with why."""
    actions: tuple[Action, ...] = ()
    children: tuple["Result", ...] = ()
    approvers: tuple[Person, ...] = added(())
    """The people whose approval counted here."""
    needed: int = added(0)
    """How many of them were needed."""
    dismissed: tuple[Dismissed, ...] = added(())
    error: str = added("")
    """What went wrong below without deciding here, as policy-bot carries it beside a status."""


class Verdict(StrEnum):
    """The decision in one word."""

    ALLOW = "allow"
    BLOCK = "block"
    PENDING = "pending"
    ERROR = "error"


VERDICT_OF = {
    Outcome.PASS: Verdict.ALLOW,
    Outcome.FAIL: Verdict.BLOCK,
    Outcome.PENDING: Verdict.PENDING,
    Outcome.ERROR: Verdict.ERROR,
    Outcome.NOT_APPLICABLE: Verdict.BLOCK,
}
"""A policy none of whose requirements applies has not approved anything."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one change under one policy, with the digests that let anyone repeat it.

    `policy_digest` is the SHA-256 of the policy file's bytes, or None when there was no file;
    `change_digest` is the SHA-256 of the change's canonical bytes.
    """

    verdict: Verdict
    result: Result
    policy_digest: str | None
    change_digest: str
    observing_until: datetime | None = added(None)
    """The policy only observes until then: the verdict is told and stops nobody."""
