"""What people said: reviews and comments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from warden_bot.github.parse.people import to_instant, to_person
from warden_policies.model import Comment, Dismissal, Review, ReviewState


def to_review(review: dict[str, Any], dismissals: Mapping[int, Dismissal]) -> Review:
    """A submitted review. Without a commit it is bound to none, and counts for none."""
    number, submitted_at = int(review["fullDatabaseId"]), to_instant(review["submittedAt"])
    if submitted_at is None:
        raise ValueError("a submitted review without its time")
    state = ReviewState(review["state"].lower())
    return Review(
        id=number,
        author=to_person(review["author"]),
        state=state,
        commit=review["commit"]["oid"] if review["commit"] else "",
        submitted_at=submitted_at,
        author_can_push=review["authorCanPushToRepository"],
        body=review["body"],
        edited_at=_edited_after(submitted_at, to_instant(review["lastEditedAt"])),
        dismissal=dismissals.get(number) if state is ReviewState.DISMISSED else None,
    )


def _edited_after(submitted_at: datetime, edited_at: datetime | None) -> datetime | None:
    """An edit of what others had seen; a draft may be edited at will."""
    return edited_at if edited_at is not None and edited_at > submitted_at else None


def to_comment(comment: dict[str, Any]) -> Comment:
    """A comment in the conversation, as it reads now."""
    return Comment(
        id=int(comment["fullDatabaseId"]),
        author=to_person(comment["author"]),
        body=comment["body"],
        created_at=datetime.fromisoformat(comment["createdAt"]),
        edited_at=to_instant(comment["lastEditedAt"]),
    )
