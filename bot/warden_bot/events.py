"""Bytes and headers in, a typed event out. Pure: nothing here reads a clock, a file or a network.

The payload is only a hint that something may have changed. What matters of it is *which* pull
request has to be looked at again; its state is always read afresh from GitHub.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Touched:
    """These pull requests have to be decided again.

    GitHub's ids are the identity; `full_name` is how to ask for the repository. `rerun` is a head
    commit whose check somebody asked to run again, so that it is published even if nothing changed.
    """

    installation_id: int
    repository_id: int
    full_name: str
    numbers: tuple[int, ...]
    rerun: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that changes no decision. It is stored and counted all the same."""

    reason: str


Event: TypeAlias = Touched | Ignored


class UnreadablePayloadError(ValueError):
    """The signature was right but the body is not what GitHub sends for this event."""


_DECIDING_ACTIONS: Mapping[str, frozenset[str]] = {
    "pull_request": frozenset(
        {
            "opened",
            "reopened",
            "synchronize",
            "edited",
            "ready_for_review",
            "converted_to_draft",
            "labeled",
            "unlabeled",
            "closed",
        }
    ),
    "pull_request_review": frozenset({"submitted", "edited", "dismissed"}),
    "check_run": frozenset({"completed", "rerequested"}),
}


def signature_matches(secrets: Sequence[bytes], body: bytes, header: str) -> bool:
    """Whether `X-Hub-Signature-256` is the HMAC of the raw body under one of `secrets`.

    Every secret is tried, whatever matched before, so that the work does not depend on which one
    was used. Bytes are compared, since comparing non-ASCII text raises.
    """
    given = header.encode("utf-8", "surrogateescape")
    matches = [
        hmac.compare_digest(
            b"sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest().encode(), given
        )
        for secret in secrets
    ]
    return any(matches)


def parse(name: str, body: bytes, *, own_app_id: int) -> Event:
    """Read the body of event `name`.

    Raises:
        UnreadablePayloadError: the body is not JSON, or lacks what this event always carries.
    """
    payload = _load(body)
    action = payload.get("action")
    if action not in _DECIDING_ACTIONS.get(name, frozenset()):
        return Ignored(f"{name}.{action}" if action else name)
    try:
        return _touched(name, payload, own_app_id)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadablePayloadError(f"a {name} event without {error}") from error


def _load(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadablePayloadError("the body is not JSON") from error
    if not isinstance(payload, dict):
        raise UnreadablePayloadError("the body is not a JSON object")
    return payload


def _touched(name: str, payload: dict[str, Any], own_app_id: int) -> Event:
    rerun = None
    if name == "check_run":
        run = payload["check_run"]
        ours = run["app"]["id"] == own_app_id
        if ours and payload["action"] == "completed":
            return Ignored("check_run.completed of our own")
        rerun = str(run["head_sha"]) if ours else None
        pulls = run["pull_requests"]  # empty for a fork's commit
    else:
        pulls = [payload["pull_request"]]
    return Touched(
        installation_id=int(payload["installation"]["id"]),
        repository_id=int(payload["repository"]["id"]),
        full_name=str(payload["repository"]["full_name"]),
        numbers=tuple(int(pull["number"]) for pull in pulls),
        rerun=rerun,
    )
