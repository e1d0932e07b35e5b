"""What says where a rule could match, and where it cannot: one file per way to know.

The ways differ in speed alone. Each names at least one place in every match, so that the same
confirmation behind each of them finds the same secrets.
"""

from collections.abc import Iterable
from typing import Protocol


class Prefilter(Protocol):
    """Finds places at which rules deserve a closer look."""

    name: str
    ends_are_exact: bool
    """Whether a place is the end of a match (all of its ends are given), or else the end of a
    keyword, around which a match may reach as far as its rule is wide."""

    def hits(self, data: bytes) -> Iterable[tuple[int, int]]:
        """Pairs of a rule's place in the table and an offset into `data`, in any order.

        Raises:
            TooManyHits: the text is made of hits; a prefilter that counts less has to look.
        """
        ...


class TooManyHits(Exception):
    """More places than it is worth to remember."""
