"""Check runs."""

from warden_bot.sandbox.payloads.checks import check_run
from warden_bot.sandbox.refusal import unprocessable
from warden_bot.sandbox.rest.paging import page
from warden_bot.sandbox.rest.routing import Answer, Call, Route
from warden_bot.sandbox.rules import check_runs as rules
from warden_bot.sandbox.state import CheckRun
from warden_bot.sandbox.world import Scene


def list_check_runs(call: Call) -> Answer:
    """The check runs on a commit, newest first; `latest` leaves one per name and suite."""
    repository = call.repository()
    sha = repository.git.commit_named(call.arguments["ref"])
    if sha is None:
        raise unprocessable(f"No commit found for SHA: {call.arguments['ref']}")
    runs = repository.latest_check_runs(sha)
    if call.query.get("filter") == "all":
        runs = [run for run in reversed(repository.check_runs) if run.suite.head_sha == sha]
    chosen = [run for run in runs if _asked_for(call, run)]
    shown, links = page(call, chosen)
    bodies = [check_run(call.world.urls, repository, run) for run in shown]
    return Answer({"total_count": len(chosen), "check_runs": bodies}, links=links)


def _asked_for(call: Call, run: CheckRun) -> bool:
    facts = {"check_name": run.name, "status": run.status, "app_id": str(run.suite.app.id)}
    return all(call.query.get(key, fact) == fact for key, fact in facts.items())


def create_check_run(call: Call) -> Answer:
    """A new check run."""
    repository = call.repository()
    run = rules.create(Scene(call.world, repository), call.app(), call.body())
    return Answer(check_run(call.world.urls, repository, run), 201)


def get_check_run(call: Call) -> Answer:
    """One check run."""
    repository = call.repository()
    run = rules.run_numbered(repository, call.number("check_run_id"))
    return Answer(check_run(call.world.urls, repository, run))


def update_check_run(call: Call) -> Answer:
    """Change a check run."""
    repository = call.repository()
    run = rules.run_numbered(repository, call.number("check_run_id"))
    rules.update(Scene(call.world, repository), call.app(), run, call.body())
    return Answer(check_run(call.world.urls, repository, run))


_RUNS = "/repos/{owner}/{repo}/check-runs"
_RUN = _RUNS + "/{check_run_id}"

ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", list_check_runs, "checks"),
    Route("POST", _RUNS, create_check_run, "checks", "write", people=False),
    Route("GET", _RUN, get_check_run, "checks"),
    Route("PATCH", _RUN, update_check_run, "checks", "write", people=False),
)
