"""A clock that stands still until it is told to move."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Call it for the time; `advance` it by hand."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        """Move on by a `timedelta`, such as `seconds=5`."""
        self.now += timedelta(**delta)
