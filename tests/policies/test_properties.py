"""What holds for every change, tried on many."""

from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import policy
from tests.policies.strategies import SHAS, changes, instants, orderly
from warden_policies.codec import decode_change, encode_change
from warden_policies.evaluate import evaluate, refuse
from warden_policies.explain import MARKDOWN_LIMIT, markdown, text, title
from warden_policies.model import Change, Person, Review, ReviewState
from warden_policies.outcome import Outcome, Result, Verdict
from warden_policies.people import contributors
from warden_policies.policy import PolicyError

STRICTEST_FIRST = [Verdict.ERROR, Verdict.BLOCK, Verdict.PENDING, Verdict.ALLOW]
ONE_APPROVAL = policy("approvals: {count: 1}")
FULL = policy()


@given(changes)
def test_a_change_file_round_trips(change: Change) -> None:
    data = encode_change(change)

    assert decode_change(data) == change
    assert encode_change(decode_change(data)) == data


@given(changes)
def test_a_change_and_its_stored_copy_get_the_same_decision(change: Change) -> None:
    assert evaluate(FULL, decode_change(encode_change(change))) == evaluate(FULL, change)


@given(orderly, st.randoms(use_true_random=False))
def test_the_order_in_which_reviews_arrive_does_not_matter(change: Change, random: Random) -> None:
    shuffled = list(change.reviews)
    random.shuffle(shuffled)

    one = evaluate(FULL, change)
    other = evaluate(FULL, replace(change, reviews=tuple(shuffled)))

    assert (one.verdict, one.result) == (other.verdict, other.result)


@given(orderly, instants, st.sampled_from(SHAS), st.data())
def test_a_contributors_approval_never_helps(
    change: Change, at: datetime, sha: str, data: st.DataObject
) -> None:
    author = Person(data.draw(st.sampled_from(sorted(contributors(change)))), "contributor")
    extra = Review(2**62, author, ReviewState.APPROVED, sha, at, author_can_push=True)

    before = evaluate(ONE_APPROVAL, change).verdict
    after = evaluate(ONE_APPROVAL, replace(change, reviews=(*change.reviews, extra))).verdict

    assert STRICTEST_FIRST.index(after) <= STRICTEST_FIRST.index(before)


@given(orderly, instants, st.data())
def test_an_objection_never_helps(change: Change, at: datetime, data: st.DataObject) -> None:
    objector = Person(data.draw(st.integers(1, 9)), "objector")
    state = ReviewState.CHANGES_REQUESTED
    extra = Review(2**62, objector, state, change.head_sha, at, author_can_push=True)

    before = evaluate(ONE_APPROVAL, change).verdict
    after = evaluate(ONE_APPROVAL, replace(change, reviews=(*change.reviews, extra))).verdict

    assert STRICTEST_FIRST.index(after) <= STRICTEST_FIRST.index(before)


@given(changes)
def test_allowed_means_that_every_requirement_passed(change: Change) -> None:
    decision = evaluate(FULL, change)

    every = {child.outcome for child in decision.result.children} - {Outcome.NOT_APPLICABLE}
    assert (decision.verdict is Verdict.ALLOW) == (every == {Outcome.PASS})


@given(changes)
def test_an_error_is_only_ever_a_part_that_was_not_read(change: Change) -> None:
    decision = evaluate(FULL, change)

    errors = [one.reason for one in leaves(decision.result) if one.outcome is Outcome.ERROR]
    assert bool(errors) == (decision.verdict is Verdict.ERROR)
    assert all(reason.startswith("this snapshot of the change does not hold") for reason in errors)


def leaves(result: Result) -> list[Result]:
    if not result.children:
        return [result]
    return [leaf for child in result.children for leaf in leaves(child)]


@given(changes)
def test_every_decision_can_be_worded_within_the_limits(change: Change) -> None:
    decision = evaluate(FULL, change)

    assert len(title(decision)) <= 200
    assert len(markdown(decision).encode()) <= MARKDOWN_LIMIT
    assert "\n" not in title(decision)
    assert text(decision).startswith(title(decision))


@given(changes, st.lists(st.builds(PolicyError, st.text(), st.none(), st.none(), st.text())))
def test_no_policy_is_an_error_whatever_the_change(
    change: Change, errors: list[PolicyError]
) -> None:
    decision = refuse(errors, change)

    assert decision.verdict is Verdict.ERROR
    assert title(decision).startswith("Could not decide:")
    assert markdown(decision)
