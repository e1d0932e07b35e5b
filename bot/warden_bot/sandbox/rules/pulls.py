"""Pull requests: opened, edited, drafted, closed and reopened."""

from dataclasses import dataclass
from typing import Any

from warden_bot.sandbox.refusal import Refusal, not_found, unprocessable
from warden_bot.sandbox.rules.events import tell_pull_request
from warden_bot.sandbox.state import Account, PullRequest, Repository, Role
from warden_bot.sandbox.world import Scene


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody fills in to open a pull request."""

    head: str
    base: str
    title: str
    body: str = ""
    draft: bool = False


def pull_numbered(repository: Repository, number: int) -> PullRequest:
    """The pull request with that number.

    Raises:
        Refusal: 404, there is none.
    """
    if number not in repository.pulls:
        raise not_found()
    return repository.pulls[number]


def require_role(repository: Repository, account: Account, role: Role) -> None:
    """Refuse an account that may not do this here; who cannot even read sees nothing at all.

    Raises:
        Refusal: 404 or 403.
    """
    held = repository.role_of(account)
    if held < Role.READ:
        raise not_found()
    if held < role:
        raise Refusal(403, "Must have push access to the repository.")


def open_pull_request(scene: Scene, author: Account, proposal: Proposal) -> PullRequest:
    """Propose to merge a branch.

    Raises:
        Refusal: a branch is missing, there is nothing to merge, or it is proposed already.
    """
    require_role(scene.repository, author, Role.READ)
    base_sha, head_sha = _tips(scene.repository, proposal)
    now = scene.world.now()
    pull = PullRequest(
        id=scene.world.next_id(),
        number=scene.repository.next_number,
        author=author,
        title=proposal.title,
        body=proposal.body,
        base_ref=proposal.base,
        base_sha=base_sha,
        head_ref=proposal.head,
        head_sha=head_sha,
        draft=proposal.draft,
        created_at=now,
        updated_at=now,
    )
    scene.repository.next_number += 1
    scene.repository.pulls[pull.number] = pull
    scene.repository.git.update_ref(f"refs/pull/{pull.number}/head", head_sha)
    tell_pull_request(scene, "opened", pull, author)
    return pull


def _tips(repository: Repository, proposal: Proposal) -> tuple[str, str]:
    base, head = repository.git.branch(proposal.base), repository.git.branch(proposal.head)
    if base is None or head is None:
        missing = "base" if base is None else "head"
        raise unprocessable(f"Validation Failed: PullRequest {missing} is invalid")
    if repository.git.is_ancestor(head, base):
        raise unprocessable(f"No commits between {proposal.base} and {proposal.head}")
    for pull in repository.pulls.values():
        if pull.open and (pull.head_ref, pull.base_ref) == (proposal.head, proposal.base):
            name = f"{repository.owner.login}:{proposal.head}"
            raise unprocessable(f"A pull request already exists for {name}.")
    return base, head


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody writes anew; None leaves a part as it is."""

    title: str | None = None
    body: str | None = None
    base: str | None = None


def edit(scene: Scene, pull: PullRequest, editor: Account, new: Edit) -> None:
    """Change the title, the description or the base branch; nothing happens where all is equal.

    Raises:
        Refusal: the editor is neither the author nor somebody with write access.
    """
    if editor is not pull.author:
        require_role(scene.repository, editor, Role.WRITE)
    changes: dict[str, Any] = {}
    if new.title is not None and new.title != pull.title:
        changes["title"] = {"from": pull.title}
        pull.title = new.title
    if new.body is not None and new.body != pull.body:
        changes["body"] = {"from": pull.body}
        pull.body = new.body
    if new.base is not None and new.base != pull.base_ref:
        changes["base"] = _retarget(scene.repository, pull, new.base)
    if changes:
        pull.updated_at = scene.world.now()
        tell_pull_request(scene, "edited", pull, editor, changes=changes)


def _retarget(repository: Repository, pull: PullRequest, base: str) -> dict[str, Any]:
    tip = repository.git.branch(base)
    if tip is None:
        raise unprocessable("Validation Failed: PullRequest base is invalid")
    before = {"ref": {"from": pull.base_ref}, "sha": {"from": pull.base_sha}}
    pull.base_ref, pull.base_sha = base, tip
    return before


def set_draft(scene: Scene, pull: PullRequest, person: Account, *, draft: bool) -> None:
    """Convert to a draft, or mark as ready for review."""
    if person is not pull.author:
        require_role(scene.repository, person, Role.WRITE)
    if pull.draft is draft:
        return
    pull.draft, pull.updated_at = draft, scene.world.now()
    action = "converted_to_draft" if draft else "ready_for_review"
    tell_pull_request(scene, action, pull, person)


def close(scene: Scene, pull: PullRequest, person: Account) -> None:
    """Close without merging."""
    if person is not pull.author:
        require_role(scene.repository, person, Role.TRIAGE)
    if not pull.open:
        return
    pull.closed_at = pull.updated_at = scene.world.now()
    tell_pull_request(scene, "closed", pull, person)


def reopen(scene: Scene, pull: PullRequest, person: Account) -> None:
    """Open again what was closed.

    Raises:
        Refusal: it was merged, or its branch is gone.
    """
    if person is not pull.author:
        require_role(scene.repository, person, Role.TRIAGE)
    tip = scene.repository.git.branch(pull.head_ref)
    if pull.merged_at is not None or tip is None:
        raise unprocessable("Validation Failed: state cannot be changed.")
    pull.closed_at, pull.updated_at, pull.head_sha = None, scene.world.now(), tip
    tell_pull_request(scene, "reopened", pull, person)
