"""A decision as a document: what `decide` prints, what is stored, what others read back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from warden_policies.canonical import Json, canonical_bytes, members_of
from warden_policies.codec import decode
from warden_policies.constraints import OneOf
from warden_policies.json_text import parse_json
from warden_policies.outcome import Decision, Result, Verdict

DECISION_SCHEMA = "changewarden.decision/v1"


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A decision as it is stored and printed."""

    schema: Annotated[str, OneOf((DECISION_SCHEMA,))]
    verdict: Verdict
    result: Result
    policy_digest: str | None
    change_digest: str
    observing_until: datetime | None = None

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return Decision(
            self.verdict, self.result, self.policy_digest, self.change_digest, self.observing_until
        )


def decision_document(decision: Decision) -> dict[str, Json]:
    """The decision as JSON values, with its schema's name."""
    return {"schema": DECISION_SCHEMA, **members_of(decision)}


def encode_decision(decision: Decision) -> bytes:
    """The canonical bytes of a decision: what its digest in the log is made over."""
    return canonical_bytes(decision_document(decision))


def decode_decision(data: bytes) -> Decision:
    """Read back what `encode_decision` wrote.

    Raises:
        InvalidData: every problem, each with its path.
    """
    return decode(DecisionFile, parse_json(data)).decision
