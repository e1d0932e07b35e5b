"""The rung of Hyperscan: every regex in one database, the text read once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.prefilter import RUN


def loaded(serialized: bytes) -> hyperscan.Database:
    """A database that was serialized."""
    database = hyperscan.loadb(serialized, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


class Near(NamedTuple):
    """What is looked for only where the last of the rules' patterns matches."""

    database: hyperscan.Database
    owners: Sequence[Sequence[int]]
    """What each of its patterns stands for."""
    reach: int
    """Bytes. None of their matches is wider."""


class HyperscanPrefilter:
    """`Prefilter` over a database of regexes."""

    name = "hyperscan"
    ends_are_exact = True

    def __init__(
        self,
        database: hyperscan.Database,
        owners: Sequence[Sequence[int]],
        single: Sequence[int],
        near: Near | None = None,
    ) -> None:
        """`owners` says what the database's first patterns stand for, see `RulePatterns`, `single`
        what each of the following does. Any behind them are counted on from there."""
        self._database = database
        self._near = near
        self._telling = len(owners) - 1 if near else -1
        self._single = range(len(owners), len(owners) + len(single))
        self._stands_for = (*owners, *((one,) for one in single))
        known = [place for places in self._stands_for for place in places]
        known += [place for places in near.owners for place in places] if near else []
        self._beyond = max(known, default=-1) + 1 - len(self._stands_for)

    def hits(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The ends of matches; of a rule's close together on one line the first and the last."""
        single, runs = self._ends(data)
        for pattern, ends in single.items():
            (place,) = self._stands_for[pattern]
            for end in ends:
                yield place, end
        for pattern, first, last in runs:
            if pattern == self._telling and self._near:
                yield from _hits_near(self._near, data, first, last)
                continue
            mine = pattern < len(self._stands_for)
            for place in self._stands_for[pattern] if mine else (pattern + self._beyond,):
                yield place, first
                if last != first:
                    yield place, last

    def _ends(self, data: bytes) -> tuple[dict[int, list[int]], list[list[int]]]:
        """The ends of forms and layers, which are looked at one by one; of the others pattern,
        first and last end: a greedy match has as many ends as letters."""
        single: dict[int, list[int]] = {}
        runs: list[list[int]] = []
        latest: dict[int, list[int]] = {}

        def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> None:
            if pattern in self._single:
                single.setdefault(pattern, []).append(end)
                return
            run = latest.get(pattern)
            if run and 0 <= end - run[1] <= RUN and data.find(b"\n", run[2], end) < 0:
                run[2] = max(run[2], end)
            else:
                run = latest[pattern] = [pattern, end, end]
                runs.append(run)

        self._database.scan(data, note)
        return single, runs


def _hits_near(near: Near, data: bytes, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The hits that end from one place to another."""
    start = max(0, first - near.reach)
    found: list[tuple[int, int]] = []

    def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> None:
        if start + end >= first:
            found.append((pattern, start + end))

    near.database.scan(data[start:last], note)
    for pattern, end in found:
        for place in near.owners[pattern]:
            yield place, end
