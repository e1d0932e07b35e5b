"""GitHub in, a `Change` out: every page is read, everything is pinned to one head commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import resources
from typing import Any

from warden_bot.errors import GoneError, RefusedError, RetryLaterError
from warden_bot.github.client import Installation
from warden_bot.github.parse import to_check, to_commit, to_person, to_review
from warden_policies.canonical import to_json
from warden_policies.codec import decode
from warden_policies.model import Change, Repository
from warden_policies.text import plain

POLICY_PATH = ".github/changewarden.yml"
_RESTARTS = 3
_QUERY = (resources.files("warden_bot.github") / "decision.graphql").read_text(encoding="utf-8")
_IDENTITY: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "reviews": lambda node: node["fullDatabaseId"],
    "commits": lambda node: node["commit"]["oid"],
    "checks": lambda node: node.get("databaseId"),  # a commit status, which is not read, has none
}
_CONNECTIONS = tuple(_IDENTITY)


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The policy at the base commit: its bytes, or why there are none to read."""

    source: bytes | None
    problem: str = ""
    where: str = ""
    """The branch and commit that it was read from, when these are not the change's base."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What GitHub says now: the change, the policies that apply, and whether it is still open."""

    change: Change
    policy: PolicyFile
    state: str
    """`open`, `closed` or `merged`."""
    merge_sha: str | None
    floor: PolicyFile | None = None
    """The default branch's policy, for a pull request into another branch.

    Whoever may push can make a branch with a policy of their own, and a check on a commit is green
    for every branch that the commit may be merged into.
    """


class _MovedError(Exception):
    """Two parts of what was read are not of one moment."""


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
        RetryLaterError: GitHub could not answer completely, or it kept changing meanwhile.
    """
    owner, _, name = full_name.partition("/")
    variables = {"owner": owner, "name": name, "number": number, "policyPath": POLICY_PATH}
    for _ in range(_RESTARTS):
        try:
            return _assemble(_read_all(installation, variables), own_app_id, clock())
        except _MovedError:
            continue
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            kind = type(error).__name__
            raise RetryLaterError(f"GitHub's answer could not be read ({kind})") from error
    raise RetryLaterError("the pull request kept changing while it was being read")


@dataclass(frozen=True, slots=True)
class _Pages:
    repository: dict[str, Any]
    pull: dict[str, Any]
    nodes: dict[str, list[Any]]


def _read_all(installation: Installation, variables: dict[str, Any]) -> _Pages:
    repository, pull = _ask(installation, variables)
    nodes = {name: _all_nodes(installation, variables, pull, name) for name in _CONNECTIONS}
    if bool(nodes["commits"]) != bool(pull["headCommit"]["nodes"]):
        raise _MovedError
    return _Pages(repository, pull, nodes)


def _all_nodes(
    installation: Installation, variables: dict[str, Any], pull: dict[str, Any], connection: str
) -> list[Any]:
    """Every node of a connection, each once; without progress the reading ends."""
    page = _connection(pull, connection)
    nodes, total = list(page["nodes"]), page["totalCount"]
    while page["pageInfo"]["hasNextPage"] and page["nodes"] and len(nodes) < total:
        _, more = _ask(installation, variables | _only(connection, page["pageInfo"]))
        page = _connection(more, connection)
        nodes += page["nodes"]
        same = more["headRefOid"] == pull["headRefOid"] and page["totalCount"] == total
        if not same or _repeats(nodes, connection):
            raise _MovedError
    if len(nodes) != total or None in nodes:
        raise RetryLaterError(f"GitHub did not list all {connection}")
    return nodes


def _repeats(nodes: list[Any], connection: str) -> bool:
    """Whether a node came twice: another one was then pushed off its page, and missed."""
    names = [name for node in nodes if (name := _IDENTITY[connection](node)) is not None]
    return len(set(names)) < len(names)


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
    head = next(iter(pull["headCommit"]["nodes"]), None)
    if head is None:
        return _NO_CHECKS
    if head["commit"]["oid"] != pull["headRefOid"]:
        raise _MovedError
    rollup = head["commit"]["statusCheckRollup"]
    return rollup["contexts"] if rollup else _NO_CHECKS


def _assemble(pages: _Pages, own_app_id: int, now: datetime) -> Snapshot:
    pull, base = pages.pull, pages.pull["baseRef"]
    state = str(pull["state"]).lower()
    if base is None and state == "open":
        raise RefusedError("the base branch does not exist any more")
    return Snapshot(
        # Read back as whoever replays it will: a null where a value must be is found here.
        change=decode(Change, to_json(_change(pages, own_app_id, now))),
        policy=_policy(base["target"]["file"]) if base else _NO_BASE,
        floor=_floor(pages),
        state=state,
        merge_sha=_merge_sha(pull) if state == "merged" else None,
    )


def _change(pages: _Pages, own_app_id: int, now: datetime) -> Change:
    """The picture; in an order of its own where GitHub promises none."""
    pull, base = pages.pull, pages.pull["baseRef"]
    reviews = (to_review(node) for node in pages.nodes["reviews"] if node["state"] != "PENDING")
    checks = (to_check(node) for node in pages.nodes["checks"] if node["__typename"] == "CheckRun")
    foreign = (check for check in checks if check.app_id != own_app_id)
    return Change(
        repository=Repository(pages.repository["databaseId"], pages.repository["nameWithOwner"]),
        number=pull["number"],
        title=pull["title"],
        body=pull["body"],
        url=pull["url"],
        opener=to_person(pull["author"]),
        base_ref=pull["baseRefName"],
        base_sha=base["target"]["oid"] if base else pull["baseRefOid"],
        head_ref=pull["headRefName"],
        head_sha=pull["headRefOid"],
        draft=pull["isDraft"],
        commits=tuple(to_commit(node["commit"]) for node in pages.nodes["commits"]),
        reviews=tuple(sorted(reviews, key=lambda review: review.id)),
        checks=tuple(sorted(foreign, key=lambda check: check.id)),
        additions=pull["additions"],
        deletions=pull["deletions"],
        changed_files=pull["changedFiles"],
        evaluated_at=now,
    )


def _merge_sha(pull: dict[str, Any]) -> str:
    merge = pull["mergeCommit"]
    if merge is None:
        raise RetryLaterError("GitHub does not name the merge commit yet")
    return str(merge["oid"])


_NO_BASE = PolicyFile(None, "the branch does not exist any more")


def _floor(pages: _Pages) -> PolicyFile | None:
    default = pages.repository["defaultBranchRef"]
    if default["name"] == pages.pull["baseRefName"]:
        return None
    where = f"{plain(default['name'])} at {default['target']['oid'][:7]}"
    return replace(_policy(default["target"]["file"]), where=where)


def _policy(entry: dict[str, Any] | None) -> PolicyFile:
    blob = entry["object"] if entry else None
    if not blob:
        return PolicyFile(None, "there is no such file")
    if blob["isBinary"] or blob["isTruncated"] or blob["text"] is None:
        return PolicyFile(None, "the file is binary or too large to be a policy")
    return PolicyFile(str(blob["text"]).encode())
