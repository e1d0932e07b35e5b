"""A look at a pull request on a sandbox, as the service takes it, and what it costs."""

from collections.abc import Callable
from datetime import datetime

from warden_bot.github.auth import app_auth, load_private_key
from warden_bot.github.client import GitHub, Installation
from warden_bot.github.snapshot import Snapshot, take_snapshot
from warden_bot.sandbox import Sandbox
from warden_policies.example import AFTERNOON


def installation(github: Sandbox) -> Installation:
    """The App's client for the organisation that installed it."""
    key = load_private_key(github.private_key_pem)
    client = GitHub(app_auth(github.app_id, key), github.api_url)
    return client.installation(github.installation_id)


def look(
    github: Sandbox,
    number: int,
    full_name: str = "demo/payments",
    clock: Callable[[], datetime] = lambda: AFTERNOON,
) -> Snapshot:
    """What the service sees of a pull request now."""
    client = installation(github)
    return take_snapshot(client, full_name, number, own_app_id=github.app_id, clock=clock)


def calls(github: Sandbox) -> list[str]:
    """What GitHub was asked for so far, but for tokens and git, in order."""
    paths = (request.path for request in github.requests if request.path.startswith("/api/"))
    return [path.rpartition("/api/")[2] for path in paths if "access_tokens" not in path]
