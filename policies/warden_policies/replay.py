"""Stored changes, decided again: under another policy, or under their own to prove the record.

A stored change is one JSON document, and one line where many are in a file: a bare change, or
`{"schema": "changewarden.stored/v1", "change": ..., "policy": TEXT, "decision": ...}` with what was
decided about it then and under which policy. `"floor": TEXT` is the policy of the organisation,
where that was decided under together with the repository's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final

from warden_policies.canonical import digest, spelled
from warden_policies.codec import ChangeFile, decode_marked
from warden_policies.constraints import OneOf
from warden_policies.decision_file import DecisionFile, encode_decision
from warden_policies.evaluate import evaluate, refuse
from warden_policies.explain import title
from warden_policies.floor import joined, union
from warden_policies.json_text import parse_json
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Decision, Verdict
from warden_policies.policy import Dialect, InvalidPolicy, Policy

STORED_SCHEMA: Final = "changewarden.stored/v1"
POLICY_PATH: Final = ".github/changewarden.yml"
"""How decisions name the policy that a repository has."""

_NOT_TOLD: Final = "not told"
"""Stands for a digest that goes nowhere: making it takes a good part of the time of a decision."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A change with what was decided about it."""

    schema: Annotated[str, OneOf((STORED_SCHEMA,))]
    change: ChangeFile
    policy: str | None = None
    """The policy's text; None when there was none, or when it was no text."""
    floor: str | None = None
    """The organisation's policy that was joined with it; None where there was none."""
    dialect: Dialect = Dialect.NATIVE
    decision: DecisionFile | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored change, and the document that it was read from."""

    change: Change
    document: object
    policy: str | None = None
    dialect: Dialect = Dialect.NATIVE
    decision: Decision | None = None
    floor: str | None = None

    @property
    def digest(self) -> str:
        """What names the change's document, as `Decision.change_digest` does."""
        return digest(spelled(self.document))


class Derived(StrEnum):
    """What came of making a stored decision again."""

    SAME = "same"
    """To the byte."""
    DIFFERENT = "different"
    UNTRIED = "untried"
    """Something that it was made from is not stored."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What is said of one change now, and `was` said of it then, if that was stored.

    `title` is the decision in one line or, for a decision that was not derived again, why not.
    """

    repository: str
    number: int
    head_sha: str
    evaluated_at: datetime
    verdict: Verdict
    title: str
    was: Verdict | None = None
    derived: Derived | None = None


def parse_stored(data: bytes) -> Stored:
    """The stored change that a document spells.

    Raises:
        InvalidData: every problem, each with its line and column.
    """
    value = parse_json(data)
    if not isinstance(value, dict) or value.get("schema") != STORED_SCHEMA:
        return Stored(decode_marked(ChangeFile, value, data).change, value)
    file = decode_marked(StoredFile, value, data)
    decision = file.decision.decision if file.decision else None
    change = file.change.change
    return Stored(change, value["change"], file.policy, file.dialect, decision, file.floor)


def under(policy: Policy) -> Callable[[Stored], Replayed]:
    """What decides stored changes under a policy that may be another than theirs."""
    return lambda stored: _row(stored, evaluate(policy, stored.change, change_digest=_NOT_TOLD))


def rederived(stored: Stored) -> Replayed:
    """The stored decision, made again from the stored change and the stored policy."""
    then = stored.decision
    if then is None:
        gap = "no decision is stored with it"
        return _gap(stored, Verdict.ERROR, Derived.UNTRIED, gap)
    if then.change_digest != stored.digest:
        return _gap(stored, then.verdict, Derived.DIFFERENT, "it was made about another change")
    if then.policy_digest is None:
        return _without_policy(stored, then)
    if stored.policy is None:
        gap = "the text of its policy is not stored with it"
        return _gap(stored, then.verdict, Derived.UNTRIED, gap)
    if then.policy_digest != _digest_of(stored.policy, stored.floor):
        return _gap(stored, then.verdict, Derived.DIFFERENT, "it was made under another policy")
    made = _decided(stored.policy, stored)
    same = encode_decision(made) == encode_decision(then)
    return replace(_row(stored, made), derived=Derived.SAME if same else Derived.DIFFERENT)


def _without_policy(stored: Stored, then: Decision) -> Replayed:
    """A change under no policy is an error, whatever it holds; how it is worded does not matter."""
    if then.verdict is Verdict.ERROR:
        return replace(_row(stored, then), derived=Derived.SAME)
    gap = "there was no policy, and yet it is no error"
    return _gap(stored, then.verdict, Derived.DIFFERENT, gap)


def _decided(text: str, stored: Stored) -> Decision:
    policy = _policy(text, stored.dialect, stored.floor)
    if isinstance(policy, Policy):
        return evaluate(policy, stored.change, change_digest=stored.digest)
    return refuse(policy.errors, stored.change, policy.digest)


def _digest_of(text: str, floor: str | None) -> str:
    own = digest(text.encode())
    return own if floor is None else digest(union(digest(floor.encode()), own))


@lru_cache(maxsize=64)
def _policy(text: str, dialect: Dialect, floor: str | None) -> Policy | InvalidPolicy:
    try:
        own = parse_policy(text.encode(), POLICY_PATH, dialect)
        return joined(parse_policy(floor.encode(), POLICY_PATH), own) if floor is not None else own
    except InvalidPolicy as error:
        return error


def _row(stored: Stored, made: Decision) -> Replayed:
    was = stored.decision.verdict if stored.decision else None
    return _about(stored.change, made.verdict, title(made), was)


def _gap(stored: Stored, verdict: Verdict, derived: Derived, why: str) -> Replayed:
    was = stored.decision.verdict if stored.decision else None
    return replace(_about(stored.change, verdict, why, was), derived=derived)


def _about(change: Change, verdict: Verdict, says: str, was: Verdict | None) -> Replayed:
    return Replayed(
        change.repository.full_name,
        change.number,
        change.head_sha,
        change.evaluated_at,
        verdict,
        says,
        was,
    )
