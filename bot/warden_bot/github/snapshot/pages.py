"""The decision's query, page after page, until everything that was announced has been read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from warden_bot.errors import GoneError, RetryLaterError
from warden_bot.github.client import Installation

_QUERY = (resources.files("warden_bot.github") / "decision.graphql").read_text(encoding="utf-8")
_IDENTITY: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "reviews": lambda node: node["fullDatabaseId"],
    "comments": lambda node: node["fullDatabaseId"],
    "labels": lambda node: node["name"],
    "timeline": lambda node: node["id"],
    "commits": lambda node: node["commit"]["oid"],
    "checks": lambda node: (node.get("databaseId"), node.get("context")),
}
_CONNECTIONS = tuple(_IDENTITY)
_ABSENT = ("organization",)
_NO_CHECKS = {"nodes": [], "totalCount": 0, "pageInfo": {"hasNextPage": False}}


class MovedError(Exception):
    """Two parts of what was read are not of one moment."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What GitHub answered: the objects, and every node of every connection by its name."""

    organization: dict[str, Any] | None
    """The organisation's repository `.github`, if there is one that we may see."""
    repository: dict[str, Any]
    pull: dict[str, Any]
    nodes: dict[str, list[Any]]

    @property
    def state(self) -> str:
        """`open`, `closed` or `merged`."""
        return str(self.pull["state"]).lower()


def read_pages(installation: Installation, variables: dict[str, Any]) -> Pages:
    """Ask until all is read.

    Raises:
        GoneError: there is no such pull request.
        MovedError: it changed meanwhile.
        RetryLaterError: GitHub did not answer, or not completely.
    """
    data = _ask(installation, variables)
    pull = data["repository"]["pullRequest"]
    nodes = {name: _all_nodes(installation, variables, pull, name) for name in _CONNECTIONS}
    if bool(nodes["commits"]) != bool(pull["headCommit"]["nodes"]):
        raise MovedError
    return Pages(data["organization"], data["repository"], pull, nodes)


def _all_nodes(
    installation: Installation, variables: dict[str, Any], pull: dict[str, Any], connection: str
) -> list[Any]:
    """Every node of a connection, each once; without progress the reading ends."""
    page = _connection(pull, connection)
    nodes, total = list(page["nodes"]), page["totalCount"]
    while page["pageInfo"]["hasNextPage"] and page["nodes"] and len(nodes) < total:
        more = _ask(installation, variables | _only(connection, page["pageInfo"]))
        again = more["repository"]["pullRequest"]
        page = _connection(again, connection)
        nodes += page["nodes"]
        same = again["headRefOid"] == pull["headRefOid"] and page["totalCount"] == total
        if not same or _repeats(nodes, connection):
            raise MovedError
    if len(nodes) != total or None in nodes:
        raise RetryLaterError(f"GitHub did not list all {connection}")
    return nodes


def _repeats(nodes: list[Any], connection: str) -> bool:
    """Whether a node came twice: another one was then pushed off its page, and missed."""
    names = [_IDENTITY[connection](node) for node in nodes]
    return len(set(names)) < len(names)


def _ask(installation: Installation, variables: dict[str, Any]) -> dict[str, Any]:
    data = installation.graphql(_QUERY, variables, absent=_ABSENT)
    if data["repository"] is None or data["repository"]["pullRequest"] is None:
        raise GoneError("no such pull request")
    return data


def _only(connection: str, page: dict[str, Any]) -> dict[str, Any]:
    """The variables that ask for the next page of one connection and for nothing else."""
    switches = {f"with{name.capitalize()}": name == connection for name in _CONNECTIONS}
    return {**switches, connection: page["endCursor"]}


def _connection(pull: dict[str, Any], name: str) -> dict[str, Any]:
    if name != "checks":
        page: dict[str, Any] = pull[name]
        return page
    head = next(iter(pull["headCommit"]["nodes"]), None)
    if head is None:
        return _NO_CHECKS
    if head["commit"]["oid"] != pull["headRefOid"]:
        raise MovedError
    rollup = head["commit"]["statusCheckRollup"]
    return rollup["contexts"] if rollup else _NO_CHECKS
