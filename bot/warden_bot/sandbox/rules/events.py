"""How a change of state becomes an event."""

from typing import Any

from warden_bot.sandbox.payloads.common import Body, user
from warden_bot.sandbox.payloads.pulls import pull_request, simple_pull_request
from warden_bot.sandbox.payloads.pulls import review as review_body
from warden_bot.sandbox.payloads.repositories import repository as repository_body
from warden_bot.sandbox.state import Account, PullRequest, Review
from warden_bot.sandbox.world import Scene


def tell(
    scene: Scene,
    event: str,
    action: str | None,
    sender: Account,
    content: dict[str, Any],
) -> None:
    """Emit an event about something in a repository."""
    about: Body = {
        **({"action": action} if action else {}),
        "repository": repository_body(scene.world.urls, scene.repository),
        "sender": user(scene.world.urls, sender),
    }
    scene.world.emit(event, action, about | content, scene.repository)


def tell_pull_request(
    scene: Scene,
    action: str,
    pull: PullRequest,
    sender: Account,
    **more: object,
) -> None:
    """Emit a `pull_request` event."""
    body = pull_request(scene.world.urls, scene.repository, pull)
    content = {"number": pull.number, "pull_request": body, **more}
    tell(scene, "pull_request", action, sender, content)


def tell_review(
    scene: Scene,
    action: str,
    pull: PullRequest,
    review: Review,
    sender: Account,
    **more: object,
) -> None:
    """Emit a `pull_request_review` event."""
    content = {
        "pull_request": simple_pull_request(scene.world.urls, scene.repository, pull),
        "review": review_body(scene.world.urls, scene.repository, pull, review),
        **more,
    }
    tell(scene, "pull_request_review", action, sender, content)
