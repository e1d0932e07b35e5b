"""What went over the wire: requests for assertions, exchanges and webhooks for an observer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request as it arrived, without its credentials. Bodies of git traffic are not kept."""

    method: str
    path: str
    query: str
    body: bytes = field(repr=False)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A REST request and its reply. `path` starts behind `/api/v3`."""

    method: str
    path: str
    query: Mapping[str, str]
    request_body: bytes = field(repr=False)
    reply: Reply


class Observer(Protocol):
    """Sees everything; called in the server's threads, so it must note and not raise."""

    def exchange(self, exchange: Exchange) -> None:
        """A REST request was answered."""

    def webhook(self, event: str, action: str | None, body: bytes) -> None:
        """An event happened, whether or not anybody listens."""
