"""When things happen in a scenario."""

from datetime import datetime, timedelta
from typing import overload

from warden_policies.problem import Path, Problems
from warden_policies.scenario.names import moment


class Clock:
    """Reads times against the time of the decision, and gives one to what has none."""

    def __init__(self, now: datetime, problems: Problems) -> None:
        self.now = now
        self._problems = problems

    @overload
    def at(self, text: str, path: Path) -> datetime: ...
    @overload
    def at(self, text: None, path: Path) -> None: ...
    @overload
    def at(self, text: str | None, path: Path) -> datetime | None: ...

    def at(self, text: str | None, path: Path) -> datetime | None:
        """The instant that is written at `path`, if any is."""
        if text is None:
            return None
        instant = moment(text, self.now)
        if instant is None:
            self._problems.add(path, "that is before the year 1")
        return instant or self.now

    def at_or(self, text: str | None, turn: int, path: Path) -> datetime:
        """The instant that is written or, without one, an hour ago and `turn` minutes."""
        return self.at(text, path) or self.now - timedelta(minutes=60 - turn)
