"""A folder scanned in several processes: files know nothing of each other.

The first files are scanned right here, and mostly that is all there is. What the interpreter cannot
do at once in threads, it does in processes: each opens the engine for itself and answers with
findings, which hold no secret.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from warden_hooks import worktree
from warden_hooks.progress import shown
from warden_hooks.scan import ScanResult, combined, scan
from warden_hooks.secrets.engines import Engine, secret_engine
from warden_hooks.source import Clean, Skipped, SourceFile, read_source
from warden_policies.finding import Confidence

_ALONE, _CHUNK = 500, 100
"""Files: what one process scans before there are more of them, and what each is given at a time."""
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """How to scan each file."""

    least: Confidence
    max_bytes: int
    key: Callable[[], bytes]
    """What fingerprints are made with; fetched by the process that has the first finding. It goes
    to other processes by its name."""


def scan_tree(paths: Sequence[str], asked: Asked, processes: int | None = None) -> ScanResult:
    """Scan the files at and under `paths`, in so many processes, or as many as pay.

    Raises:
        UsageError: what a fingerprint needs cannot be read.
        BrokenProcessPool: a process ended in the middle.
    """
    files = worktree.files(paths)
    first = list(islice(files, _ALONE))
    if not first:  # nothing to check: the engine is not even opened
        return ScanResult()
    following = next(files, None)
    if following is None:
        with secret_engine(patient=True, least=asked.least) as engine:
            return _scanned(first, engine, asked)
    return _in_processes(chunks(chain(first, (following,), files)), asked, processes or _usual())


def _usual() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(usable or 1, _MOST_PROCESSES)


def chunks(files: Iterable[worktree.Found]) -> Iterator[list[worktree.Found]]:
    """The files in groups that are worth to be sent somewhere."""
    remaining = iter(files)
    while group := list(islice(remaining, _CHUNK)):
        yield group


def _in_processes(
    groups: Iterable[list[worktree.Found]], asked: Asked, processes: int
) -> ScanResult:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only for many files
    from multiprocessing import get_context  # noqa: PLC0415 - only for many files

    # A copy of this process is ready at once. Elsewhere than on Linux libraries may not survive it.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with secret_engine(patient=True, least=asked.least) as engine:
        if processes == 1:
            results = (_scanned(group, engine, asked) for group in groups)
            return combined(shown(results, "files", each=_CHUNK))
        with ProcessPoolExecutor(processes, context, _Worker.start, (asked,)) as pool:
            return combined(shown(pool.map(_Worker.scan, groups), "files", each=_CHUNK))


def _scanned(files: Iterable[worktree.Found], engine: Engine, asked: Asked) -> ScanResult:
    sources = (_source(file, engine, asked.max_bytes) for file in files)
    return scan(sources, engine, cache(asked.key), asked.least)


def _source(file: worktree.Found, engine: Engine, max_bytes: int) -> SourceFile | Skipped | Clean:
    """The file, decoded only if there may be something in it."""
    content = worktree.content_of(file, max_bytes)
    if isinstance(content, Skipped):
        return content
    is_whole = len(content.data) == content.size <= max_bytes
    if is_whole and engine.is_clean(file.shown, content.data):
        return Clean(content.size)
    return read_source(file.shown, content, max_bytes)


class _Worker:
    """What a process keeps from one group of files to the next."""

    _opened: ExitStack
    _engine: Engine
    _asked: Asked

    @classmethod
    def start(cls, asked: Asked) -> None:
        cls._opened, cls._asked = ExitStack(), asked
        cls._engine = cls._opened.enter_context(secret_engine(patient=True, least=asked.least))

    @classmethod
    def scan(cls, files: list[worktree.Found]) -> ScanResult:
        return _scanned(files, cls._engine, cls._asked)
