"""Apps, installations and webhook deliveries."""

from warden_bot.sandbox.payloads.common import Body, instant, optional_instant, user
from warden_bot.sandbox.state import App, Installation
from warden_bot.sandbox.urls import Urls
from warden_bot.sandbox.webhooks import Delivery


def app(urls: Urls, it: App) -> Body:
    """The App; GitHub's schema calls it an integration."""
    return {
        "id": it.id,
        "slug": it.slug,
        "client_id": it.client_id,
        "node_id": f"A_{it.id}",
        "owner": user(urls, it.owner),
        "name": it.name,
        "description": "",
        "external_url": f"{urls.web}/apps/{it.slug}",
        "html_url": f"{urls.web}/apps/{it.slug}",
        "created_at": instant(it.created_at),
        "updated_at": instant(it.created_at),
        "permissions": dict(it.permissions),
        "events": list(it.events),
    }


def installation(urls: Urls, it: Installation) -> Body:
    """Where the App is installed, and with which permissions."""
    return {
        "id": it.id,
        "client_id": it.app.client_id,
        "account": user(urls, it.account),
        "repository_selection": "all",
        "access_tokens_url": f"{urls.api}/app/installations/{it.id}/access_tokens",
        "repositories_url": f"{urls.api}/installation/repositories",
        "html_url": f"{urls.web}/organizations/{it.account.login}/settings/installations/{it.id}",
        "app_id": it.app.id,
        "app_slug": it.app.slug,
        "target_id": it.account.id,
        "target_type": it.account.type.value,
        "permissions": dict(it.permissions),
        "events": list(it.app.events),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.created_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": None if it.suspended_at is None else user(urls, it.account),
        "suspended_at": optional_instant(it.suspended_at),
    }


def delivery(it: Delivery) -> Body:
    """One line of the delivery log."""
    return {
        "id": it.id,
        "guid": it.guid,
        "delivered_at": instant(it.delivered_at),
        "redelivery": it.redelivery,
        "duration": it.duration,
        "status": it.status,
        "status_code": it.status_code,
        "event": it.event,
        "action": it.action,
        "installation_id": it.installation_id,
        "repository_id": it.repository_id,
        "throttled_at": None,
    }


def full_delivery(it: Delivery) -> Body:
    """One delivery with what was sent and what was answered; the signature is not shown."""
    shown = {name: value for name, value in it.headers.items() if "Signature" not in name}
    return delivery(it) | {
        "url": it.url,
        "request": {"headers": shown, "payload": it.payload()},
        "response": {"headers": dict(it.response_headers), "payload": it.response_body},
    }
