"""The rung that needs nothing but Python: each keyword is looked for in the lower-cased bytes."""

from collections.abc import Iterable, Iterator
from typing import Protocol


class Searched(Protocol):
    """A rule or a form."""

    @property
    def keywords(self) -> tuple[bytes, ...]: ...


def rules_by_keyword(table: Iterable[Searched]) -> dict[bytes, list[int]]:
    """The places in the table of the rules that share a keyword."""
    found: dict[bytes, list[int]] = {}
    for index, rule in enumerate(table):
        for keyword in rule.keywords:
            found.setdefault(keyword, []).append(index)
    return found


class PlainPrefilter:
    """`Prefilter` over keywords."""

    name = "plain"
    ends_are_exact = False

    def __init__(self, table: Iterable[Searched]) -> None:
        self._rules = rules_by_keyword(table)

    def hits(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The ends of the keywords."""
        lowered = data.lower()
        for keyword, rules in self._rules.items():
            place = lowered.find(keyword)
            while place >= 0:
                for rule in rules:
                    yield rule, place + len(keyword)
                place = lowered.find(keyword, place + 1)
