"""Bytes and headers in, a typed event out. Pure: nothing here reads a clock, a file or a network.

The payload is only a hint that something may have changed. What matters of it is *which* pull
request has to be looked at again; its state is always read afresh from GitHub.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Touched:
    """These pull requests have to be decided again.

    GitHub's ids are the identity; `full_name` is how to ask for the repository. `head_sha` is a
    commit about which something was reported: it concerns every pull request that has it as head,
    and GitHub names none of those that come from a fork. With `rerun` somebody asked for its check
    to be run again, so that it is published even if nothing changed.
    """

    installation_id: int
    repository_id: int
    full_name: str
    numbers: tuple[int, ...]
    head_sha: str | None = None
    rerun: bool = False


@dataclass(frozen=True, slots=True)
class Stirred:
    """What people may do has changed: every open pull request there has to be decided again.

    That is those of one repository or, without its id, of all that the installation covers.
    """

    installation_id: int
    repository_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that changes no decision. It is stored and counted all the same."""

    reason: str


Event: TypeAlias = Touched | Stirred | Ignored


class UnreadablePayloadError(ValueError):
    """The signature was right but the body is not what GitHub sends for this event."""


_DECIDING_ACTIONS: Mapping[str, frozenset[str | None]] = {
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
    "check_run": frozenset({"created", "completed", "rerequested"}),
    "issue_comment": frozenset({"created", "edited", "deleted"}),
    "status": frozenset({None}),  # the one event of these that has no action
    "member": frozenset({"added", "edited", "removed"}),
    "membership": frozenset({"added", "removed"}),
    "team": frozenset({"edited", "deleted", "added_to_repository", "removed_from_repository"}),
    "organization": frozenset({"member_added", "member_removed", "renamed"}),
}
_ABOUT_PEOPLE = frozenset({"member", "membership", "team", "organization"})
_IN_A_REPOSITORY = frozenset({"member", "team"})
"""Those of them that concern a single repository, if they name one."""


_LARGEST_ID = 2**63 - 1
_ACTION = re.compile(r"[a-z_]{1,64}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FULL_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)


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
    if action is not None and not (isinstance(action, str) and _ACTION.fullmatch(action)):
        return Ignored(name)
    if action not in _DECIDING_ACTIONS.get(name, frozenset()):
        return Ignored(f"{name}.{action}" if action else name)
    try:
        if name in _ABOUT_PEOPLE:
            return _stirred(name, payload)
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


def _stirred(name: str, payload: dict[str, Any]) -> Stirred:
    installation_id = _id(payload["installation"]["id"], "installation.id")
    repository = payload.get("repository") if name in _IN_A_REPOSITORY else None
    if repository is None and name != "member":
        return Stirred(installation_id)
    return Stirred(installation_id, _id(payload["repository"]["id"], "repository.id"))


def _touched(name: str, payload: dict[str, Any], own_app_id: int) -> Event:
    if name == "issue_comment":
        return _conversation(payload)
    if name == "status":
        return replace(_about(payload, ()), head_sha=_text(payload["sha"], _COMMIT, "sha"))
    if name != "check_run":
        return _about(payload, [payload["pull_request"]])
    run = payload["check_run"]
    ours = run["app"] is not None and run["app"]["id"] == own_app_id
    if ours and payload["action"] != "rerequested":
        return Ignored(f"check_run.{payload['action']} of our own")
    head_sha = _text(run["head_sha"], _COMMIT, "head_sha")
    return replace(_about(payload, run["pull_requests"]), head_sha=head_sha, rerun=ours)


def _conversation(payload: dict[str, Any]) -> Event:
    """GitHub treats every pull request as an issue, but not every issue as a pull request."""
    issue = payload["issue"]
    touched = _about(payload, [issue])
    if issue.get("pull_request") is None:
        return Ignored("issue_comment on an issue")
    return touched


def _about(payload: dict[str, Any], pulls: Iterable[dict[str, Any]]) -> Touched:
    return Touched(
        installation_id=_id(payload["installation"]["id"], "installation.id"),
        repository_id=_id(payload["repository"]["id"], "repository.id"),
        full_name=_text(payload["repository"]["full_name"], _FULL_NAME, "repository.full_name"),
        numbers=tuple(_id(pull["number"], "number") for pull in pulls),
    )


def _id(value: object, name: str) -> int:
    """A number as GitHub gives out, which fits into a database."""
    if type(value) is not int or not 1 <= value <= _LARGEST_ID:
        raise ValueError(f"a usable {name}")
    return value


def _text(value: object, form: re.Pattern[str], name: str) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError(f"a usable {name}")
    return value
