"""The one writer of a process: many small transactions, made durable together.

A commit costs a wait for the disk. While one batch is being written the next one gathers, so that
sixteen clients share a wait instead of queueing for sixteen. Each job runs in a savepoint of its
own: one that fails takes nothing else with it, unless it is the database that failed.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from warden_bot.store.database import require_transaction

T = TypeVar("T")
_BATCH = 64


class WriterClosedError(RuntimeError):
    """The writer was closed before this job could run; nothing of it was stored."""


class _Job(Generic[T]):
    def __init__(self, run: Callable[[Connection], T]) -> None:
        self.future: Future[T] = Future()
        self._run = run
        self._value: T
        self._error: BaseException | None = None

    def perform(self, connection: Connection) -> None:
        try:
            with connection.begin_nested():
                self._value = self._run(connection)
        except BaseException as error:  # noqa: BLE001 - the caller's, who waits on the future
            self._error = error

    def settle(self, failure: BaseException | None) -> None:
        """Answer the caller; `failure` is what went wrong with the batch as a whole."""
        if error := self._error or failure:
            self.future.set_exception(error)
        else:
            self.future.set_result(self._value)


class Writer:
    """Runs jobs one after the other on a thread of its own and commits them in batches."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._closed = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._loop, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, run: Callable[[Connection], T]) -> T:
        """Run `run` in a transaction and return its value once that is on disk.

        Raises:
            WriterClosedError: the writer was closed.
            Exception: whatever `run` raised, or the database on commit; then nothing was stored.
        """
        job = _Job(run)
        with self._gate:
            if self._closed:
                raise WriterClosedError("the store is closed")
            self._jobs.put(job)
        return job.future.result()

    def close(self) -> None:
        """Finish what was handed in, then stop."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _loop(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._gather()
            if batch:
                self._commit(batch)

    def _gather(self) -> tuple[list[_Job[Any]], bool]:
        batch: list[_Job[Any]] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == _BATCH:
                return batch, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[_Job[Any]]) -> None:
        failure: BaseException | None = None
        try:
            with self._engine.begin() as connection:
                for job in batch:
                    job.perform(connection)
                    require_transaction(connection)
        except BaseException as error:  # noqa: BLE001 - each caller gets it; the thread lives on
            failure = error
        for job in batch:
            job.settle(failure)
