"""Decides batches of stored changes, in this process or in several."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_context

from warden_hooks.commands.replay.sources import Batch, Document
from warden_hooks.commands.terminal import UnreadableFile, read_file
from warden_policies.json_text import MAX_BYTES
from warden_policies.language import parse_policy
from warden_policies.policy import Dialect
from warden_policies.problem import InvalidData
from warden_policies.replay import Replayed, Stored, parse_stored, rederived, under

_WORTH_PROCESSES = 2
"""Fewer batches than these are done sooner than processes are started."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with every stored change: try a policy, or without one derive its decision."""

    policy: bytes | None
    path: str
    dialect: Dialect
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that is no stored change, with every reason."""

    place: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Older:
    """A change from before the day that was asked for."""


Answer = Replayed | Unreadable | Older


def answers(batches: Iterator[Batch], task: Task, jobs: int) -> Iterator[Answer]:
    """What comes of every document, in the order of the batches."""
    first = list(islice(batches, _WORTH_PROCESSES))
    every = chain(first, batches)
    if jobs == 1 or len(first) < _WORTH_PROCESSES:
        decide = _decider(task)
        yield from (answer for batch in every for answer in _decided(batch, decide, task.since))
        return
    # Started anew, not forked: a copy of a process with threads may wait for ever.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,))
    try:
        yield from _in_turn(pool, every, jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _in_turn(pool: ProcessPoolExecutor, batches: Iterator[Batch], jobs: int) -> Iterator[Answer]:
    """The answers of the batches in order, with only so many batches read ahead."""
    waiting: deque[Future[list[Answer]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_work, batch))
        if len(waiting) > 3 * jobs:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Decide = Callable[[Stored], Replayed]


def _decider(task: Task) -> Decide:
    if task.policy is None:
        return rederived
    return under(parse_policy(task.policy, task.path, task.dialect))


class _Worker:
    """What a process was started for."""

    task: Task
    decide: Decide


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one answers it
    gc.set_threshold(200_000)  # a change is thousands of objects and no cycle: a tenth of the time
    _Worker.task = task
    _Worker.decide = staticmethod(_decider(task))


def _work(batch: Batch) -> list[Answer]:
    return list(_decided(batch, _Worker.decide, _Worker.task.since))


def _decided(batch: Batch, decide: Decide, since: datetime | None) -> Iterator[Answer]:
    for document in batch:
        try:
            stored = parse_stored(_data(document))
        except UnreadableFile as error:
            yield Unreadable(document.place, (str(error),))
        except InvalidData as error:
            reasons = tuple(f"{document.place}:{problem}" for problem in error.problems)
            yield Unreadable(document.place, reasons)
        else:
            is_older = since is not None and stored.change.evaluated_at < since
            yield Older() if is_older else decide(stored)


def _data(document: Document) -> bytes:
    return read_file(document.place, MAX_BYTES) if document.data is None else document.data
