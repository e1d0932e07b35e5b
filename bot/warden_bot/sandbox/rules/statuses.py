"""Statuses on commits, as older integrations and people's scripts report them."""

from typing import Final

from warden_bot.sandbox.payloads.commits import commit_body
from warden_bot.sandbox.payloads.common import instant
from warden_bot.sandbox.refusal import unprocessable
from warden_bot.sandbox.rules.events import tell
from warden_bot.sandbox.rules.pulls import require_role
from warden_bot.sandbox.state import Account, CommitStatus, Role
from warden_bot.sandbox.world import Scene

STATES: Final = ("error", "failure", "pending", "success")


def report(scene: Scene, creator: Account, sha: str, context: str, state: str) -> CommitStatus:
    """Say something about a commit. Whoever may push may say anything under any name.

    Raises:
        Refusal: no write access, no such commit, or no such state.
    """
    require_role(scene.repository, creator, Role.WRITE)
    if scene.repository.git.commit_named(sha) is None or state not in STATES:
        raise unprocessable(f"No commit found for SHA: {sha}, or no such state: {state}")
    now = scene.world.now()
    status = CommitStatus(scene.world.next_id(), sha, context, state, creator, now)
    scene.repository.statuses.append(status)
    content = {
        "id": status.id,
        "sha": sha,
        "name": scene.repository.full_name,
        "target_url": None,
        "context": context,
        "description": None,
        "state": state,
        "commit": commit_body(scene.world, scene.repository, sha),
        "branches": [],
        "created_at": instant(now),
        "updated_at": instant(now),
    }
    tell(scene, "status", None, creator, content)
    return status
