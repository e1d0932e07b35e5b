"""Check runs: created, updated and asked for again, within GitHub's limits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from warden_bot.sandbox.payloads.checks import check_run_event
from warden_bot.sandbox.refusal import Refusal, not_found, unprocessable
from warden_bot.sandbox.rules.events import tell
from warden_bot.sandbox.rules.pulls import require_role
from warden_bot.sandbox.state import Account, App, CheckRun, CheckSuite, Repository, Role
from warden_bot.sandbox.world import Scene

Shape = TypeVar("Shape")

STATUSES: Final = ("queued", "in_progress", "completed")
CONCLUSIONS: Final = (
    "action_required",
    "cancelled",
    "failure",
    "neutral",
    "success",
    "skipped",
    "timed_out",
)
_MAX_TEXT: Final = 65_535
_MAX_ANNOTATIONS: Final = 50
_MAX_ACTIONS: Final = 3
_MAX_ACTION: Final = {"label": 20, "description": 40, "identifier": 20}


def create(scene: Scene, app: App, body: Mapping[str, Any]) -> CheckRun:
    """A new check run by `app`, from the body of GitHub's "create a check run".

    Raises:
        Refusal: 422, a required field is missing, a limit is broken, or the commit is unknown.
    """
    _check_limits(body, needed=("name", "head_sha"))
    sha = scene.repository.git.commit_named(str(body["head_sha"]))
    if sha is None:
        raise unprocessable(f"No commit found for SHA: {body['head_sha']}")
    run = CheckRun(
        id=scene.world.next_id(),
        suite=_suite(scene, app, sha),
        name=str(body["name"]),
        status="queued",
        conclusion=None,
        external_id="",
        details_url=f"{scene.world.urls.web}/apps/{app.slug}",
        started_at=scene.world.now(),
        completed_at=None,
    )
    completed = _apply(run, body, scene.world.now())
    scene.repository.check_runs.append(run)
    _tell(scene, "created", run, app.bot)
    if completed:
        _tell(scene, "completed", run, app.bot)
    return run


def update(scene: Scene, app: App, run: CheckRun, body: Mapping[str, Any]) -> None:
    """Change a check run. One that is completed stays completed, whatever the request says.

    Raises:
        Refusal: it belongs to another App, or a limit is broken.
    """
    if run.suite.app is not app:
        raise Refusal(
            403,
            f"Invalid app_id `{app.id}` - check run can only be modified by the GitHub App "
            "that created it.",
        )
    _check_limits(body, needed=())
    if _apply(run, body, scene.world.now()):
        _tell(scene, "completed", run, app.bot)


def rerequest(scene: Scene, run: CheckRun, person: Account) -> None:
    """Press "Re-run". Only the App that owns the run hears of it; the run itself is unchanged."""
    require_role(scene.repository, person, Role.WRITE)
    if run.suite.app is scene.world.app:
        _tell(scene, "rerequested", run, person)


def run_numbered(repository: Repository, number: int) -> CheckRun:
    """The check run with that id.

    Raises:
        Refusal: 404, there is none.
    """
    found = next((run for run in repository.check_runs if run.id == number), None)
    if found is None:
        raise not_found()
    return found


def _tell(scene: Scene, action: str, run: CheckRun, sender: Account) -> None:
    content = {"check_run": check_run_event(scene.world.urls, scene.repository, run)}
    tell(scene, "check_run", action, sender, content)


def _suite(scene: Scene, app: App, sha: str) -> CheckSuite:
    for suite in scene.repository.suites:
        if suite.app is app and suite.head_sha == sha:
            return suite
    branches = {tip: ref for ref, tip in scene.repository.git.refs().items() if "/heads/" in ref}
    branch = branches.get(sha, "").removeprefix("refs/heads/") or None
    suite = CheckSuite(scene.world.next_id(), app, sha, branch, scene.world.now())
    scene.repository.suites.append(suite)
    return suite


def _apply(run: CheckRun, body: Mapping[str, Any], now: datetime) -> bool:
    """Write the request into the run; return whether it (again) concludes the run."""
    run.name = str(body.get("name", run.name))
    run.external_id = str(body.get("external_id", run.external_id))
    run.details_url = str(body.get("details_url", run.details_url))
    run.started_at = _time(body.get("started_at")) or run.started_at
    run.actions = list(body.get("actions", run.actions))
    _apply_output(run, body.get("output") or {})
    return _apply_status(run, body, now)


def _apply_output(run: CheckRun, output: Mapping[str, Any]) -> None:
    run.title = output.get("title", run.title)
    run.summary = output.get("summary", run.summary)
    run.text = output.get("text", run.text)
    run.annotations.extend(output.get("annotations", ()))


def _apply_status(run: CheckRun, body: Mapping[str, Any], now: datetime) -> bool:
    conclusion = body.get("conclusion")
    if conclusion is not None:
        run.status, run.conclusion = "completed", str(conclusion)
        run.completed_at = _time(body.get("completed_at")) or now
        return True
    if run.status != "completed":
        run.status = str(body.get("status", run.status))
    return False


def _time(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise unprocessable(f"Invalid request.\n\n{text!r} is not a valid date-time.") from error
    if parsed.tzinfo is None:
        raise unprocessable(f"Invalid request.\n\n{text!r} is not a valid date-time.")
    return parsed


def _check_limits(body: Mapping[str, Any], needed: tuple[str, ...]) -> None:
    for key in needed:
        _needed(body, key)
    _check_choice(body, "status", STATUSES)
    _check_choice(body, "conclusion", CONCLUSIONS)
    if body.get("status") == "completed":
        _needed(body, "conclusion")
    _check_output(_typed(body, "output", dict, {}), creating=bool(needed))
    _check_actions(_typed(body, "actions", list, []))


def _needed(body: object, key: str) -> object:
    value = body.get(key) if isinstance(body, Mapping) else None
    if not value:
        raise unprocessable(f'Invalid request.\n\n"{key}" wasn\'t supplied.')
    return value


def _typed(body: Mapping[str, Any], key: str, kind: type[Shape], otherwise: Shape) -> Shape:
    value = body.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, kind):
        raise unprocessable(f"Invalid request.\n\nFor '{key}', {value!r} has the wrong type.")
    return value


def _check_choice(body: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> None:
    if key in body and body[key] not in choices:
        raise unprocessable(f"Invalid request.\n\n{body[key]} is not a member of {list(choices)}.")


def _check_output(output: Mapping[str, Any], *, creating: bool) -> None:
    if not output:
        return
    for key in ("title", "summary") if creating else ("summary",):
        _needed(output, key)
    for key in ("title", "summary", "text"):
        _check_length(str(output.get(key) or ""), _MAX_TEXT)
    if len(_typed(output, "annotations", list, [])) > _MAX_ANNOTATIONS:
        raise unprocessable(
            f"Invalid request.\n\nNo more than {_MAX_ANNOTATIONS} items are allowed."
        )


def _check_actions(actions: Sequence[object]) -> None:
    if len(actions) > _MAX_ACTIONS:
        raise unprocessable(f"Invalid request.\n\nNo more than {_MAX_ACTIONS} items are allowed.")
    for action in actions:
        for key, limit in _MAX_ACTION.items():
            _check_length(str(_needed(action, key)), limit)


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise unprocessable(
            f"Invalid request.\n\nOnly {limit} characters are allowed; {len(text)} were supplied."
        )
