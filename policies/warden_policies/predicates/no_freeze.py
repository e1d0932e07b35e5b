"""`no_freeze: [{begins: ..., ends: ..., why: Year end}]`: changes rest while a freeze lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from warden_policies.conditions import opener_of
from warden_policies.constraints import NotEmpty, Unique
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.problem import Path
from warden_policies.text import plain


@dataclass(frozen=True, slots=True)
class Freeze:
    """From the instant it begins until the one it ends; `why` is shown to those who wait."""

    begins: datetime
    ends: datetime
    why: Annotated[str, NotEmpty()]


@dataclass(frozen=True, slots=True)
class EndsLater:
    """A freeze ends after it begins."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about one that is never."""
        if isinstance(value, Freeze) and value.ends <= value.begins:
            yield ("ends",), f"expected a time after {_clock(value.begins)}, when it begins"


Freezes: TypeAlias = Annotated[tuple[Annotated[Freeze, EndsLater()], ...], NotEmpty(), Unique()]


def _december(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


_SALE = Freeze(_december(1), _december(8), "The winter sale")
_YEAR_END = Freeze(_december(7), _december(31), "Year-end closing")
_FREEZES = (_SALE, _YEAR_END)
_EXAMPLES = (
    Example(
        "before",
        _FREEZES,
        SAMPLE,
        Outcome.PASS,
        "no freeze now, the next begins 2026-12-01 00:00 UTC",
    ),
    Example(
        "two that overlap end with the later one",
        _FREEZES,
        replace(SAMPLE, evaluated_at=_december(1)),
        Outcome.PENDING,
        "frozen until 2026-12-31 00:00 UTC: The winter sale",
    ),
    Example(
        "in one of them",
        _FREEZES,
        replace(SAMPLE, evaluated_at=_december(20, 12)),
        Outcome.PENDING,
        "frozen until 2026-12-31 00:00 UTC: Year-end closing",
    ),
    Example(
        "after",
        _FREEZES,
        replace(SAMPLE, evaluated_at=_december(31)),
        Outcome.PASS,
        "no freeze now, and none to come",
    ),
)


def _describe(arguments: tuple[Freeze, ...]) -> str:
    return f"no freeze: {'; '.join(map(_window, arguments))}"


@predicate("no_freeze", arguments=Freezes, examples=_EXAMPLES, describe=_describe)
def no_freeze(arguments: tuple[Freeze, ...], change: Change) -> Result:
    """No freeze lasts at the time of the decision; during one, the change waits.

    Times have a zone. A freeze holds from the instant it begins to just before the one it ends.
    """
    now = change.evaluated_at
    lasting = [freeze for freeze in arguments if freeze.begins <= now < freeze.ends]
    if not lasting:
        coming = min((freeze.begins for freeze in arguments if freeze.begins > now), default=None)
        next_one = f"the next begins {_clock(coming)}" if coming else "and none to come"
        return Result("no_freeze", Outcome.PASS, f"no freeze now, {next_one}")
    end = _clock(_end(arguments, now))
    return Result(
        "no_freeze",
        Outcome.PENDING,
        f"frozen until {end}: {plain(lasting[0].why)}",
        evidence=tuple(Evidence(_window(freeze)) for freeze in lasting),
        actions=(Action(opener_of(change), f"wait until {end}"),),
    )


def _end(freezes: tuple[Freeze, ...], now: datetime) -> datetime:
    """The first instant at which none lasts."""
    for freeze in sorted(freezes, key=lambda freeze: freeze.begins):
        if freeze.begins <= now < freeze.ends:
            now = freeze.ends
    return now


def _window(freeze: Freeze) -> str:
    return f"{_clock(freeze.begins)} to {_clock(freeze.ends)}, {plain(freeze.why)}"


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
