"""The stand-in as tests and the demo hold it: start it, act as people, look at what happened."""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from warden_bot.sandbox.faults import Fault, Gate
from warden_bot.sandbox.keys import app_key_pem
from warden_bot.sandbox.payloads.hook import installed, ping
from warden_bot.sandbox.people import SandboxRepository
from warden_bot.sandbox.people.organization import Organization
from warden_bot.sandbox.server import Server
from warden_bot.sandbox.service import Service
from warden_bot.sandbox.state import Account, App, Repository, Role
from warden_bot.sandbox.traffic import Observer, ReceivedRequest
from warden_bot.sandbox.urls import Urls
from warden_bot.sandbox.webhooks import Delivery, Target, Webhooks
from warden_bot.sandbox.world import World

GITHUB_ACTIONS = 15368
"""The id of the App `github-actions` on github.com."""


def _now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A GitHub of one's own, on 127.0.0.1.

    The organisation `demo` has installed the App under test. Use it as a context manager, or call
    `start` and `stop`. All times come from `clock`, which must give aware datetimes.
    """

    def __init__(  # noqa: PLR0913 - settings, all by name, all optional but one
        self,
        directory: Path,
        *,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        clock: Callable[[], datetime] = _now,
        port: int = 0,
        observer: Observer | None = None,
    ) -> None:
        self._server = Server(port)
        self._observer = observer
        self.base_url = f"http://127.0.0.1:{self._server.port}"
        self._world = World(directory, Urls(self.base_url), clock)
        self.webhook_secret = webhook_secret or secrets.token_hex(20)
        target = Target(self._world.app.id, self._world.next_id())
        self._hook_id = target.hook_id
        self._webhooks = Webhooks(target, self.webhook_secret, clock)
        self._world.emit = self._emit
        self._service = Service(self._world, self._webhooks, observer)
        self._announced = False
        self._first_url = webhook_url

    def start(self) -> Self:
        """Begin to answer requests and to send webhooks."""
        self._webhooks.start()
        self._server.start(self._service)
        if self._first_url is not None:
            self.webhook_url = self._first_url
        return self

    def stop(self) -> None:
        """Stop. Requests that are held at a gate are let go."""
        self._service.faults.release_all()
        self._server.stop()
        self._webhooks.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def api_url(self) -> str:
        """Where REST starts: the base address for an API client."""
        return self._world.urls.api

    @property
    def app_id(self) -> int:
        """The id of the App under test."""
        return self._world.app.id

    @property
    def client_id(self) -> str:
        """The App's client id, which a JWT may name as its issuer instead."""
        return self._world.app.client_id

    @property
    def private_key_pem(self) -> str:
        """The App's private key. A secret, like a real one."""
        return app_key_pem()

    @property
    def installation_id(self) -> int:
        """Where the App is installed."""
        return self._world.installation.id

    @property
    def webhook_url(self) -> str | None:
        """Where the App's webhook goes. Setting it sends a ping; before that, events are lost."""
        return self._webhooks.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._webhooks.url = url
        if url is not None:
            with self._world.lock:
                self._ping(url)
                if not self._announced:
                    self._announce()

    @property
    def organization(self) -> Organization:
        """The organisation `demo`: its people and its teams."""
        return Organization(self._world)

    @property
    def requests(self) -> list[ReceivedRequest]:
        """Every request received so far, in order of arrival."""
        return list(self._service.requests)

    @property
    def deliveries(self) -> list[Delivery]:
        """The log of webhook deliveries, oldest first."""
        return self._webhooks.deliveries

    def wait_for_deliveries(self, timeout: float = 30.0) -> None:
        """Return when everything that happened so far has been delivered, or failed to be.

        Raises:
            TimeoutError: it has not after `timeout` seconds.
        """
        self._webhooks.wait(timeout)

    def redeliver(self, delivery_id: int) -> None:
        """Press "Redeliver": a new attempt with the same GUID.

        Raises:
            LookupError: there is no such delivery.
        """
        if self._webhooks.redeliver(delivery_id) is None:
            raise LookupError(f"no delivery {delivery_id}")

    def person(self, login: str, role: Role = Role.WRITE) -> Account:
        """Somebody with an account; `role` is what they may do in the organisation's repositories.

        Asking again for the same login gives the same person, with the role unchanged.
        """
        with self._world.lock:
            known = login.lower() in self._world.accounts
            person = self._world.account(login)
            if not known:
                person.role = role
            return person

    def token_of(self, person: Account) -> str:
        """A person's access token, for git and for the API."""
        with self._world.lock:
            return self._world.credentials.person_token(person)

    def app(self, app_id: int = GITHUB_ACTIONS, slug: str = "github-actions") -> App:
        """Another App; by default GitHub Actions."""
        with self._world.lock:
            known = self._world.apps.get(app_id)
            return known or self._world.add_app(app_id, slug, slug.replace("-", " ").title())

    def repository(
        self,
        full_name: str,
        files: Mapping[str, str | bytes] | None = None,
        *,
        private: bool = True,
    ) -> SandboxRepository:
        """The repository of that name, made when first named, with `files` in its first commit."""
        with self._world.lock:
            known = self._world.repositories.get(full_name.lower())
            content = dict(files or {"README.md": f"# {full_name}\n"})
            state = known or self._world.add_repository(full_name, content, private=private)
        return SandboxRepository(self._world, state)

    def set_permissions(self, permissions: Mapping[str, str]) -> None:
        """Let the installation have exactly these permissions from now on."""
        with self._world.lock:
            self._world.installation.permissions = dict(permissions)

    def suspend(self, *, suspended: bool = True) -> None:
        """Suspend the installation, or take the suspension back. Its tokens stop working."""
        with self._world.lock:
            self._world.installation.suspended_at = self._world.now() if suspended else None
            self._world.credentials.revoke_installation_tokens()

    def revoke_tokens(self) -> None:
        """Make every installation token minted so far worthless."""
        with self._world.lock:
            self._world.credentials.revoke_installation_tokens()

    def fail_next(  # noqa: PLR0913 - what to match and what to answer
        self,
        method: str,
        path_regex: str,
        status: int = 502,
        *,
        after: bool = False,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Let the next matching requests fail; with `after`, they are carried out all the same.

        `path_regex` is searched for in the whole path, such as `/api/v3/repos/...` or
        `/api/graphql`.
        """
        pattern = re.compile(path_regex)
        self._service.faults.add(Fault(method, pattern, status, after, times, headers or {}))

    def hold(self, method: str, path_regex: str, *, after: bool = False) -> Gate:
        """Hold matching requests until released; with `after`, hold their replies instead."""
        return self._service.faults.add_gate(Gate(method, re.compile(path_regex), after))

    def _ping(self, url: str) -> None:
        body = ping(self._world.urls, self._world.app, self._hook_id, url)
        self._world.emit("ping", None, body, None)

    def _announce(self) -> None:
        self._announced = True
        it, everything = self._world.installation, self._world.repositories.values()
        covered = [each for each in everything if each.owner is it.account]
        body = installed(self._world.urls, it, covered)
        self._world.emit("installation", "created", body, None)

    def _emit(
        self, event: str, action: str | None, body: dict[str, Any], repository: Repository | None
    ) -> None:
        installation = self._world.installation
        if repository is not None and repository.owner is not installation.account:
            return  # the App is not installed there: somebody's fork, say
        whose = None if event == "ping" else installation.id
        if whose is not None:
            short = {"id": installation.id, "node_id": f"I_{installation.id}"}
            body.setdefault("installation", short)
        raw = json.dumps(body).encode()
        if self._observer is not None:
            self._observer.webhook(event, action, raw)
        number = None if repository is None else repository.id
        self._webhooks.deliver(event, action, raw, installation_id=whose, repository_id=number)
