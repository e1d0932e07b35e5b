"""GitHub in, a `Change` out: every page is read, everything is pinned to one head commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from warden_bot.errors import GoneError, RetryLaterError
from warden_bot.github.client import Installation
from warden_bot.github.parse import to_check, to_commit, to_person, to_review
from warden_policies.model import Change, Repository

POLICY_PATH = ".github/changewarden.yml"
_RESTARTS = 3
_QUERY = (resources.files("warden_bot.github") / "decision.graphql").read_text(encoding="utf-8")
_CONNECTIONS = ("reviews", "commits", "checks")


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The policy at the base commit: its bytes, or why there are none to read."""

    source: bytes | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What GitHub says now: the change, the policy that applies, and whether it is still open."""

    change: Change
    policy: PolicyFile
    state: str
    """`open`, `closed` or `merged`."""
    merge_sha: str | None


class _HeadMovedError(Exception):
    pass


def take_snapshot(
    installation: Installation,
    full_name: str,
    number: int,
    *,
    own_app_id: int,
    clock: Callable[[], datetime],
) -> Snapshot:
    """Read the pull request as it is now. Our own check runs are not part of the picture.

    Raises:
        GoneError: there is no such pull request.
        RetryLaterError: GitHub could not answer completely, or the head kept moving.
    """
    owner, _, name = full_name.partition("/")
    variables = {"owner": owner, "name": name, "number": number, "policyPath": POLICY_PATH}
    for _ in range(_RESTARTS):
        try:
            pages = _read_all(installation, variables)
        except _HeadMovedError:
            continue
        return _assemble(pages, own_app_id, clock())
    raise RetryLaterError("the head commit kept moving while it was being read")


@dataclass(frozen=True, slots=True)
class _Pages:
    repository: dict[str, Any]
    pull: dict[str, Any]
    nodes: dict[str, list[Any]]


def _read_all(installation: Installation, variables: dict[str, Any]) -> _Pages:
    repository, pull = _ask(installation, variables)
    nodes: dict[str, list[Any]] = {}
    for connection in _CONNECTIONS:
        page = _connection(pull, connection)
        nodes[connection] = list(page["nodes"])
        while page["pageInfo"]["hasNextPage"]:
            _, more = _ask(installation, variables | _only(connection, page["pageInfo"]))
            if more["headRefOid"] != pull["headRefOid"]:
                raise _HeadMovedError
            page = _connection(more, connection)
            nodes[connection] += page["nodes"]
        if len(nodes[connection]) != page["totalCount"] or None in nodes[connection]:
            raise RetryLaterError(f"GitHub did not list all {connection}")
    return _Pages(repository, pull, nodes)


def _ask(
    installation: Installation, variables: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    repository = installation.graphql(_QUERY, variables)["repository"]
    if repository is None or repository["pullRequest"] is None:
        raise GoneError("no such pull request")
    return repository, repository["pullRequest"]


def _only(connection: str, page: dict[str, Any]) -> dict[str, Any]:
    """The variables that ask for the next page of one connection and for nothing else."""
    switches = {f"with{name.capitalize()}": name == connection for name in _CONNECTIONS}
    return {**switches, connection: page["endCursor"]}


_NO_CHECKS = {"nodes": [], "totalCount": 0, "pageInfo": {"hasNextPage": False}}


def _connection(pull: dict[str, Any], name: str) -> dict[str, Any]:
    if name != "checks":
        page: dict[str, Any] = pull[name]
        return page
    (head,) = pull["headCommit"]["nodes"]
    if head["commit"]["oid"] != pull["headRefOid"]:
        raise _HeadMovedError
    rollup = head["commit"]["statusCheckRollup"]
    return rollup["contexts"] if rollup else _NO_CHECKS


def _assemble(pages: _Pages, own_app_id: int, now: datetime) -> Snapshot:
    pull = pages.pull
    base = pull["baseRef"]
    if base is None:
        raise RetryLaterError("the base branch does not exist any more")
    checks = (to_check(node) for node in pages.nodes["checks"] if node["__typename"] == "CheckRun")
    change = Change(
        repository=Repository(pages.repository["databaseId"], pages.repository["nameWithOwner"]),
        number=pull["number"],
        title=pull["title"],
        body=pull["body"],
        url=pull["url"],
        opener=to_person(pull["author"]),
        base_ref=pull["baseRefName"],
        base_sha=base["target"]["oid"],
        head_ref=pull["headRefName"],
        head_sha=pull["headRefOid"],
        draft=pull["isDraft"],
        commits=tuple(to_commit(node["commit"]) for node in pages.nodes["commits"]),
        reviews=tuple(
            to_review(node) for node in pages.nodes["reviews"] if node["state"] != "PENDING"
        ),
        checks=tuple(check for check in checks if check.app_id != own_app_id),
        additions=pull["additions"],
        deletions=pull["deletions"],
        changed_files=pull["changedFiles"],
        evaluated_at=now,
    )
    merge = pull["mergeCommit"]
    return Snapshot(
        change=change,
        policy=_policy(base["target"]["file"]),
        state=str(pull["state"]).lower(),
        merge_sha=merge["oid"] if merge else None,
    )


def _policy(entry: dict[str, Any] | None) -> PolicyFile:
    blob = entry["object"] if entry else None
    if not blob:
        return PolicyFile(None, "there is no such file on the base branch")
    if blob["isBinary"] or blob["isTruncated"] or blob["text"] is None:
        return PolicyFile(None, "the file is binary or too large to be a policy")
    return PolicyFile(str(blob["text"]).encode())
