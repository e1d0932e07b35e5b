"""What is reported on commits: check runs and statuses."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from warden_bot.sandbox.state.accounts import Account, App


@dataclass(frozen=True, slots=True)
class RequiredCheck:
    """A check that a protected branch waits for; `app_id` pins who must report it."""

    name: str
    app_id: int | None = None


@dataclass(slots=True, eq=False)
class CheckSuite:
    """All check runs of one App on one commit."""

    id: int
    app: App
    head_sha: str
    head_branch: str | None
    created_at: datetime


@dataclass(slots=True, eq=False)
class CheckRun:
    """One check run. `output` and `actions` hold what the App sent, in GitHub's own keys."""

    id: int
    suite: CheckSuite
    name: str
    status: str
    conclusion: str | None
    external_id: str
    details_url: str
    started_at: datetime
    completed_at: datetime | None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class CommitStatus:
    """A status, as older integrations report: anybody who may push can. A later one replaces it."""

    id: int
    sha: str
    context: str
    state: str
    creator: Account
    created_at: datetime
