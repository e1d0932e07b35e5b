"""The engine inside one process: claims due keys, runs each on a worker thread, keeps the lease.

All truth lies in the work table. What lives here is only who is running what just now, so that a
killed process loses nothing but time.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import structlog

from warden_bot.errors import GoneError, RefusedError, RetryLaterError
from warden_bot.store.store import Store
from warden_bot.store.work import Claim

_LONGEST_BACKOFF_SECONDS = 300
_BELIEVED = 3
"""After so many failures we take GitHub's word that something is gone. It announces things before
it shows them, and loses sight of them for a moment; no green check must outlive that."""

_POLL_SECONDS = 5.0
"""An upper bound on sleeping, should a wake-up ever be missed."""

log = structlog.get_logger()


class EmbeddedEngine:
    """Runs `handle` for each claim, at most `workers` at a time and never two for one key."""

    def __init__(
        self,
        store: Store,
        handle: Callable[[Claim], None],
        *,
        workers: int,
        owner: str = "embedded",
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._handle = handle
        self._workers = workers
        self._owner = owner
        self._chance = chance
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="worker")
        self._running: dict[Future[None], Claim] = {}
        self._changed = threading.Condition()
        self._woken = False
        self._stopping = False
        self._idle = threading.Event()
        self._dispatcher = threading.Thread(target=self._dispatch, name="dispatcher", daemon=True)
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Take over everything that an earlier process left behind, and begin."""
        self._store.take_over()
        self._dispatcher.start()
        self._heart.start()

    def is_alive(self) -> bool:
        """Whether keys are being claimed."""
        return self._dispatcher.is_alive()

    def wake(self) -> None:
        """There may be something to claim."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Claim nothing more and let what runs finish, which gives back the leases."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._dispatcher.join()
        self._pool.shutdown(wait=True)
        self._idle.set()
        self._heart.join()

    def _dispatch(self) -> None:
        while not self._stopping:
            try:
                self._claim_what_is_due()
                pause = self._seconds_to_next()
            except Exception as error:  # noqa: BLE001 - the loop must outlive a sick database
                log.warning("claiming failed; will try again", error=type(error).__name__)
                pause = 1.0
            self._sleep(pause)

    def _claim_what_is_due(self) -> None:
        with self._changed:
            self._woken = False
            held = tuple(self._running.values())
        free = self._workers - len(held)
        if free <= 0:
            return
        for claim in self._store.claim(self._owner, free, held):
            with self._changed:
                future = self._pool.submit(self._run, claim)
                self._running[future] = claim
            future.add_done_callback(self._finished)

    def _finished(self, future: Future[None]) -> None:
        with self._changed:
            self._running.pop(future, None)
        if error := future.exception():
            log.warning(
                "the end of a run was not stored; it runs again", error=type(error).__name__
            )
        self.wake()

    def _seconds_to_next(self) -> float:
        due = self._store.next_due()
        if due is None:
            return _POLL_SECONDS
        return min(max(due - self._store.now(), 0) / 1000, _POLL_SECONDS)

    def _sleep(self, seconds: float) -> None:
        with self._changed:
            full = len(self._running) >= self._workers
            if not self._woken and not self._stopping:
                self._changed.wait(_POLL_SECONDS if full else max(seconds, 0.001))

    def _beat(self) -> None:
        while not self._idle.wait(self._store.timing.lease / 3000):
            with self._changed:
                claims = tuple(self._running.values())
            try:
                self._store.renew(claims)
            except Exception as error:  # noqa: BLE001 - a lost lease is harmless, a lost thread not
                log.warning("renewing leases failed; will try again", error=type(error).__name__)

    def _run(self, claim: Claim) -> None:
        context = log.bind(key=claim.key, attempt=claim.attempts + 1)
        try:
            self._handle(claim)
        except GoneError as error:
            if claim.attempts >= _BELIEVED:
                context.info("nothing to do", reason=str(error))
                self._store.complete(claim)
            else:
                second_look = timedelta(milliseconds=self._store.timing.second_look)
                self._postpone(claim, RetryLaterError(str(error), second_look))
        except RetryLaterError as error:
            context.warning("will retry", reason=str(error))
            self._postpone(claim, error)
        except Exception as error:  # noqa: BLE001 - our own fault must park the key, not the worker
            context.exception("failed")
            self._postpone(claim, RefusedError(f"internal error ({type(error).__name__})"))

    def _postpone(self, claim: Claim, error: RetryLaterError) -> None:
        least = error.after.total_seconds() if error.after else 0.0
        due_at = self._store.now() + int(max(least, self._backoff(claim.attempts)) * 1000)
        passing = not isinstance(error, RefusedError)
        self._store.postpone(claim, str(error), due_at, passing=passing)

    def _backoff(self, attempts: int) -> float:
        """Seconds: twice as long each time, and not the same for all that failed together."""
        longest = _LONGEST_BACKOFF_SECONDS
        full = longest if attempts >= longest.bit_length() else min(longest, 2**attempts)
        return full * (0.5 + self._chance() / 2)
