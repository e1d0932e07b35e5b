"""Reviews: submitted and dismissed."""

from typing import Final

from warden_bot.sandbox.refusal import not_found, unprocessable
from warden_bot.sandbox.rules.events import tell_review
from warden_bot.sandbox.rules.pulls import require_role
from warden_bot.sandbox.state import (
    Account,
    AccountType,
    PullRequest,
    Review,
    ReviewDismissed,
    ReviewState,
    Role,
)
from warden_bot.sandbox.world import Scene

_OWN: Final = {
    ReviewState.APPROVED: "Can not approve your own pull request",
    ReviewState.CHANGES_REQUESTED: "Can not request changes on your own pull request",
}
_SUBMITTABLE: Final = (
    ReviewState.APPROVED,
    ReviewState.CHANGES_REQUESTED,
    ReviewState.COMMENTED,
)


def submit(
    scene: Scene,
    pull: PullRequest,
    reviewer: Account,
    state: ReviewState,
    body: str = "",
) -> Review:
    """Say something about the current head. Whoever may read may review.

    Raises:
        Refusal: the reviewer cannot see the repository, or it is their own pull request.
    """
    require_role(scene.repository, reviewer, Role.READ)
    if state not in _SUBMITTABLE or reviewer.type is AccountType.ORGANIZATION:
        raise unprocessable(f"A review cannot be submitted as {state}")
    if reviewer is pull.author and state in _OWN:
        raise unprocessable(_OWN[state])
    if not body and state is not ReviewState.APPROVED:
        raise unprocessable("Body cannot be blank")
    review = Review(scene.world.next_id(), reviewer, state, body, pull.head_sha, scene.world.now())
    pull.reviews.append(review)
    pull.updated_at = scene.world.now()
    tell_review(scene, "submitted", pull, review, reviewer)
    return review


def edit(scene: Scene, pull: PullRequest, it: Review, editor: Account, body: str) -> Review:
    """Rewrite a review's words: one's own, or with write access anybody's."""
    if editor is not it.author:
        require_role(scene.repository, editor, Role.WRITE)
    before, it.body, it.last_edited_at = it.body, body, scene.world.now()
    pull.updated_at = scene.world.now()
    tell_review(scene, "edited", pull, it, editor, changes={"body": {"from": before}})
    return it


def dismiss(
    scene: Scene, pull: PullRequest, review_id: int, person: Account, message: str
) -> Review:
    """Take the weight from somebody's opinion.

    Raises:
        Refusal: no such review, a mere comment, or no write access.
    """
    require_role(scene.repository, person, Role.WRITE)
    review = next((each for each in pull.reviews if each.id == review_id), None)
    if review is None:
        raise not_found()
    if review.state not in _OWN:
        raise unprocessable("Can not dismiss a commented or dismissed pull request review")
    if not message.strip():
        raise unprocessable("message: can't be blank")
    number, now = scene.world.next_id(), scene.world.now()
    pull.timeline.append(ReviewDismissed(number, person, now, review, message, review.state))
    review.state, pull.updated_at = ReviewState.DISMISSED, now
    tell_review(scene, "dismissed", pull, review, person)
    return review
