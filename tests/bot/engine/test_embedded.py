"""The embedded engine: what is due is run, once at a time per key, and failures come back."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warden_bot.engine.embedded import EmbeddedEngine
from warden_bot.errors import GoneError, RefusedError, RetryLaterError
from warden_bot.ledger.keys import SEED_SIZE, Signer
from warden_bot.store import work
from warden_bot.store.database import FILE_NAME
from warden_bot.store.deliveries import Delivery
from warden_bot.store.store import MAX_ATTEMPTS, Store
from warden_bot.store.work import Claim, Timing
from warden_bot.work_keys import PullRequestKey

PATIENCE = 20


@contextmanager
def running(store: Store, handle: Callable[[Claim], None]) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(store, handle, workers=4, chance=lambda: 0.0)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


def deliver(store: Store, guid: str, number: int = 1) -> None:
    key = PullRequestKey(1, 2, number)
    store.accept(Delivery(guid, "push", "accepted", b"{}", store.now()), None, (key,))


def dirty(store: Store) -> tuple[work.Dirty, ...]:
    with store.reading() as connection:
        return work.dirty(connection)


def test_every_key_is_run_and_none_overlaps_with_itself(store: Store) -> None:
    active: Counter[str] = Counter()
    overlaps, done, lock = [], threading.Event(), threading.Lock()
    seen: set[str] = set()

    def handle(claim: Claim) -> None:
        with lock:
            active[claim.key] += 1
            if active[claim.key] > 1:
                overlaps.append(claim.key)
        store.complete(claim)
        with lock:
            active[claim.key] -= 1
            seen.add(claim.key)
            if len(seen) == 20:
                done.set()

    with running(store, handle) as engine:
        for round_ in range(5):
            for number in range(20):
                deliver(store, f"{round_}-{number}", number)
            engine.wake()
        assert done.wait(PATIENCE)
    assert overlaps == []


def test_sixty_events_during_a_run_are_one_run_more(store: Store) -> None:
    runs, first, go, second = [], threading.Event(), threading.Event(), threading.Event()

    def handle(claim: Claim) -> None:
        runs.append(claim.want)
        first.set()
        go.wait(PATIENCE)
        store.complete(claim)
        if len(runs) == 2:
            second.set()

    with running(store, handle) as engine:
        deliver(store, "0")
        engine.wake()
        assert first.wait(PATIENCE)
        for number in range(1, 60):
            deliver(store, str(number))
        engine.wake()
        go.set()
        assert second.wait(PATIENCE)
    assert runs == [1, 60]
    assert dirty(store) == ()


@pytest.mark.parametrize(
    ("error", "reason", "least_ms"),
    [
        (RetryLaterError("GitHub answered 502"), "GitHub answered 502", 400),
        (RetryLaterError("limited", timedelta(minutes=5)), "limited", 299_000),
        (KeyError("a fault of ours"), "internal error (KeyError)", 400),
    ],
)
def test_a_failure_is_kept_with_its_reason_and_tried_later(
    store: Store, error: Exception, reason: str, least_ms: int
) -> None:
    failed = threading.Event()

    def handle(_: Claim) -> None:
        failed.set()
        raise error

    with running(store, handle) as engine:
        deliver(store, "1")
        before = store.now()
        engine.wake()
        assert failed.wait(PATIENCE)
    (left,) = dirty(store)
    assert (left.attempts, left.last_error) == (1, reason)
    assert left.due_at - before >= least_ms


def fail_often(store: Store, times: int) -> None:
    """Let the one key that is due fail, as if an engine had tried."""
    for _ in range(times):
        while not (claims := store.claim("nobody", 1)):
            threading.Event().wait(0.005)
        store.postpone(claims[0], "failed", store.now(), passing=True)


@pytest.mark.parametrize(
    ("error", "parked"),
    [
        (RetryLaterError("GitHub answered 502"), False),
        (RefusedError("GitHub answered 403"), True),
        (KeyError("a fault of ours"), True),
    ],
)
def test_only_what_no_waiting_mends_is_parked_in_the_end(
    store: Store, error: Exception, parked: bool
) -> None:
    deliver(store, "1")
    fail_often(store, MAX_ATTEMPTS - 1)
    failed = threading.Event()

    def handle(_: Claim) -> None:
        failed.set()
        raise error

    with running(store, handle) as engine:
        engine.wake()
        assert failed.wait(PATIENCE)
    (left,) = dirty(store)
    assert (left.attempts, left.parked) == (MAX_ATTEMPTS, parked)


@pytest.mark.parametrize("attempts", [9, 12, 100_000])
def test_after_however_many_failures_the_next_attempt_is_within_five_minutes(
    store: Store, tmp_path: Path, attempts: int
) -> None:
    deliver(store, "1")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE work SET attempts = ?", (attempts,))
        connection.commit()
    failed = threading.Event()

    def handle(_: Claim) -> None:
        failed.set()
        raise RetryLaterError("GitHub answered 502")

    with running(store, handle) as engine:
        engine.wake()
        assert failed.wait(PATIENCE)
    (left,) = dirty(store)
    assert left.attempts == attempts + 1
    assert 140_000 < left.due_at - store.now() <= 150_000


def test_what_is_gone_is_looked_for_again_and_then_done(store: Store) -> None:
    """GitHub announces things before it shows them, and loses sight of them for a moment."""
    deliver(store, "1")
    fail_often(store, 2)
    attempts, last = [], threading.Event()

    def handle(claim: Claim) -> None:
        attempts.append(claim.attempts)
        if len(attempts) == 2:
            last.set()
        raise GoneError("no such pull request")

    with running(store, handle) as engine:
        engine.wake()
        assert last.wait(PATIENCE)
    assert attempts == [2, 3]
    assert dirty(store) == ()


def test_a_run_longer_than_the_lease_keeps_it(store: Store) -> None:
    started, go = threading.Event(), threading.Event()
    kept = []

    def handle(claim: Claim) -> None:
        started.set()
        go.wait(PATIENCE)
        kept.append(store.complete(claim))

    with running(store, handle) as engine:
        deliver(store, "1")
        engine.wake()
        assert started.wait(PATIENCE)
        threading.Event().wait(3 * store.timing.lease / 1000)  # the lease has to run out for real
        assert store.claim("a rival", 1) == ()
        go.set()
    assert kept == [True]


def test_stopping_finishes_what_is_under_way_and_claims_nothing_more(store: Store) -> None:
    started, go = threading.Event(), threading.Event()

    def handle(claim: Claim) -> None:
        started.set()
        go.wait(PATIENCE)
        store.complete(claim)

    engine = EmbeddedEngine(store, handle, workers=1)
    engine.start()
    deliver(store, "1", 1)
    engine.wake()
    assert started.wait(PATIENCE)
    deliver(store, "2", 2)
    stopping = threading.Thread(target=engine.stop)
    stopping.start()
    go.set()
    stopping.join(PATIENCE)
    assert not engine.is_alive()
    assert [item.key for item in dirty(store)] == [str(PullRequestKey(1, 2, 2))]


def test_a_key_never_runs_twice_at_once_even_when_the_clock_leaps(tmp_path: Path) -> None:
    """A machine that slept wakes up with every lease long over."""
    leap = timedelta()
    started, again, go = threading.Event(), threading.Event(), threading.Event()

    def handle(claim: Claim) -> None:
        (again if started.is_set() else started).set()
        go.wait(PATIENCE)
        store.complete(claim)

    signer = Signer.from_seed(bytes(SEED_SIZE))
    with (
        Store(tmp_path, signer, lambda: datetime.now(UTC) + leap, Timing(debounce=0)) as store,
        running(store, handle) as engine,
    ):
        deliver(store, "1")
        engine.wake()
        assert started.wait(PATIENCE)
        leap = timedelta(hours=1)
        deliver(store, "2")
        engine.wake()
        assert not again.wait(0.3), "two runs of one key at a time"
        go.set()
        assert again.wait(PATIENCE)


def test_it_stops_in_order_when_the_database_is_sick(store: Store) -> None:
    engine = EmbeddedEngine(store, lambda claim: None, workers=1)
    engine.start()
    store.close()
    engine.stop()
    assert not engine.is_alive()


def test_what_a_dead_process_left_is_taken_over_at_start(store: Store) -> None:
    deliver(store, "1")
    threading.Event().wait(0.05)
    (lost,) = store.claim("a process that was killed", 1)
    ran = threading.Event()

    def handle(claim: Claim) -> None:
        store.complete(claim)
        ran.set()

    with running(store, handle):
        assert ran.wait(PATIENCE)
    assert not store.complete(lost)
