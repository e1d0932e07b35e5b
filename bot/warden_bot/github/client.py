"""Requests to GitHub on behalf of an installation, and what their failures mean.

PyGithub's own retries and pacing are off: a retried POST makes a second check run, and a worker
that sleeps for a rate limit helps nobody. A failed request raises, and the work queue retries the
whole unit of work, which reads before it writes.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import requests
from github import Github
from github.Auth import AppAuth
from github.GithubException import (
    BadCredentialsException,
    GithubException,
    RateLimitExceededException,
)

from warden_bot.errors import GoneError, RefusedError, RetryLaterError

T = TypeVar("T")
_TIMEOUT_SECONDS = 8
_API_VERSION = "2022-11-28"
_SECONDS = re.compile(r"[0-9]{1,10}")
_SECONDARY_LIMIT_WAIT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What a check run on GitHub shall say. `title` and `summary` are plain text and Markdown."""

    name: str
    head_sha: str
    conclusion: str
    title: str
    summary: str
    external_id: str
    details_url: str | None


class Installation:
    """One installation of the App: its token, and the few calls that a decision needs."""

    def __init__(self, auth: AppAuth, installation_id: int, api_url: str) -> None:
        self._auth = auth
        self._id = installation_id
        self._api_url = api_url
        self._github: Github | None = None
        self._lock = threading.Lock()

    def graphql(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Run a query; partial data counts as no data.

        Raises:
            GoneError: the repository or the pull request does not exist (for us).
            RetryLaterError: GitHub did not answer, limited us, or answered with errors.
        """

        def ask(github: Github) -> dict[str, Any]:
            _, reply = github.requester.graphql_query(query, variables)
            data: dict[str, Any] = reply["data"]
            return data

        return self._call(ask)

    def find_check_run(self, full_name: str, head_sha: str, name: str) -> int | None:
        """The id of the newest check run of ours with this name on this commit."""

        def ask(github: Github) -> int | None:
            _, reply = github.requester.requestJsonAndCheck(
                "GET",
                f"/repos/{full_name}/commits/{head_sha}/check-runs",
                parameters={
                    "check_name": name,
                    "app_id": int(self._auth.app_id),
                    "filter": "latest",
                },
            )
            return max((int(run["id"]) for run in reply["check_runs"]), default=None)

        return self._call(ask)

    def create_check_run(self, full_name: str, run: CheckRun) -> int:
        """Create a completed check run and return its id."""

        def ask(github: Github) -> int:
            body = {"head_sha": run.head_sha, **_body(run)}
            _, reply = github.requester.requestJsonAndCheck(
                "POST", f"/repos/{full_name}/check-runs", input=body
            )
            return int(reply["id"])

        return self._call(ask)

    def update_check_run(self, full_name: str, check_run_id: int, run: CheckRun) -> None:
        """Rewrite a check run.

        Raises:
            GoneError: there is no such check run (any more).
        """

        def ask(github: Github) -> None:
            github.requester.requestJsonAndCheck(
                "PATCH", f"/repos/{full_name}/check-runs/{check_run_id}", input=_body(run)
            )

        self._call(ask)

    def _call(self, ask: Callable[[Github], T]) -> T:
        try:
            try:
                return ask(self._client())
            except BadCredentialsException:
                self._forget_token()  # it may have been revoked; a second refusal is an answer
                return ask(self._client())
        except GithubException as error:
            raise _meaning(error) from error
        except requests.RequestException as error:
            raise RetryLaterError(f"GitHub did not answer ({type(error).__name__})") from error
        except (KeyError, TypeError, ValueError) as error:
            raise RetryLaterError("GitHub's answer could not be read") from error

    def _client(self) -> Github:
        with self._lock:
            if self._github is None:
                self._github = Github(
                    auth=self._auth.get_installation_auth(self._id),
                    base_url=self._api_url,
                    timeout=_TIMEOUT_SECONDS,
                    retry=None,
                    per_page=100,
                    lazy=True,
                    seconds_between_requests=0,
                    seconds_between_writes=0,
                    api_version=_API_VERSION,
                )
            return self._github

    def _forget_token(self) -> None:
        with self._lock:
            self._github = None


class GitHub:
    """The App's view of GitHub: one client for each installation."""

    def __init__(self, auth: AppAuth, api_url: str) -> None:
        self._auth = auth
        self._api_url = api_url
        self._installations: dict[int, Installation] = {}
        self._lock = threading.Lock()

    @property
    def app_id(self) -> int:
        """The App's numeric id."""
        return int(self._auth.app_id)

    def installation(self, installation_id: int) -> Installation:
        """The client for one installation."""
        with self._lock:
            known = self._installations.get(installation_id)
            if known is None:
                known = Installation(self._auth, installation_id, self._api_url)
                self._installations[installation_id] = known
            return known


def _body(run: CheckRun) -> dict[str, Any]:
    body = {
        "name": run.name,
        "status": "completed",
        "conclusion": run.conclusion,
        "external_id": run.external_id,
        "output": {"title": run.title, "summary": run.summary},
    }
    return {**body, "details_url": run.details_url} if run.details_url else body


def _meaning(error: GithubException) -> Exception:
    """Translate an answer: is it gone, is it a limit, or is GitHub not well?"""
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status in {404, 410}:
        return GoneError(f"GitHub answered {error.status}")
    after = _wait(headers)
    if isinstance(error, RateLimitExceededException) or error.status == 429 or after is not None:
        return RetryLaterError("GitHub's rate limit is reached", after or _SECONDARY_LIMIT_WAIT)
    needed = headers.get("x-accepted-github-permissions")
    if error.status == 403 and needed:
        return RefusedError(f"the App lacks a permission; GitHub accepts: {needed}")
    if error.status == 400 and isinstance(error.data, dict) and "errors" in error.data:
        return RetryLaterError("GitHub answered the query with errors")
    kind = RefusedError if 400 <= error.status < 500 else RetryLaterError
    return kind(f"GitHub answered {error.status}")


def _wait(headers: dict[str, Any]) -> timedelta | None:
    retry_after = _seconds(headers.get("retry-after"))
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    reset = _seconds(headers.get("x-ratelimit-reset"))
    if reset is not None and headers.get("x-ratelimit-remaining") == "0":
        return timedelta(seconds=max(reset - int(datetime.now(UTC).timestamp()), 0))
    return None


def _seconds(value: object) -> int | None:
    """A header's number of seconds; anything else, or one beyond all measure, is none."""
    return int(value) if isinstance(value, str) and _SECONDS.fullmatch(value) else None
