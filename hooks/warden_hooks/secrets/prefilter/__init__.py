"""What says where a rule could match, and where it cannot: one file per way to know.

The ways differ in speed alone. Each names at least one place in every match, so that the same
confirmation behind each of them finds the same secrets.
"""

from collections.abc import Iterable
from typing import Protocol

RUN = 64
"""Bytes. Ends of matches on one line that are no further apart are told by the outermost two."""


class Prefilter(Protocol):
    """Finds places at which rules deserve a closer look."""

    name: str
    ends_are_exact: bool
    """Whether a place is the end of a match, and every end is told or lies in a run; or else the
    end of a keyword, around which a match may reach as far as its rule is wide."""

    def hits(self, data: bytes) -> Iterable[tuple[int, int]]:
        """Pairs of a rule's place in the table and an offset into `data`, in any order."""
        ...
