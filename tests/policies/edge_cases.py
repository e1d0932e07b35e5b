"""What the scenarios of edge cases are made of, and whom they are about."""

from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from tests.builders import ANA, BOB, CARL, DINA
from warden_policies.model import Permission, Person, ReviewState, Standing, Team
from warden_policies.outcome import Verdict

ONE = "approvals: {count: 1}"
TEST = "checks: [{name: test, app_id: 15368}]"
OBJECTION, DISMISSED = ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED
MAINTAINER = Person(7, "mia")
PEOPLE = (
    Standing(ANA, Permission.ADMIN),
    Standing(BOB, Permission.WRITE, (Team(77, "acme/payments"),)),
    Standing(CARL, Permission.WRITE),
    Standing(DINA, Permission.WRITE, (Team(78, "acme/security"),)),
    Standing(MAINTAINER, Permission.MAINTAIN),
)
WEB_FLOW = Person(19864447, "web-flow")


def scenario(
    row: int, case: str, verdict: Verdict, require: str, reason: str, **fields: Any
) -> ParameterSet:
    return pytest.param(require, fields, verdict, reason, id=f"{row}: {case}")
