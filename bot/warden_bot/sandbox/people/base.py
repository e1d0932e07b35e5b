"""What everything that people do in a repository rests on."""

from collections.abc import Callable
from typing import TypeVar

from warden_bot.sandbox.rules import pulls
from warden_bot.sandbox.state import PullRequest, Repository
from warden_bot.sandbox.world import Scene, World

Done = TypeVar("Done")


class InRepository:
    """A repository of a world."""

    def __init__(self, world: World, state: Repository) -> None:
        self._world = world
        self._state = state

    @property
    def id(self) -> int:
        """GitHub's number for the repository."""
        return self._state.id

    @property
    def full_name(self) -> str:
        """Owner and name."""
        return self._state.full_name

    def pull_request(self, number: int) -> PullRequest:
        """The pull request of that number, as it is now."""
        with self._world.lock:
            return pulls.pull_numbered(self._state, number)

    def _do(self, action: Callable[..., Done], *arguments: object, **options: object) -> Done:
        with self._world.lock:
            return action(Scene(self._world, self._state), *arguments, **options)
