"""Webhooks: signed, sent in order by one thread, and kept in a log that can be sent again."""

import contextlib
import hashlib
import hmac
import http.client
import json
import queue
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

USER_AGENT: Final = "GitHub-Hookshot/7f4a9c1"
PATIENCE: Final = 10.0
"""Seconds that GitHub waits for an answer before it records a failure."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver an event. Attempts at the same event share `guid`."""

    id: int
    guid: str
    event: str
    action: str | None
    url: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    installation_id: int | None
    repository_id: int | None
    delivered_at: datetime
    redelivery: bool = False
    status: str = "pending"
    status_code: int = 0
    duration: float = 0.0
    response_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    response_body: str = field(default="", repr=False)

    def payload(self) -> dict[str, Any]:
        """The event's body."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


@dataclass(frozen=True, slots=True)
class Target:
    """The App whose webhook this is."""

    app_id: int
    hook_id: int


class Webhooks:
    """The App's webhook: where events go, and the record of how that went.

    Events that happen while no `url` is set are lost, as they are at GitHub.
    """

    def __init__(
        self, target: Target, secret: str, clock: Callable[[], datetime], patience: float = PATIENCE
    ) -> None:
        self.url: str | None = None
        self.secret = secret
        self._target = target
        self._clock = clock
        self._patience = patience
        self._ids = count(1)
        self._log: dict[int, Delivery] = {}
        self._waiting: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._unsent = 0
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._send_all, name="webhooks", daemon=True)

    def start(self) -> None:
        """Start sending."""
        self._thread.start()

    def stop(self) -> None:
        """Stop sending; what has not been sent stays pending in the log."""
        self._stopping.set()
        self._waiting.put(None)
        self._thread.join(self._patience + 1)

    @property
    def deliveries(self) -> list[Delivery]:
        """The log, oldest first. An attempt that is still on its way is `pending`."""
        with self._changed:
            return list(self._log.values())

    def deliver(
        self,
        event: str,
        action: str | None,
        body: bytes,
        *,
        installation_id: int | None = None,
        repository_id: int | None = None,
    ) -> None:
        """Send an event, if there is anywhere to send it."""
        if self.url is None:
            return
        guid = str(uuid.uuid4())
        self._enqueue(
            Delivery(
                id=0,
                guid=guid,
                event=event,
                action=action,
                url=self.url,
                body=body,
                headers=self._headers(event, guid, body),
                installation_id=installation_id,
                repository_id=repository_id,
                delivered_at=self._clock(),
            )
        )

    def redeliver(self, delivery_id: int) -> Delivery | None:
        """Send an event once more: a new attempt with the same GUID. None: no such delivery."""
        with self._changed:
            found = self._log.get(delivery_id)
        if found is None:
            return None
        again = replace(
            found,
            url=self.url or found.url,
            headers=self._headers(found.event, found.guid, found.body),
            delivered_at=self._clock(),
            redelivery=True,
            status="pending",
            status_code=0,
        )
        return self._enqueue(again)

    def wait(self, timeout: float = 30.0) -> None:
        """Return when everything that happened so far has been sent.

        Raises:
            TimeoutError: it has not after `timeout` seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._unsent == 0, timeout):
                raise TimeoutError(f"{self._unsent} deliveries are still unsent")

    def _enqueue(self, delivery: Delivery) -> Delivery:
        with self._changed:
            numbered = replace(delivery, id=next(self._ids))
            self._log[numbered.id] = numbered
            self._unsent += 1
            self._waiting.put(numbered)
        return numbered

    def _headers(self, event: str, guid: str, body: bytes) -> dict[str, str]:
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": guid,
            "X-GitHub-Hook-ID": str(self._target.hook_id),
            "X-GitHub-Hook-Installation-Target-ID": str(self._target.app_id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature-256": f"sha256={signature}",
        }

    def _send_all(self) -> None:
        while (delivery := self._waiting.get()) is not None and not self._stopping.is_set():
            answered = self._send(delivery)
            with self._changed:
                self._log[answered.id] = answered
                self._unsent -= 1
                self._changed.notify_all()

    def _send(self, delivery: Delivery) -> Delivery:
        began = time.monotonic()
        sent = self._attempt(delivery)
        return replace(sent, duration=round(time.monotonic() - began, 3))

    def _attempt(self, delivery: Delivery) -> Delivery:
        address = urlsplit(delivery.url)
        path = address.path + (f"?{address.query}" if address.query else "")
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=self._patience
        )
        with contextlib.closing(connection):
            try:
                connection.request("POST", path or "/", delivery.body, dict(delivery.headers))
                return _answered(delivery, connection.getresponse())
            except TimeoutError:
                return replace(delivery, status="timed out", status_code=504)
            except (OSError, http.client.HTTPException):
                return replace(delivery, status="failed to connect to host", status_code=502)


def _answered(delivery: Delivery, response: http.client.HTTPResponse) -> Delivery:
    ok = response.status < 400
    return replace(
        delivery,
        status="OK" if ok else f"Invalid HTTP Response: {response.status}",
        status_code=response.status,
        response_headers=dict(response.getheaders()),
        response_body=response.read().decode("utf-8", "replace"),
    )
