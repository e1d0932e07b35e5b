"""The two answers of a predicate that is true or false."""

from collections.abc import Sequence
from typing import Final

from warden_policies.outcome import Action, Outcome, Result
from warden_policies.text import listed, quoted

_WHOLE: Final = 300
"""Characters of a policy's word in its explanation, which is to show all of it."""
_NONE: Final = {"or": "any of an empty list", "and": "all of an empty list"}


def true(name: str, reason: str) -> Result:
    """It holds, for this reason."""
    return Result(name, Outcome.PASS, reason)


def false(name: str, reason: str, what: str) -> Result:
    """It does not hold, for this reason; doing `what` would change that."""
    return Result(name, Outcome.FAIL, reason, actions=(Action(("whoever can",), what),))


def any_of(words: Sequence[str]) -> str:
    """`'a'`, `any of 'a', 'b'`: a policy's words inside a sentence."""
    every = listed(map(quoted, words), 5)
    return f"any of {every}" if len(words) > 1 else every or "nothing"


def every_of(words: Sequence[str], joint: str = "or") -> str:
    """`'a', 'b' or 'c'`, however many there are: a policy's words where the policy is explained."""
    *first, last = [quoted(word, _WHOLE) for word in words] or [_NONE[joint]]
    return f"{', '.join(first)} {joint} {last}" if first else last
