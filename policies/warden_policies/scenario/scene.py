"""What everything in a scenario is built from."""

from dataclasses import dataclass

from warden_policies.problem import Path
from warden_policies.scenario.history import History
from warden_policies.scenario.people import Cast
from warden_policies.scenario.times import Clock
from warden_policies.scenario.words import ChangeWords


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of one change, read at `path`, with its people, commits and time."""

    words: ChangeWords
    cast: Cast
    history: History
    clock: Clock
    path: Path

    def at(self, *steps: str | int) -> Path:
        """Where in the document a part of the change stands."""
        return (*self.path, *steps)
