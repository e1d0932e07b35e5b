"""The rung of Hyperscan: every rule's regex in one database, the text read once."""

from collections.abc import Iterator, Sequence

import hyperscan

from warden_hooks.secrets.prefilter import RUN


class HyperscanPrefilter:
    """`Prefilter` over a database of regexes."""

    name = "hyperscan"
    ends_are_exact = True

    def __init__(
        self, database: hyperscan.Database, owners: Sequence[Sequence[int]], rules: int
    ) -> None:
        """`owners` are those of the database's first patterns, see `RulePatterns`; whatever
        patterns come behind them are counted on from the number of `rules`."""
        self._database = database
        self._owners = owners
        self._beyond = rules - len(owners)

    def hits(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The ends of the matches; of those close together on one line the first and the last."""
        for pattern, first, last in self._runs(data):
            mine = pattern < len(self._owners)
            for rule in self._owners[pattern] if mine else (pattern + self._beyond,):
                yield rule, first
                if last != first:
                    yield rule, last

    def _runs(self, data: bytes) -> list[list[int]]:
        """Pattern, first and last end: a greedy match has as many ends as letters."""
        runs: list[list[int]] = []
        latest: dict[int, list[int]] = {}

        def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> None:
            run = latest.get(pattern)
            if run and 0 <= end - run[1] <= RUN and data.find(b"\n", run[2], end) < 0:
                run[2] = max(run[2], end)
            else:
                run = latest[pattern] = [pattern, end, end]
                runs.append(run)

        self._database.scan(data, note)
        return runs
