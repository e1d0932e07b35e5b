"""Requests to GitHub on behalf of an installation, and what their failures mean.

PyGithub's own retries and pacing are off: a retried POST makes a second check run, and a worker
that sleeps for a rate limit helps nobody. A failed request raises, and the work queue retries the
whole unit of work, which reads before it writes.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
from github import Github
from github.Auth import AppAuth
from github.GithubException import BadCredentialsException, GithubException

from warden_bot.errors import RetryLaterError
from warden_bot.github.failures import data_of, meaning

T = TypeVar("T")
_TIMEOUT_SECONDS = 8
_API_VERSION = "2022-11-28"


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

    def graphql(
        self, query: str, variables: dict[str, Any], absent: Collection[str] = ()
    ) -> dict[str, Any]:
        """Run a query; partial data counts as no data.

        Only the fields at the top that are named in `absent` may be null because there is no such
        thing.

        Raises:
            GoneError: the repository or the pull request does not exist (for us).
            ForbiddenError: the App may not read a part of it.
            RetryLaterError: GitHub did not answer, limited us, or answered with errors.
        """

        def ask(github: Github) -> dict[str, Any]:
            body = {"query": query, "variables": variables}
            url = github.requester.graphql_url
            headers, reply = github.requester.requestJsonAndCheck("POST", url, input=body)
            return data_of(reply, headers, absent)

        return self._call(ask)

    def compare(self, full_name: str, base: str, head: str) -> dict[str, Any]:
        """What GitHub says of `base...head`; its list of files ends at the 300th.

        Raises:
            GoneError: there are no such commits, or they have nothing in common.
        """
        path = f"/repos/{full_name}/compare/{base}...{head}"
        comparison: dict[str, Any] = self._get(path, per_page=1, page=1)
        return comparison

    def pull_request_files(self, full_name: str, number: int, page: int) -> list[dict[str, Any]]:
        """A hundred of a pull request's files as they are now; there are no more than 30 pages."""
        path = f"/repos/{full_name}/pulls/{number}/files"
        files: list[dict[str, Any]] = self._get(path, per_page=100, page=page)
        return files

    def token(self) -> str:
        """A token for git, good for some minutes at least.

        Raises:
            RetryLaterError: GitHub gave out none.
        """
        return self._call(lambda github: github.requester.auth.token)  # type: ignore[union-attr]

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

    def _get(self, path: str, **parameters: int) -> Any:  # noqa: ANN401 - any JSON
        def ask(github: Github) -> Any:  # noqa: ANN401 - any JSON
            _, reply = github.requester.requestJsonAndCheck("GET", path, parameters=parameters)
            return reply

        return self._call(ask)

    def _call(self, ask: Callable[[Github], T]) -> T:
        try:
            try:
                return ask(self._client())
            except BadCredentialsException:
                self._forget_token()  # it may have been revoked; a second refusal is an answer
                return ask(self._client())
        except GithubException as error:
            raise meaning(error) from error
        except requests.RequestException as error:
            raise RetryLaterError(f"GitHub did not answer ({type(error).__name__})") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
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
    def api_url(self) -> str:
        """Where GitHub's API is."""
        return self._api_url

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
