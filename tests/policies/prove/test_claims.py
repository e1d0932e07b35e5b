"""What is proved of all changes holds for changes that the prover never saw."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.policies.prove.bot_strategies import bot_policies
from tests.policies.prove.changes import random_change
from tests.policies.prove.strategies import policies
from warden_policies.policy import Policy
from warden_policies.prove.case import Ask, Case, Deny
from warden_policies.prove.questions import QUESTIONS
from warden_policies.prove.search import Found, Never

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
EITHER = policies() | bot_policies()


def asked(case: Case) -> list[Ask | Deny]:
    return [each for question in QUESTIONS.values() for each in question(case)]


@SLOW
@given(EITHER, st.integers(0, 2**32))
def test_what_a_change_shows_is_found_and_what_is_found_is_shown(policy: Policy, seed: int) -> None:
    case = Case.of(policy, b"")
    random = Random(seed)
    changes = [random_change(random) for _ in range(150)]

    for each in asked(case):
        found = case.search.find(each.formula, each.shows)

        # These policies have no word that the prover does not know, so nothing is undecided.
        assert isinstance(found, Found | Never), (each.claim, found)
        if isinstance(found, Found):
            assert each.shows(found.change)
        else:
            assert [change for change in changes if each.shows(change)] == [], each.claim
