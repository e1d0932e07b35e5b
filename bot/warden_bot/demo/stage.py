"""What every act of the demo shares: a place to play, a voice, and no mercy for a wrong turn."""

import textwrap
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_PATIENCE_SECONDS = 30.0
_LOOK_EVERY_SECONDS = 0.05


class WrongTurnError(Exception):
    """A step did not happen as told. The message says what was expected and what came."""


def say(line: str = "") -> None:
    """Tell the audience."""
    print(line, flush=True)


def show(detail: str) -> None:
    """Show the audience something, set apart from what is told."""
    print(textwrap.indent(detail.rstrip("\n"), "      "), flush=True)


def step(what: str, outcome: str, detail: str) -> None:
    """One step in one line: what happened, what came of it, and in which words."""
    show(f"{what:<26}{outcome:<10}{detail}")


def expect(holds: object, what: str, but: object = "") -> None:
    """Go on only when the step happened as told.

    Raises:
        WrongTurnError: it did not.
    """
    if not holds:
        raise WrongTurnError(f"expected {what}" + (f", but got: {but}" if but else ""))


def wait_for(look: Callable[[], T | None], what: str, now: Callable[[], object]) -> T:
    """Look until there is something to see; `now` says what there is instead, should it not come.

    Raises:
        WrongTurnError: it never came.
    """
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if (seen := look()) is not None:
            return seen
        time.sleep(_LOOK_EVERY_SECONDS)
    raise WrongTurnError(f"expected {what} within {_PATIENCE_SECONDS:.0f} s, but got: {now()}")
