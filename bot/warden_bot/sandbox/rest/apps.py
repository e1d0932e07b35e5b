"""The App, its installations and their tokens."""

from typing import Any

from warden_bot.sandbox.payloads import apps as payloads
from warden_bot.sandbox.payloads.common import instant
from warden_bot.sandbox.payloads.repositories import repository as repository_body
from warden_bot.sandbox.refusal import not_found, unprocessable
from warden_bot.sandbox.rest.paging import page
from warden_bot.sandbox.rest.routing import Answer, Call, Route
from warden_bot.sandbox.state import Installation, Repository
from warden_bot.sandbox.world import World


def _installations(call: Call) -> list[Installation]:
    installation = call.world.installation
    return [installation] if installation.app is call.app() else []


def _installation(call: Call) -> Installation:
    wanted = call.number("installation_id")
    found = next((each for each in _installations(call) if each.id == wanted), None)
    if found is None:
        raise not_found()
    return found


def get_app(call: Call) -> Answer:
    """The App itself."""
    count = {"installations_count": len(_installations(call))}
    return Answer(payloads.app(call.world.urls, call.app()) | count)


def list_installations(call: Call) -> Answer:
    """Where the App is installed."""
    shown, links = page(call, _installations(call))
    return Answer([payloads.installation(call.world.urls, each) for each in shown], links=links)


def get_installation(call: Call) -> Answer:
    """One installation."""
    return Answer(payloads.installation(call.world.urls, _installation(call)))


def get_repository_installation(call: Call) -> Answer:
    """The installation that covers a repository."""
    owner = call.repository().owner
    for each in _installations(call):
        if each.account is owner:
            return Answer(payloads.installation(call.world.urls, each))
    raise not_found()


def create_access_token(call: Call) -> Answer:
    """A new installation token, narrowed to repositories and permissions where asked."""
    world, installation, body = call.world, _installation(call), call.body()
    chosen = _chosen(world, installation, body)
    numbers = None if chosen is None else frozenset(each.id for each in chosen)
    token, caller = world.credentials.mint(
        installation, body.get("permissions") or {}, numbers, world.now()
    )
    answer: dict[str, Any] = {
        "token": token,
        "expires_at": instant(caller.expires_at),
        "permissions": dict(caller.permissions),
        "repository_selection": "all" if chosen is None else "selected",
    }
    if chosen is not None:
        answer["repositories"] = [repository_body(world.urls, each) for each in chosen]
    return Answer(answer, 201)


def _chosen(
    world: World, installation: Installation, body: dict[str, Any]
) -> list[Repository] | None:
    numbers, names = body.get("repository_ids"), body.get("repositories")
    if numbers is None and names is None:
        return None
    wanted = {*(numbers or ()), *(names or ())}
    mine = [each for each in world.repositories.values() if each.owner is installation.account]
    chosen = [each for each in mine if wanted & {each.id, each.name}]
    if len(chosen) != len(wanted):
        raise unprocessable(
            "There is at least one repository that does not exist or is not accessible to the "
            "parent installation."
        )
    return chosen


ROUTES = (
    Route("GET", "/app", get_app),
    Route("GET", "/app/installations", list_installations),
    Route("GET", "/app/installations/{installation_id}", get_installation),
    Route("POST", "/app/installations/{installation_id}/access_tokens", create_access_token),
    Route("GET", "/repos/{owner}/{repo}/installation", get_repository_installation),
)
