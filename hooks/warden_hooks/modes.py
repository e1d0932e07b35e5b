"""The ways to choose what is scanned, and what each means for the answer."""

import argparse
from dataclasses import dataclass

from warden_hooks.source import SkipReason

_NOT_SEEN = frozenset(
    {
        SkipReason.UNREADABLE,
        SkipReason.NOT_FOUND,
        SkipReason.NOT_IN_INDEX,
        SkipReason.UNMERGED,
    }
)
"""What was asked for and could not be looked at: not a pass."""
# A hook that passes is not shown by hook managers, so there a note would be a silent pass.
_NOT_SEEN_BY_A_HOOK = _NOT_SEEN | {SkipReason.TOO_LARGE, SkipReason.NOT_DECODED}


@dataclass(frozen=True, slots=True)
class Mode:
    """What is different when this is scanned."""

    stops: str = ""
    """What waits for the answer: a `commit`, a `push`, or nothing."""
    commits: bool = False
    """Whether what commits brought in is scanned, not what a file holds now."""
    patient: bool = True
    """Whether there may be so much to scan that compiling the engine pays at once."""
    no_pass: frozenset[SkipReason] = _NOT_SEEN_BY_A_HOOK
    """Reasons for which a file was not scanned that leave the question open."""


TREE = Mode(no_pass=_NOT_SEEN)
STAGED = Mode(stops="commit", patient=False)
RANGE = Mode(commits=True)
PUSH = Mode(stops="push", commits=True)
COMMITTED = Mode(commits=True, patient=False)
HISTORY = Mode(no_pass=_NOT_SEEN | {SkipReason.MISSING})
STDIN = Mode(patient=False, no_pass=_NOT_SEEN_BY_A_HOOK | {SkipReason.BINARY})


def mode_of(arguments: argparse.Namespace) -> Mode:
    """The way that the arguments of `changewarden scan` choose."""
    if arguments.from_ref is not None:
        return RANGE
    named = (
        (arguments.staged, STAGED),
        (arguments.push, PUSH),
        (arguments.committed, COMMITTED),
        (arguments.stdin, STDIN),
        (arguments.history, HISTORY),
    )
    return next((mode for is_chosen, mode in named if is_chosen), TREE)
