"""Work out once per change what several predicates ask of it.

A change is immutable, so an answer stays true; it is found again by the change's identity, since
comparing two changes field by field costs more than most answers.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from warden_policies.model import Change

T = TypeVar("T")


def per_change(function: Callable[[Change], T]) -> Callable[[Change], T]:
    """Remember the answer for the change that was asked about last."""
    # One tuple, replaced as a whole: another thread sees the old pair or the new one.
    last: tuple[Change, T] | None = None

    @wraps(function)
    def remembered(change: Change) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not change:
            known = last = (change, function(change))
        return known[1]

    return remembered
