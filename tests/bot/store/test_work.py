"""The work table: a burst becomes one run, nothing is lost, and only the fence's holder counts."""

import pytest

from tests.fakes.clock import ManualClock
from warden_bot.store import publications, work
from warden_bot.store.deliveries import Delivery
from warden_bot.store.publications import Publication
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.store import MAX_ATTEMPTS, Store
from warden_bot.store.work import Claim, Dirty
from warden_bot.work_keys import CheckKey, PullRequestKey

PULL = PullRequestKey(1, 2, 3)
REPOSITORY = RepositoryName(2, 1, "demo/payments")


def deliver(store: Store, guid: str, key: PullRequestKey = PULL) -> bool:
    return store.accept(Delivery(guid, "push", "accepted", b"{}", store.now()), REPOSITORY, (key,))


def claim_one(store: Store, owner: str = "one") -> Claim:
    (claim,) = store.claim(owner, 10)
    return claim


def dirty(store: Store) -> tuple[Dirty, ...]:
    with store.reading() as connection:
        return work.dirty(connection)


def test_a_burst_of_sixty_events_is_one_run(store: Store, clock: ManualClock) -> None:
    for number in range(60):
        assert deliver(store, f"guid-{number}")
    clock.advance(seconds=1)
    claim = claim_one(store)
    assert store.complete(claim)
    assert (dirty(store), store.claim("one", 10)) == ((), ())


def test_a_known_guid_is_no_new_work(store: Store, clock: ManualClock) -> None:
    assert [deliver(store, "same") for _ in range(5)] == [True, False, False, False, False]
    clock.advance(seconds=1)
    claim = claim_one(store)
    assert claim.want == 1
    store.complete(claim)
    assert not deliver(store, "same")
    assert dirty(store) == ()


def test_an_event_during_a_run_is_one_run_more(store: Store, clock: ManualClock) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    claim = claim_one(store)
    deliver(store, "second")
    clock.advance(seconds=1)
    assert store.claim("two", 10) == (), "one run at a time for one key"
    assert store.complete(claim)
    again = claim_one(store)
    assert again.want == 2
    store.complete(again)
    assert dirty(store) == ()


def test_a_run_waits_for_the_burst_to_end(store: Store, clock: ManualClock) -> None:
    for number in range(5):
        deliver(store, f"guid-{number}")
        clock.advance(seconds=0.1)
        assert store.claim("one", 10) == ()
    clock.advance(seconds=0.15)
    assert claim_one(store).want == 5


def test_continuous_events_cannot_starve_a_key(store: Store, clock: ManualClock) -> None:
    waited = 0.0
    while not store.claim("one", 1):
        deliver(store, f"at {waited}")
        clock.advance(seconds=0.1)
        waited += 0.1
        assert waited < 2.5, "the ceiling of 2 s does not hold"


def test_an_event_does_not_undo_a_retry_after(store: Store, clock: ManualClock) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    store.postpone(claim_one(store), "limited", store.now() + 60_000)
    deliver(store, "second")
    clock.advance(seconds=59)
    assert store.claim("one", 10) == ()
    clock.advance(seconds=2)
    assert claim_one(store).attempts == 1


