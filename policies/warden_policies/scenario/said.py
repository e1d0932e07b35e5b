"""What people and checks say of the change in a scenario."""

from collections.abc import Iterator

from warden_policies.model import (
    Check,
    CheckConclusion,
    CheckStatus,
    Comment,
    Dismissal,
    Review,
    ReviewState,
)
from warden_policies.problem import Path
from warden_policies.scenario.scene import Scene
from warden_policies.scenario.words import (
    ApprovalWords,
    ChangeWords,
    CheckState,
    CheckWords,
    DismissalWords,
    ReviewWords,
)

_RUNNING = {
    CheckState.QUEUED: CheckStatus.QUEUED,
    CheckState.IN_PROGRESS: CheckStatus.IN_PROGRESS,
}


def reviews(scene: Scene) -> Iterator[Review]:
    """The approvals and then the other reviews, numbered in this order."""
    approvals = [("approvals", number, each) for number, each in enumerate(scene.words.approvals)]
    others = [("reviews", number, each) for number, each in enumerate(scene.words.reviews)]
    for turn, (key, number, words) in enumerate((*approvals, *others)):
        yield _review(words, turn, scene, scene.at(key, number))


def _review(words: ApprovalWords, turn: int, scene: Scene, path: Path) -> Review:
    author = scene.cast.somebody(words.by, (*path, "by"))
    state, dismissal = ReviewState.APPROVED, None
    if isinstance(words, ReviewWords):
        state = words.state
        dismissal = _dismissal(words.dismissal, scene, (*path, "dismissal"))
    may_push = scene.cast.may_push(author)
    return Review(
        turn + 1,
        author,
        state,
        scene.history.sha(words.commit, (*path, "commit")),
        scene.clock.at_or(words.at, turn, (*path, "at")),
        may_push if words.can_push is None else words.can_push,
        words.body,
        scene.clock.at(words.edited_at, (*path, "edited_at")),
        dismissal,
    )


def _dismissal(words: DismissalWords | None, scene: Scene, path: Path) -> Dismissal | None:
    if words is None:
        return None
    by = scene.cast.somebody(words.by, (*path, "by"))
    at = scene.clock.at(words.at, (*path, "at")) or scene.clock.now
    return Dismissal(by, words.reason, words.was, at)


def comments(scene: Scene) -> Iterator[Comment]:
    """The comments, a minute apart unless they say when."""
    for number, words in enumerate(scene.words.comments):
        path = scene.at("comments", number)
        author = scene.cast.somebody(words.by, (*path, "by"))
        at = scene.clock.at_or(words.at, number, (*path, "at"))
        edited = scene.clock.at(words.edited_at, (*path, "edited_at"))
        yield Comment(number + 1, author, words.body, at, edited)


def checks(words: ChangeWords) -> Iterator[Check]:
    """The runs of the checks; the last of a name is the latest."""
    runs = [(name, run) for name, every in (words.checks or {}).items() for run in every]
    for id, (name, run) in enumerate(runs, 1):
        yield _check(id, name, run)


def _check(id: int, name: str, run: CheckWords) -> Check:
    app = "github-actions" if run.app_id == 15368 else f"app-{run.app_id}"
    if run.state in _RUNNING:
        return Check(id, name, run.app_id, app, _RUNNING[run.state], None)
    conclusion = CheckConclusion(run.state.value)
    return Check(id, name, run.app_id, app, CheckStatus.COMPLETED, conclusion)
