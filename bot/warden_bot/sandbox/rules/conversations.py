"""Comments and labels on a pull request."""

from typing import Any

from warden_bot.sandbox.payloads.conversations import comment as comment_body
from warden_bot.sandbox.payloads.conversations import issue
from warden_bot.sandbox.payloads.pulls import label_body
from warden_bot.sandbox.refusal import unprocessable
from warden_bot.sandbox.rules.events import tell, tell_pull_request
from warden_bot.sandbox.rules.pulls import require_role
from warden_bot.sandbox.state import (
    Account,
    Comment,
    Label,
    Labeled,
    PullRequest,
    Role,
    Unlabeled,
)
from warden_bot.sandbox.world import Scene


def comment(scene: Scene, pull: PullRequest, author: Account, body: str) -> Comment:
    """Say something in the conversation. Whoever may read may comment."""
    require_role(scene.repository, author, Role.READ)
    if not body.strip():
        raise unprocessable("Body cannot be blank")
    made = Comment(scene.world.next_id(), author, body, scene.world.now())
    pull.comments.append(made)
    _tell(scene, "created", pull, made, author)
    return made


def edit_comment(
    scene: Scene, pull: PullRequest, it: Comment, editor: Account, body: str
) -> Comment:
    """Rewrite a comment: one's own, or with write access anybody's."""
    _require_power(scene, it, editor)
    before, it.body, it.last_edited_at = it.body, body, scene.world.now()
    _tell(scene, "edited", pull, it, editor, changes={"body": {"from": before}})
    return it


def delete_comment(scene: Scene, pull: PullRequest, it: Comment, person: Account) -> None:
    """Take a comment away for good."""
    _require_power(scene, it, person)
    pull.comments.remove(it)
    _tell(scene, "deleted", pull, it, person)


def _require_power(scene: Scene, it: Comment, person: Account) -> None:
    if person is not it.author:
        require_role(scene.repository, person, Role.WRITE)


def _tell(
    scene: Scene, action: str, pull: PullRequest, it: Comment, sender: Account, **more: object
) -> None:
    pull.updated_at = scene.world.now()
    content: dict[str, Any] = {
        "issue": issue(scene.world.urls, scene.repository, pull),
        "comment": comment_body(scene.world.urls, scene.repository, pull, it),
        **more,
    }
    tell(scene, "issue_comment", action, sender, content)


def add_label(scene: Scene, pull: PullRequest, person: Account, name: str) -> None:
    """Put a label on; the repository has it from then on."""
    require_role(scene.repository, person, Role.TRIAGE)
    label = scene.repository.labels.setdefault(name, Label(scene.world.next_id(), name))
    if label in pull.labels:
        return
    pull.labels.append(label)
    pull.timeline.append(Labeled(scene.world.next_id(), person, scene.world.now(), label))
    _tell_label(scene, "labeled", pull, label, person)


def remove_label(scene: Scene, pull: PullRequest, person: Account, name: str) -> None:
    """Take a label off."""
    require_role(scene.repository, person, Role.TRIAGE)
    label = next((each for each in pull.labels if each.name == name), None)
    if label is None:
        raise unprocessable("Label does not exist")
    pull.labels.remove(label)
    pull.timeline.append(Unlabeled(scene.world.next_id(), person, scene.world.now(), label))
    _tell_label(scene, "unlabeled", pull, label, person)


def _tell_label(
    scene: Scene, action: str, pull: PullRequest, label: Label, sender: Account
) -> None:
    pull.updated_at = scene.world.now()
    body = label_body(scene.world.urls, scene.repository, label)
    tell_pull_request(scene, action, pull, sender, label=body)
