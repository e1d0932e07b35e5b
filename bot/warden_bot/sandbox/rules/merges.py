"""Merging, and the branch protection that stands before it."""

from typing import Final

from warden_bot.sandbox.git import Identity, MergeCommit
from warden_bot.sandbox.payloads.pulls import Mergeability
from warden_bot.sandbox.refusal import Refusal
from warden_bot.sandbox.rules.events import tell_pull_request
from warden_bot.sandbox.rules.pulls import require_role
from warden_bot.sandbox.rules.pushes import refs_moved
from warden_bot.sandbox.state import Account, PullRequest, Repository, RequiredCheck, Role
from warden_bot.sandbox.world import WEB_FLOW, Scene

_GOOD: Final = frozenset({"success", "neutral", "skipped"})
"""Branch protection lets all three pass, not success alone."""


def merge(scene: Scene, pull: PullRequest, person: Account) -> str:
    """Merge with a merge commit that GitHub makes and signs; return its sha.

    Raises:
        Refusal: 405, a draft, a closed pull request, a conflict, or a required check is missing.
    """
    require_role(scene.repository, person, Role.WRITE)
    if not pull.open or pull.draft:
        raise Refusal(405, "Pull Request is not mergeable")
    for check in scene.repository.required_checks.get(pull.base_ref, ()):
        _require_check(scene.repository, pull, check)
    before = scene.repository.git.refs()
    sha = _merge_commit(scene, pull, person)
    scene.repository.git.update_ref(f"refs/heads/{pull.base_ref}", sha)
    scene.repository.web_commits.add(sha)
    scene.repository.signatures[sha] = scene.world.github_signature()
    pull.merged_at = pull.closed_at = pull.updated_at = scene.world.now()
    pull.merged_by, pull.merge_commit_sha = person, sha
    refs_moved(scene, person, before, scene.repository.git.refs())
    tell_pull_request(scene, "closed", pull, person)
    return sha


def _merge_commit(scene: Scene, pull: PullRequest, person: Account) -> str:
    base = scene.repository.git.branch(pull.base_ref)
    tree = base and scene.repository.git.merged_tree(base, pull.head_sha)
    if not base or not tree:
        raise Refusal(405, "Pull Request has merge conflicts")
    branch = f"{scene.repository.owner.login}/{pull.head_ref}"
    message = f"Merge pull request #{pull.number} from {branch}\n\n{pull.title}"
    author = Identity(person.name, person.email)
    parents = (base, pull.head_sha)
    merging = MergeCommit(tree, parents, message, author, WEB_FLOW, scene.world.now())
    return scene.repository.git.write_merge(merging)


def _missing_check(repository: Repository, pull: PullRequest, check: RequiredCheck) -> str | None:
    runs = [
        run
        for run in repository.latest_check_runs(pull.head_sha)
        if run.name == check.name and check.app_id in {None, run.suite.app.id}
    ]
    if not runs:
        return f'Required status check "{check.name}" is expected.'
    if any(run.conclusion is None for run in runs):
        return f'Required status check "{check.name}" is in progress.'
    if not all(run.conclusion in _GOOD for run in runs):
        return f'Required status check "{check.name}" is failing.'
    return None


def _require_check(repository: Repository, pull: PullRequest, check: RequiredCheck) -> None:
    missing = _missing_check(repository, pull, check)
    if missing:
        raise Refusal(405, missing)


def mergeability(repository: Repository, pull: PullRequest) -> Mergeability:
    """What the merge box says."""
    base = repository.git.branch(pull.base_ref)
    if not pull.open or base is None:
        return Mergeability(None, "unknown")
    if repository.git.merged_tree(base, pull.head_sha) is None:
        return Mergeability(mergeable=False, state="dirty")
    checks = repository.required_checks.get(pull.base_ref, ())
    blocked = any(_missing_check(repository, pull, check) for check in checks)
    return Mergeability(mergeable=True, state=_state(draft=pull.draft, blocked=blocked))


def _state(*, draft: bool, blocked: bool) -> str:
    if draft:
        return "draft"
    return "blocked" if blocked else "clean"
