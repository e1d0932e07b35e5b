"""What the App hears first: a ping for its webhook, then where it was installed."""

from collections.abc import Iterable

from warden_bot.sandbox.payloads.apps import app as app_body
from warden_bot.sandbox.payloads.apps import installation as installation_body
from warden_bot.sandbox.payloads.common import Body, user
from warden_bot.sandbox.state import App, Installation, Repository
from warden_bot.sandbox.urls import Urls


def ping(urls: Urls, app: App, hook_id: int, address: str) -> Body:
    """The webhook was given an address."""
    shown = app_body(urls, app)
    hook = {
        "type": "App",
        "id": hook_id,
        "name": "web",
        "active": True,
        "app_id": app.id,
        "events": list(app.events),
        "config": {"content_type": "json", "insecure_ssl": "0", "url": address, "secret": "****"},
        "deliveries_url": f"{urls.api}/app/hook/deliveries",
        "updated_at": shown["updated_at"],
        "created_at": shown["created_at"],
    }
    return {"zen": "One change, one record.", "hook_id": hook_id, "hook": hook}


def installed(urls: Urls, it: Installation, repositories: Iterable[Repository]) -> Body:
    """An organisation installed the App on these repositories."""
    return {
        "action": "created",
        "installation": installation_body(urls, it),
        "repositories": [
            {
                "id": each.id,
                "node_id": f"R_{each.id}",
                "name": each.name,
                "full_name": each.full_name,
                "private": each.private,
            }
            for each in repositories
        ],
        "requester": None,
        "sender": user(urls, it.account),
    }
