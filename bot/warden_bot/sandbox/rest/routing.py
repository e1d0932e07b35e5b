"""From a method and a path to a function, past the caller's credentials and permissions."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from warden_bot.sandbox.credentials import (
    Anonymous,
    AppCaller,
    Caller,
    InstallationCaller,
    PersonCaller,
)
from warden_bot.sandbox.refusal import Refusal, not_found, unprocessable
from warden_bot.sandbox.state import App, Repository, Role
from warden_bot.sandbox.webhooks import Webhooks
from warden_bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful reply. `links` become the `Link` header: relation to query string."""

    body: Any
    status: int = 200
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A request that found its function. `arguments` are the path's, decoded."""

    world: World
    webhooks: Webhooks
    caller: Caller
    arguments: Mapping[str, str]
    query: Mapping[str, str]
    raw_body: bytes

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent; nothing counts as an empty one.

        Raises:
            Refusal: 400, it is not JSON, or not an object.
        """
        try:
            parsed = json.loads(self.raw_body or b"{}")
        except ValueError as error:
            raise Refusal(400, "Problems parsing JSON") from error
        if not isinstance(parsed, dict):
            raise Refusal(400, "Body should be a JSON object")
        return parsed

    def repository(self) -> Repository:
        """The repository in the path.

        Raises:
            Refusal: 404, there is none, or the caller may not know that there is.
        """
        repository = self.world.repository(f"{self.arguments['owner']}/{self.arguments['repo']}")
        if not can_see(self.caller, repository):
            raise not_found()
        return repository

    def app(self) -> App:
        """The App that calls, by its JWT or through an installation.

        Raises:
            Refusal: 404, the caller is no App.
        """
        match self.caller:
            case AppCaller(app=app):
                return app
            case InstallationCaller(installation=installation):
                return installation.app
        raise not_found()

    def number(self, name: str) -> int:
        """A whole number in the path."""
        if not self.arguments[name].isdecimal():
            raise not_found()
        return int(self.arguments[name])

    def query_number(self, name: str, default: int) -> int:
        """A whole number in the query string."""
        value = self.query.get(name, str(default))
        if not value.isdecimal():
            raise unprocessable(f"Invalid value for parameter '{name}': {value}")
        return int(value)


def can_see(caller: Caller, repository: Repository) -> bool:
    """Whether the repository exists as far as the caller can tell."""
    match caller:
        case Anonymous():
            return not repository.private
        case AppCaller(app=app):
            return app.owner is repository.owner
        case PersonCaller(account=account):
            return repository.role_of(account) >= Role.READ
        case InstallationCaller(installation=installation, repositories=chosen):
            mine = installation.account is repository.owner
            return mine and (chosen is None or repository.id in chosen)


Handler: TypeAlias = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation, with the path as GitHub's description writes it.

    `permission` and `level` are what an installation token must carry. With `people` false no
    person's token will do. A route without a permission is for the App's own JWT.
    """

    method: str
    template: str
    handler: Handler
    permission: str | None = None
    level: str = "read"
    people: bool = True

    @property
    def accepted(self) -> str | None:
        """The route's permission as `X-Accepted-GitHub-Permissions` writes it."""
        return None if self.permission is None else f"{self.permission}={self.level}"

    def admit(self, caller: Caller) -> None:
        """Refuse a caller of the wrong kind or without the permission.

        Raises:
            Refusal: 401 or 403, as GitHub answers it.
        """
        if self.permission is None:
            if not isinstance(caller, AppCaller):
                raise Refusal(401, "A JSON web token could not be decoded")
            return
        match caller:
            case Anonymous() | AppCaller():
                raise Refusal(401, "Requires authentication", accepted=self.accepted)
            case PersonCaller() if not self.people:
                raise Refusal(
                    403, "You must authenticate via a GitHub App.", accepted=self.accepted
                )
            case InstallationCaller() if not caller.may(self.permission, self.level):
                raise Refusal(403, "Resource not accessible by integration", accepted=self.accepted)


@dataclass(frozen=True, slots=True)
class Match:
    """A route and what its path says."""

    route: Route
    arguments: Mapping[str, str]


class Router:
    """All routes, tried in order."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = [(route, _pattern(route.template)) for route in routes]

    def find(self, method: str, path: str) -> Match | None:
        """The route for a request, or None."""
        for route, pattern in self._routes:
            found = pattern.fullmatch(path) if route.method == method else None
            if found:
                return Match(route, found.groupdict())
        return None


def _pattern(template: str) -> re.Pattern[str]:
    """A ref may contain slashes; every other part of a path may not."""
    parts = re.split(r"\{(\w+)\}", template)
    literals = [re.escape(part) for part in parts[::2]]
    groups = [f"(?P<{name}>{'.+' if name == 'ref' else '[^/]+'})" for name in parts[1::2]]
    return re.compile("".join(a + b for a, b in zip(literals, [*groups, ""], strict=True)))
