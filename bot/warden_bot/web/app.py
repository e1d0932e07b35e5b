"""The web application, put together from its parts."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from warden_bot.inbox import Inbox
from warden_bot.store.store import Store
from warden_bot.web.headers import set_headers
from warden_bot.web.health import health
from warden_bot.web.pages import pages
from warden_bot.web.webhook import webhook


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the web application has to know."""

    max_body_bytes: int
    show_pages: bool
    """The pages have no login yet: they are shown only where nobody else can reach them."""


def create_app(
    inbox: Inbox, store: Store, is_alive: Callable[[], bool], settings: WebSettings
) -> Flask:
    """Build the application. It holds no state of its own."""
    app = Flask("warden_bot.web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    set_headers(app)
    app.register_blueprint(webhook(inbox))
    app.register_blueprint(health(store, is_alive))
    if settings.show_pages:
        app.register_blueprint(pages(store))
    return app
