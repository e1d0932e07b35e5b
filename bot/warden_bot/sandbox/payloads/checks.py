"""Check runs, as replies and as webhooks show them."""

from warden_bot.sandbox.payloads.apps import app
from warden_bot.sandbox.payloads.common import Body, instant, optional_instant
from warden_bot.sandbox.payloads.pulls import minimal_pull_request
from warden_bot.sandbox.payloads.repositories import api_url, html_url
from warden_bot.sandbox.state import CheckRun, CheckSuite, Repository
from warden_bot.sandbox.urls import Urls


def check_run(urls: Urls, repo: Repository, run: CheckRun) -> Body:
    """A check run in a reply."""
    own = f"{api_url(urls, repo)}/check-runs/{run.id}"
    return {
        "id": run.id,
        "name": run.name,
        "node_id": f"CR_{run.id}",
        "head_sha": run.suite.head_sha,
        "external_id": run.external_id,
        "url": own,
        "html_url": f"{html_url(urls, repo)}/runs/{run.id}",
        "details_url": run.details_url,
        "status": run.status,
        "conclusion": run.conclusion,
        "started_at": instant(run.started_at),
        "completed_at": optional_instant(run.completed_at),
        "output": {
            "title": run.title,
            "summary": run.summary,
            "text": run.text,
            "annotations_count": len(run.annotations),
            "annotations_url": f"{own}/annotations",
        },
        "check_suite": {"id": run.suite.id},
        "app": app(urls, run.suite.app),
        "pull_requests": _pull_requests(urls, repo, run),
    }


def check_run_event(urls: Urls, repo: Repository, run: CheckRun) -> Body:
    """A check run in a webhook: the same with its suite spelled out."""
    return check_run(urls, repo, run) | {"check_suite": _suite(urls, repo, run)}


def _suite(urls: Urls, repo: Repository, run: CheckRun) -> Body:
    suite: CheckSuite = run.suite
    return {
        "id": suite.id,
        "node_id": f"CS_{suite.id}",
        "head_branch": suite.head_branch,
        "head_sha": suite.head_sha,
        "status": run.status,
        "conclusion": run.conclusion,
        "url": f"{api_url(urls, repo)}/check-suites/{suite.id}",
        "app": app(urls, suite.app),
        "pull_requests": _pull_requests(urls, repo, run),
        "created_at": instant(suite.created_at),
        "updated_at": instant(suite.created_at),
    }


def _pull_requests(urls: Urls, repo: Repository, run: CheckRun) -> list[Body]:
    return [
        minimal_pull_request(urls, repo, pull)
        for pull in repo.pulls.values()
        if pull.open and pull.head_sha == run.suite.head_sha
    ]
