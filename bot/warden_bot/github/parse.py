"""GitHub's JSON into our vocabulary, node by node. What cannot be known becomes "nobody"."""

from datetime import datetime
from typing import Any

from warden_policies.model import (
    AccountKind,
    Check,
    CheckConclusion,
    CheckStatus,
    Commit,
    Person,
    Review,
    ReviewState,
    Signature,
)

_GITHUB_ITSELF = "noreply@github.com"
_STATUS = {"COMPLETED": CheckStatus.COMPLETED, "IN_PROGRESS": CheckStatus.IN_PROGRESS}


def to_person(actor: dict[str, Any] | None) -> Person | None:
    """An account, or None for a deleted one and for kinds that have no numeric id."""
    if actor is None or actor.get("databaseId") is None:
        return None
    kind = AccountKind.USER if actor["__typename"] == "User" else AccountKind.BOT
    return Person(actor["databaseId"], actor["login"], kind)


def to_signature(actor: dict[str, Any]) -> Signature:
    """A name in a commit; GitHub maps the address to an account where it can."""
    user = actor["user"]
    known = user is not None and user["databaseId"] is not None
    person = Person(user["databaseId"], user["login"]) if known else None
    return Signature(email=actor["email"] or "", person=person)


def to_commit(commit: dict[str, Any]) -> Commit:
    """A commit with everybody who is named in it.

    GitHub lists a bounded number of co-authors. Those beyond it are kept as nobody we know, which
    blocks, instead of being forgotten.
    """
    authors = commit["authors"]
    named = tuple(to_signature(node) for node in authors["nodes"])
    unlisted = authors["totalCount"] - len(named)
    return Commit(
        sha=commit["oid"],
        authors=named + (Signature("", None),) * unlisted,
        committer=None if _made_by_github(commit) else _committer(commit),
    )


def _committer(commit: dict[str, Any]) -> Signature:
    committer = commit["committer"]
    return to_signature(committer) if committer else Signature("", None)


def _made_by_github(commit: dict[str, Any]) -> bool:
    """The committer's name alone proves nothing; only GitHub can sign as GitHub."""
    signature, committer = commit["signature"], commit["committer"]
    return bool(
        signature
        and signature["isValid"]
        and signature["wasSignedByGitHub"]
        and committer
        and committer["email"] == _GITHUB_ITSELF
    )


def to_review(review: dict[str, Any]) -> Review:
    """A submitted review. Without a commit it is bound to none, and counts for none."""
    return Review(
        id=int(review["fullDatabaseId"]),
        author=to_person(review["author"]),
        state=ReviewState(review["state"].lower()),
        commit=review["commit"]["oid"] if review["commit"] else "",
        submitted_at=datetime.fromisoformat(review["submittedAt"]),
        author_can_push=review["authorCanPushToRepository"],
    )


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
