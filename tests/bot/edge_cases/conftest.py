"""Conversations on GitHub that have led others astray, and what Changewarden makes of them.

`scene` has a service that is told of everything; `quiet` has none, for looks at the picture alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from tests.bot.conftest import StartGithub
from tests.bot.looking import look
from tests.bot.service.conftest import BODY, POLICY, more_settings, scene
from tests.fakes.clock import ManualClock
from warden_bot.github.snapshot import Snapshot, policy_files
from warden_bot.sandbox import Account, Sandbox, SandboxRepository
from warden_policies.actors import Actors
from warden_policies.model import Change, Standing
from warden_policies.policy import Policy

__all__ = ["more_settings", "scene"]


@dataclass
class Quiet:
    """One repository, its people, and an open pull request by Ana."""

    github: Sandbox
    repository: SandboxRepository
    ana: Account
    bob: Account
    carl: Account
    number: int
    clock: ManualClock

    def look(self, number: int | None = None) -> Snapshot:
        """What the service would see now."""
        return look(self.github, number or self.number)

    @property
    def change(self) -> Change:
        """The pull request as the service would see it now."""
        return self.look().change

    def standing(self, person: Account) -> Standing:
        """What somebody may do, as far as the picture knows."""
        known = {each.person.id: each for each in self.change.people or ()}
        return known[person.id]


@pytest.fixture
def quiet(start_github: StartGithub) -> Quiet:
    """Nobody watches it. Its clock stands at the time of our own, which signs the App's tokens."""
    clock = ManualClock(datetime.now(UTC))
    github = start_github(clock=clock)
    repository = github.repository("demo/payments", {".github/changewarden.yml": POLICY})
    ana, bob, carl = map(github.person, ("ana", "bob", "carl"))
    repository.push(ana, "topic", {"app.py": "1\n"}, "Change it")
    number = repository.open_pull_request(ana, "topic", "Change topic", BODY)
    return Quiet(github, repository, ana, bob, carl, number, clock)


Naming: TypeAlias = Callable[..., None]


@pytest.fixture
def naming(monkeypatch: pytest.MonkeyPatch) -> Naming:
    """Lets the policy name people and teams, whatever words the language has for it."""

    def name(*people: str, teams: tuple[str, ...] = ()) -> None:
        named = Actors(people, teams)

        def named_actors(policy: Policy) -> Actors:
            return named

        monkeypatch.setattr(policy_files, "named_actors", named_actors)

    return name
