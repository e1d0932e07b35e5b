"""What follows when refs have moved."""

from collections.abc import Mapping

from warden_bot.sandbox.payloads.pushes import NO_COMMIT, RefUpdate, push
from warden_bot.sandbox.rules.events import tell_pull_request
from warden_bot.sandbox.rules.pulls import take_over
from warden_bot.sandbox.state import Account, HeadForcePushed, PullRequest, Repository
from warden_bot.sandbox.world import Scene

_SHOWN_COMMITS = 2048
"""GitHub lists at most this many commits in one push event."""


def refs_moved(
    scene: Scene,
    pusher: Account,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    """Tell the App about every ref that differs, and bring its pull requests up to date."""
    for ref in sorted(before.keys() | after.keys()):
        old, new = before.get(ref, NO_COMMIT), after.get(ref, NO_COMMIT)
        if old != new:
            _ref_moved(scene, pusher, _update(scene.repository, ref, old, new))


def _ref_moved(scene: Scene, pusher: Account, update: RefUpdate) -> None:
    scene.repository.pushed_at = scene.world.now()
    body = push(scene.world.urls, scene.repository, pusher, update)
    scene.world.emit("push", None, body, scene.repository)
    branch = update.ref.removeprefix("refs/heads/")
    for target in filter(None, (scene.repository, scene.repository.parent)):
        for pull in target.pulls.values():
            if pull.open and (pull.head_repository, pull.head_ref) == (scene.repository, branch):
                _head_moved(Scene(scene.world, target), pull, pusher, update)


def _update(repository: Repository, ref: str, old: str, new: str) -> RefUpdate:
    if new == NO_COMMIT:
        return RefUpdate(ref, old, new, forced=True, commits=())
    known = old if old != NO_COMMIT else repository.git.branch(repository.default_branch)
    commits = repository.git.commits_between(known, new) if known else []
    forced = old != NO_COMMIT and not repository.git.is_ancestor(old, new)
    return RefUpdate(ref, old, new, forced=forced, commits=tuple(commits[-_SHOWN_COMMITS:]))


def _head_moved(scene: Scene, pull: PullRequest, pusher: Account, update: RefUpdate) -> None:
    new = update.after
    pull.updated_at = scene.world.now()
    if new == NO_COMMIT:
        pull.closed_at = scene.world.now()
        tell_pull_request(scene, "closed", pull, pusher)
        return
    old, pull.head_sha = pull.head_sha, new
    if pull.head_repository:
        take_over(scene.repository, pull.head_repository, new)
    if update.forced:
        number, now = scene.world.next_id(), scene.world.now()
        pull.timeline.append(HeadForcePushed(number, pusher, now, old, new))
    pull.base_sha = scene.repository.git.branch(pull.base_ref) or pull.base_sha
    scene.repository.git.update_ref(f"refs/pull/{pull.number}/head", new)
    tell_pull_request(scene, "synchronize", pull, pusher, before=old, after=new)
