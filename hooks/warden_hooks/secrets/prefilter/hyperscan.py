"""The rung of Hyperscan: every rule's whole regex in one database, the text read once."""

from collections.abc import Iterator, Sequence

import hyperscan

from warden_hooks.secrets.prefilter import TooManyHits

MOST_HITS = 100_000
"""In one text. Beyond, its hits take more memory and time than looking for keywords."""


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
        """The ends of the matches.

        Raises:
            TooManyHits: there are more than `MOST_HITS`.
        """
        for pattern, end in self._scan(data):
            if pattern < len(self._owners):
                for rule in self._owners[pattern]:
                    yield rule, end
            else:
                yield pattern + self._beyond, end

    def _scan(self, data: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []

        def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            found.append((pattern, end))
            return len(found) > MOST_HITS

        try:
            self._database.scan(data, note)
        except hyperscan.error:
            if len(found) > MOST_HITS:
                raise TooManyHits from None
            raise
        return found
