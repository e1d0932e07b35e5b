"""Check runs, and what they come to on a commit."""

from dataclasses import dataclass
from typing import Final

from warden_bot.sandbox.graphql.actors import User, actor
from warden_bot.sandbox.graphql.connections import Connection, Paging, connection
from warden_bot.sandbox.graphql.context import Info, require
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import CheckRun as CheckRunState
from warden_bot.sandbox.state import CommitStatus

_BAD: Final = frozenset({"failure", "timed_out", "cancelled", "action_required"})


class App(Node):
    """An App."""


class CheckSuite(Node):
    """All runs of one App on one commit."""

    @property
    def app(self) -> App:
        """Who reports the runs."""
        return App(self.it.app)


class CheckRun(Node):
    """A check run. GraphQL writes its status and conclusion in capitals."""

    it: CheckRunState

    @property
    def status(self) -> str:
        """How far it has got."""
        return self.it.status.upper()

    @property
    def conclusion(self) -> str | None:
        """How it ended."""
        return self.it.conclusion and self.it.conclusion.upper()

    @property
    def check_suite(self) -> CheckSuite:
        """The suite it belongs to."""
        return CheckSuite(self.it.suite)


class StatusContext(Node):
    """The latest status of a name. GraphQL writes its state in capitals."""

    it: CommitStatus

    @property
    def state(self) -> str:
        """What was said."""
        return self.it.state.upper()

    @property
    def creator(self) -> User | None:
        """Who said it."""
        return actor(self.it.creator)


@dataclass(frozen=True, slots=True)
class ContextConnection(Connection):
    """A page of checks, and how many there are of each kind."""

    check_run_count: int
    status_context_count: int


class StatusCheckRollup(Node):
    """The newest check run of each name; `it` is the list of them."""

    __slots__ = ("statuses",)
    it: list[CheckRunState]

    def __init__(self, runs: list[CheckRunState], statuses: list[CommitStatus]) -> None:
        super().__init__(runs)
        self.statuses = statuses

    @property
    def state(self) -> str:
        """The worst of them."""
        conclusions = {run.conclusion for run in self.it}
        states = {status.state for status in self.statuses}
        if conclusions & _BAD or states & {"error", "failure"}:
            return "FAILURE"
        return "PENDING" if None in conclusions or "pending" in states else "SUCCESS"

    def contexts(self, info: Info, **paging: Paging) -> ContextConnection:
        """The check runs and then the statuses, in pages."""
        if self.statuses:
            require(info, "statuses")
        contexts = [*map(CheckRun, self.it), *map(StatusContext, self.statuses)]
        page = connection(info, contexts, paging)
        counts = len(self.it), len(self.statuses)
        return ContextConnection(page.nodes, page.page_info, page.total_count, *counts)
