"""Check runs, and what they come to on a commit."""

from dataclasses import dataclass
from typing import Final

from warden_bot.sandbox.graphql.connections import Connection, Paging, connection
from warden_bot.sandbox.graphql.context import Info
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import CheckRun as CheckRunState

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


@dataclass(frozen=True, slots=True)
class ContextConnection(Connection):
    """A page of checks, and how many there are of each kind."""

    check_run_count: int
    status_context_count: int = 0


class StatusCheckRollup(Node):
    """The newest check run of each name; `it` is the list of them."""

    it: list[CheckRunState]

    @property
    def state(self) -> str:
        """The worst of them."""
        conclusions = {run.conclusion for run in self.it}
        if conclusions & _BAD:
            return "FAILURE"
        return "PENDING" if None in conclusions else "SUCCESS"

    def contexts(self, info: Info, **paging: Paging) -> ContextConnection:
        """The check runs in pages."""
        page = connection(info, [CheckRun(run) for run in self.it], paging)
        return ContextConnection(page.nodes, page.page_info, page.total_count, len(self.it))