def test_a_lease_that_ran_out_is_taken_over_and_the_zombie_is_fenced_out(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    zombie = claim_one(store)
    clock.advance(seconds=31)
    heir = claim_one(store, "two")
    assert (store.holds(zombie), store.holds(heir)) == (False, True)
    assert not store.complete(zombie)
    assert not store.postpone(zombie, "late", store.now())
    assert store.complete(heir)
    assert dirty(store) == ()


def test_a_clock_that_leaps_ahead_robs_nobody_who_is_still_at_it(
    store: Store, clock: ManualClock
) -> None:
    """A machine that slept for an hour: the lease is long over, the run goes on."""
    deliver(store, "first")
    clock.advance(seconds=1)
    claim = claim_one(store)
    clock.advance(hours=1)
    assert store.claim("one", 10, (claim,)) == ()
    assert store.complete(claim)


def test_a_clock_that_was_far_ahead_holds_nothing_up_once_it_is_right(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "in the wrong year")
    clock.advance(days=-365)
    assert claim_one(store).attempts == 0


@pytest.mark.parametrize("hours", [2, 24 * 365 * 100])
def test_nobody_can_make_work_wait_for_ever(store: Store, clock: ManualClock, hours: int) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    store.postpone(claim_one(store), "wait long", store.now() + hours * 3_600_000)
    clock.advance(minutes=59)
    assert store.claim("one", 10) == ()
    clock.advance(minutes=2)
    assert claim_one(store).attempts == 1


def test_what_a_zombie_showed_on_github_is_shown_anew(store: Store, clock: ManualClock) -> None:
    """Nobody knows whether its write or its heir's came last."""
    check = CheckKey(1, 2, "a" * 40)
    store.accept(
        Delivery("1", "check_run", "accepted", b"{}", 0), REPOSITORY, (), check, rerun=True
    )
    clock.advance(seconds=1)
    zombie = claim_one(store)
    clock.advance(seconds=31)
    heir = claim_one(store, "two")
    assert store.published(heir, check, 77, "the newest")
    assert not store.published(zombie, check, 77, "an older one")
    assert claim_one(store).key == str(check)
    with store.reading() as connection:
        shown = publications.publication_on(connection, 2, check.head_sha)
    assert shown == Publication("demo/payments", 77, None)


def test_a_heartbeat_keeps_the_lease(store: Store, clock: ManualClock) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    claim = claim_one(store)
    for _ in range(5):
        clock.advance(seconds=20)
        store.renew((claim,))
    assert store.claim("two", 10) == ()
    assert store.holds(claim)


def test_a_new_process_takes_over_at_once(store: Store, clock: ManualClock) -> None:
    deliver(store, "first")
    clock.advance(seconds=1)
    dead = claim_one(store)
    store.take_over()
    assert claim_one(store).want == dead.want
    assert not store.complete(dead)


def test_a_poisoned_key_is_parked_and_a_new_event_gives_it_a_new_chance(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "first")
    for _ in range(MAX_ATTEMPTS):
        clock.advance(seconds=1)
        store.postpone(claim_one(store), "poison", store.now())
    (parked,) = dirty(store)
    assert (parked.parked, parked.attempts, parked.last_error) == (True, MAX_ATTEMPTS, "poison")
    clock.advance(hours=1)
    assert store.claim("one", 10) == ()
    deliver(store, "second")
    clock.advance(seconds=1)
    assert claim_one(store).attempts == 0


def park(store: Store, clock: ManualClock) -> None:
    for _ in range(MAX_ATTEMPTS):
        clock.advance(seconds=1)
        store.postpone(claim_one(store), "poison", store.now())
    clock.advance(seconds=1)
    assert store.claim("one", 10) == ()


def test_a_start_gives_what_was_parked_a_new_chance(store: Store, clock: ManualClock) -> None:
    deliver(store, "first")
    park(store, clock)
    store.take_over()
    assert claim_one(store).attempts == 0


def test_a_failure_that_will_pass_is_never_a_reason_to_park(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "first")
    for attempt in range(5 * MAX_ATTEMPTS):
        clock.advance(seconds=1)
        claim = claim_one(store)
        assert claim.attempts == attempt
        store.postpone(claim, "GitHub answered 502", store.now(), passing=True)


def test_an_event_during_the_last_attempt_is_not_parked_with_it(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "first")
    for _ in range(MAX_ATTEMPTS - 1):
        clock.advance(seconds=1)
        store.postpone(claim_one(store), "poison", store.now())
    clock.advance(seconds=1)
    last = claim_one(store)
    deliver(store, "second")
    store.postpone(last, "poison", store.now())
    clock.advance(seconds=1)
    assert claim_one(store).attempts == 0


def test_a_redelivery_gives_a_parked_key_a_new_chance_and_any_other_nothing(
    store: Store, clock: ManualClock
) -> None:
    deliver(store, "first")
    park(store, clock)
    assert not deliver(store, "first")
    claim = claim_one(store)
    assert (claim.want, claim.attempts) == (1, 0)
    store.complete(claim)
    assert not deliver(store, "first")
    clock.advance(seconds=1)
    assert store.claim("one", 10) == ()


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_claims_are_bounded_and_the_longest_due_come_first(
    store: Store, clock: ManualClock, limit: int
) -> None:
    keys = [PullRequestKey(1, 2, number) for number in range(1, 5)]
    for key in keys:
        deliver(store, str(key), key)
        clock.advance(seconds=1)
    claimed = [claim.key for claim in store.claim("one", limit)]
    assert claimed == [str(key) for key in keys][:limit]
