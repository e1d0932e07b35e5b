"""Changes, policies and their parts for tests: what a test does not name has a sensible value."""

from dataclasses import replace
from typing import Any

from warden_policies.evaluate import evaluate
from warden_policies.example import (
    AFTERNOON,
    ANA,
    BOB,
    CARL,
    EARLIER,
    HEAD,
    NOON,
    ROBOT,
    SAMPLE,
    approval,
    check,
    commit,
    dismissed,
    said,
    signed_by,
)
from warden_policies.language import parse_policy
from warden_policies.model import Change, Person
from warden_policies.outcome import Decision
from warden_policies.policy import Policy

__all__ = [
    "AFTERNOON",
    "ANA",
    "BOB",
    "CARL",
    "DINA",
    "EARLIER",
    "GOOD_BODY",
    "HEAD",
    "NOON",
    "POLICY_PATH",
    "POLICY_SOURCE",
    "ROBOT",
    "SAMPLE",
    "approval",
    "change",
    "check",
    "commit",
    "decide",
    "dismissed",
    "policy",
    "ready",
    "said",
    "signed_by",
]

DINA = Person(4, "dina")
POLICY_PATH = ".github/changewarden.yml"
POLICY_SOURCE = b"""\
version: 1
requirements:
  Peer review:
    require:
      approvals: {count: 2}
  Change record:
    require:
      change_record: {sections: [reason, rollback_plan], min_characters: 20}
  Checks:
    require:
      checks: [{name: test, app_id: 15368}]
"""
GOOD_BODY = """\
## Why
Customers with two baskets are charged the fee twice.

## Rollback plan
Revert the merge commit and redeploy; no data is migrated.
"""


def policy(require: str | None = None) -> Policy:
    """The policy of three requirements, or one with the single requirement `Rule`."""
    source = POLICY_SOURCE
    if require is not None:
        source = f"version: 1\nrequirements: {{Rule: {{require: {{{require}}}}}}}\n".encode()
    return parse_policy(source, POLICY_PATH)


def change(**fields: Any) -> Change:
    """The sample change, opened by Ana and looked at by nobody, with `fields` replaced."""
    return replace(SAMPLE, **fields)


def ready(**fields: Any) -> Change:
    """A change that `policy()` allows, with `fields` replaced."""
    reviews = (approval(BOB), approval(CARL, id=2, at=AFTERNOON.replace(minute=31)))
    return change(**{"body": GOOD_BODY, "reviews": reviews, "checks": (check("test"),)} | fields)


def decide(require: str, **fields: Any) -> Decision:
    """The decision on the sample change with `fields` replaced, under one requirement."""
    return evaluate(policy(require), change(**fields))
