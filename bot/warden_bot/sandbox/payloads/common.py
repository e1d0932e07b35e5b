"""What every body is made of: instants, addresses and accounts."""

from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import quote

from warden_bot.sandbox.state import Account
from warden_bot.sandbox.urls import Urls

Body: TypeAlias = dict[str, Any]


def instant(value: datetime) -> str:
    """GitHub writes whole seconds in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def optional_instant(value: datetime | None) -> str | None:
    """The same for what may not have happened yet."""
    return None if value is None else instant(value)


def user(urls: Urls, account: Account) -> Body:
    """An account as it appears inside other bodies."""
    login = quote(account.login)
    api = f"{urls.api}/users/{login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": f"U_{account.id}",
        "avatar_url": f"{urls.web}/avatars/{account.id}",
        "gravatar_id": "",
        "url": api,
        "html_url": f"{urls.web}/{login}",
        "followers_url": f"{api}/followers",
        "following_url": f"{api}/following{{/other_user}}",
        "gists_url": f"{api}/gists{{/gist_id}}",
        "starred_url": f"{api}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{api}/subscriptions",
        "organizations_url": f"{api}/orgs",
        "repos_url": f"{api}/repos",
        "events_url": f"{api}/events{{/privacy}}",
        "received_events_url": f"{api}/received_events",
        "type": account.type.value,
        "user_view_type": "public",
        "site_admin": False,
    }


def optional_user(urls: Urls, account: Account | None) -> Body | None:
    """The same for somebody who may not exist."""
    return None if account is None else user(urls, account)
