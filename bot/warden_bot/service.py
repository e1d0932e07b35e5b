"""The service in one process: store, engine and web server, put together in order."""

import ipaddress
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from warden_bot import data_dir
from warden_bot.clone.clones import Clones
from warden_bot.config import Settings
from warden_bot.engine.embedded import EmbeddedEngine
from warden_bot.github.auth import app_auth, load_private_key
from warden_bot.github.client import GitHub
from warden_bot.handle import World, handle
from warden_bot.inbox import Inbox
from warden_bot.look import Looker
from warden_bot.store.store import Store
from warden_bot.store.work import Timing
from warden_bot.web.app import WebSettings, create_app
from warden_bot.web.server import WebServer


def utc_now() -> datetime:
    """The wall clock. Everything else is handed one, so that tests bring their own."""
    return datetime.now(UTC)


class Service:
    """What `changewarden serve` runs; a context manager that owns its data folder.

    Raises:
        FolderInUseError: another process serves the same folder.
        UnusableKeyError: the App's private key cannot sign.
        KeyFormatError: the log's key file is damaged.
        WrongKeyError: the database's logs were signed by another key.
        DatabaseUnusableError: the database is damaged, locked or of a newer release.
        OSError: the address is taken, or the folder cannot be written.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        timing: Timing | None = None,
    ) -> None:
        auth = app_auth(settings.app_id, load_private_key(settings.private_key.get_secret_value()))
        with ExitStack() as undo:
            undo.enter_context(data_dir.owned(settings.data_dir))
            signer = data_dir.signer(settings.data_dir)
            self.store = undo.enter_context(
                Store(settings.data_dir, signer, clock, timing or Timing())
            )
            world = World(
                looker=Looker(
                    GitHub(auth, settings.github_api_url),
                    Clones(settings.data_dir / data_dir.CLONES),
                    clock,
                    settings.policy_bot,
                ),
                store=self.store,
                log_of=_log_names(settings),
                page_of=self._page_of,
            )
            self._engine = EmbeddedEngine(
                self.store, lambda claim: handle(claim, world), workers=settings.workers
            )
            self._web = self._web_server(settings)
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            self.url = settings.public_url or f"http://{host}:{self._web.port}"
            self._undo = undo.pop_all()

    def __enter__(self) -> Self:
        """Begin to work and to answer."""
        with self._undo as undo:  # should one of them not start
            self._engine.start()
            undo.callback(self._engine.stop)
            self._web.start()
            undo.callback(self._web.stop)
            self._undo = undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Answer nothing more, finish what is under way, close the database."""
        self._undo.close()

    def _web_server(self, settings: Settings) -> WebServer:
        inbox = Inbox(self.store, settings.webhook_secrets, settings.app_id, self._engine.wake)
        shown = WebSettings(settings.max_body_bytes, show_pages=shows_pages(settings))
        app = create_app(inbox, self.store, self._engine.is_alive, shown)
        return WebServer(app, settings.host, settings.port, settings.max_body_bytes)

    def _page_of(self, full_name: str, number: int) -> str | None:
        return f"{self.url}/changes/{full_name}/{number}"


def shows_pages(settings: Settings) -> bool:
    """The pages have no login yet, so they are shown only to this machine, or when asked for."""
    if settings.open_pages:
        return True
    try:
        return ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        return settings.host == "localhost"


def _log_names(settings: Settings) -> Callable[[int], str]:
    """One log for each installation, named after where it is installed: unique and unchanging."""
    host = urlsplit(settings.github_api_url).netloc
    return lambda installation: f"{host}/app/{settings.app_id}/installation/{installation}"
