"""What was reported on a commit: check runs, and the older statuses."""

from typing import Any

from warden_bot.github.parse.people import to_person
from warden_policies.model import Check, CheckConclusion, CheckStatus, CommitStatus

_STATUS = {"COMPLETED": CheckStatus.COMPLETED, "IN_PROGRESS": CheckStatus.IN_PROGRESS}
_STATES = {
    "SUCCESS": "success",
    "FAILURE": "failure",
    "ERROR": "error",
    "PENDING": "pending",
    "EXPECTED": "pending",
}


def to_check(run: dict[str, Any]) -> Check:
    """A check run; one whose App is gone has the id 0, which no policy can name."""
    app = run["checkSuite"]["app"]
    conclusion = run["conclusion"]
    return Check(
        id=run["databaseId"],
        name=run["name"],
        app_id=app["databaseId"] if app else 0,
        app_slug=app["slug"] if app else "",
        status=_STATUS.get(run["status"], CheckStatus.QUEUED),
        conclusion=CheckConclusion(conclusion.lower()) if conclusion else None,
    )


def to_status(status: dict[str, Any]) -> CommitStatus:
    """The latest status of a name."""
    return CommitStatus(
        name=status["context"],
        state=_STATES[status["state"]],
        creator=to_person(status["creator"]),
    )
