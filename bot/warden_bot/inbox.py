"""Where a webhook enters: checked, stored with the work it causes, and only then acknowledged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from warden_bot.events import (
    Event,
    Ignored,
    Stirred,
    Touched,
    UnreadablePayloadError,
    parse,
    signature_matches,
)
from warden_bot.store.deliveries import Delivery
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.store import Store
from warden_bot.work_keys import CheckKey, PullRequestKey

_NAME = 64
"""Characters of an event's name or a delivery's GUID; GitHub's are shorter."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub is told: an HTTP status and a word for its delivery log."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request as it came in; a header that was not there is empty."""

    event: str
    guid: str
    signature: str
    content_type: str
    target_app: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Inbox:
    """Receives deliveries. `wake` tells the engine that there is something to do."""

    store: Store
    secrets: Sequence[bytes] = field(repr=False)
    app_id: int
    wake: Callable[[], None]

    def receive(self, arrival: Arrival) -> Answer:
        """Take in one delivery. 202 means that it is on disk; anything else, that it is not."""
        if refusal := self._refusal(arrival):
            return refusal
        try:
            event = parse(arrival.event, arrival.body, own_app_id=self.app_id)
        except UnreadablePayloadError as error:
            return Answer(400, str(error))
        try:
            new = self._keep(arrival, event)
        except Exception as error:  # noqa: BLE001 - whatever it was, GitHub must not hear "202"
            log.warning("delivery not stored", guid=arrival.guid, error=type(error).__name__)
            return Answer(503, "the delivery could not be stored; redeliver it later")
        if not new:
            return Answer(202, "known already")
        self.wake()
        return Answer(202, event.reason if isinstance(event, Ignored) else "accepted")

    def _refusal(self, arrival: Arrival) -> Answer | None:
        if not signature_matches(self.secrets, arrival.body, arrival.signature):
            return Answer(401, "the signature is missing or wrong")
        if not 1 <= len(arrival.event) <= _NAME or not 1 <= len(arrival.guid) <= _NAME:
            return Answer(400, f"X-GitHub-Event and X-GitHub-Delivery have 1 to {_NAME} characters")
        if arrival.content_type.partition(";")[0].strip() != "application/json":
            return Answer(415, "set the webhook's content type to application/json")
        if arrival.target_app not in {"", str(self.app_id)}:
            return Answer(403, "this delivery is meant for another App")
        return None

    def _keep(self, arrival: Arrival, event: Event) -> bool:
        ignored = event.reason if isinstance(event, Ignored) else None
        delivery = Delivery(
            guid=arrival.guid,
            event=arrival.event,
            outcome=f"ignored: {ignored}"[:128] if ignored else "accepted",
            body=arrival.body,
            received_at=self.store.now(),
        )
        if isinstance(event, Ignored):
            return self.store.accept(delivery)
        if isinstance(event, Stirred):
            return self.store.stir(delivery, event.installation_id, event.repository_id)
        return self.store.accept(
            delivery, _repository(event), _keys(event), _commit(event), rerun=event.rerun
        )


def _repository(event: Touched) -> RepositoryName:
    return RepositoryName(event.repository_id, event.installation_id, event.full_name)


def _keys(event: Touched) -> tuple[PullRequestKey, ...]:
    return tuple(
        PullRequestKey(event.installation_id, event.repository_id, number)
        for number in event.numbers
    )


def _commit(event: Touched) -> CheckKey | None:
    if event.head_sha is None:
        return None
    return CheckKey(event.installation_id, event.repository_id, event.head_sha)
