"""Whom a rule of policy-bot's names, in native words."""

from dataclasses import dataclass

from warden_policies.actors import AccountName, TeamName
from warden_policies.canonical import Json
from warden_policies.model import Permission
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.text import listed, quoted


@dataclass(frozen=True, slots=True)
class Named:
    """Everybody who can be named natively, and who cannot."""

    words: dict[str, Json]
    lost: tuple[str, ...]

    @property
    def why(self) -> str:
        """Who is missing, in words."""
        return f"{listed(self.lost)} cannot be named natively" if self.lost else ""


def native_actors(actors: ActorSet) -> Named:
    """The actors; of several permissions the least one includes the others."""
    people = [user for user in actors.users if not any(AccountName().broken(user))]
    teams = [team for team in actors.teams if not any(TeamName().broken(team))]
    words: dict[str, Json] = {}
    if people:
        words["people"] = list(dict.fromkeys(people))
    if teams:
        words["teams"] = list(dict.fromkeys(teams))
    if actors.levels:
        least = min((Permission(level.value) for level in actors.levels), key=lambda one: one.rank)
        words["permission"] = least.value
    lost = (
        *(quoted(user) for user in actors.users if user not in people),
        *(quoted(team) for team in actors.teams if team not in teams),
        *(f"members of {quoted(name)}" for name in actors.organizations),
    )
    return Named(words, lost)
