"""Pull requests: opened, edited, drafted, closed and reopened."""

from dataclasses import dataclass
from typing import Any

from warden_bot.sandbox.refusal import Refusal, not_found, unprocessable
from warden_bot.sandbox.rules.events import tell_pull_request
from warden_bot.sandbox.state import Account, PullRequest, Repository, Role
from warden_bot.sandbox.world import Scene


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody fills in to open a pull request. A fork's branch is written `eve:branch`."""

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
    source, branch = _source(scene, proposal)
    base_sha, head_sha = _tips(scene.repository, source, branch, proposal.base)
    now = scene.world.now()
    pull = PullRequest(
        id=scene.world.next_id(),
        number=scene.repository.next_number,
        author=author,
        title=proposal.title,
        body=proposal.body,
        base_ref=proposal.base,
        base_sha=base_sha,
        head_repository=source,
        head_ref=branch,
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


def _source(scene: Scene, proposal: Proposal) -> tuple[Repository, str]:
    """The repository that the head branch lies in, and the branch's name there."""
    owner, colon, branch = proposal.head.rpartition(":")
    if not colon:
        return scene.repository, branch
    fork = scene.world.repository(f"{owner}/{scene.repository.name}")
    if fork.parent is not scene.repository:
        raise unprocessable("Validation Failed: PullRequest head is invalid")
    return fork, branch


def _tips(repository: Repository, source: Repository, head: str, base: str) -> tuple[str, str]:
    base_sha, head_sha = repository.git.branch(base), source.git.branch(head)
    if base_sha is None or head_sha is None:
        missing = "base" if base_sha is None else "head"
        raise unprocessable(f"Validation Failed: PullRequest {missing} is invalid")
    take_over(repository, source, head_sha)
    if repository.git.is_ancestor(head_sha, base_sha):
        raise unprocessable(f"No commits between {base} and {head}")
    for pull in repository.pulls.values():
        same = (pull.head_repository, pull.head_ref, pull.base_ref) == (source, head, base)
        if pull.open and same:
            name = f"{source.owner.login}:{head}"
            raise unprocessable(f"A pull request already exists for {name}.")
    return base_sha, head_sha


def take_over(repository: Repository, source: Repository, sha: str) -> None:
    """Bring a fork's commit, and how it was signed, into the repository it is proposed to."""
    if source is not repository:
        repository.git.fetch(source.git, sha)
        repository.signatures.update(source.signatures)


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
        pull.body, pull.body_edited_at = new.body, scene.world.now()
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
    source = pull.head_repository
    tip = source.git.branch(pull.head_ref) if source else None
    if pull.merged_at is not None or tip is None:
        raise unprocessable("Validation Failed: state cannot be changed.")
    if source:
        take_over(scene.repository, source, tip)
    pull.closed_at, pull.updated_at, pull.head_sha = None, scene.world.now(), tip
    tell_pull_request(scene, "reopened", pull, person)
