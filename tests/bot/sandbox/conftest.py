"""What the tests of the sandbox share: a pull request, and PyGithub as the product uses it."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import github as pygithub
import pytest
from github import Auth, Github, GithubIntegration, GithubRetry

from warden_bot.sandbox import Account, Sandbox, SandboxRepository

POLICY = "version: 1\n"
_SETTINGS: dict[str, Any] = {
    "timeout": 8,
    "per_page": 100,
    "lazy": True,
    "seconds_between_requests": 0,
    "seconds_between_writes": 0,
    "api_version": "2022-11-28",
}


def retry() -> GithubRetry:
    """Repeats reads, never writes."""
    return GithubRetry(
        total=3,
        backoff_factor=0,
        allowed_methods={"GET"},
        max_rate_limit_wait=30,
        status_forcelist=[500, 502, 503, 504],
    )


def integration(github: Sandbox, issuer: str | None = None) -> GithubIntegration:
    """The App, with its JWT."""
    auth = Auth.AppAuth(issuer or str(github.app_id), github.private_key_pem)
    return GithubIntegration(auth=auth, base_url=github.api_url, retry=retry(), **_SETTINGS)


def client(github: Sandbox, token: str) -> Github:
    """Whoever holds this token."""
    auth = Auth.Token(token)
    return pygithub.Github(auth=auth, base_url=github.api_url, retry=retry(), **_SETTINGS)


def installed(github: Sandbox) -> Github:
    """The App's installation, with a fresh installation token."""
    token = integration(github).get_access_token(github.installation_id).token
    return client(github, token)


def call(
    github: Sandbox, method: str, path: str, token: str | None, body: object = None
) -> tuple[int, dict[str, Any], Mapping[str, str]]:
    """One plain request, for what no client library would send."""
    connection = http.client.HTTPConnection(urlsplit(github.base_url).netloc, timeout=10)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    raw = None if body is None else json.dumps(body)
    connection.request(method, f"/api/v3{path}", raw, headers)
    response = connection.getresponse()
    answer = json.loads(response.read() or b"null")
    connection.close()
    return response.status, answer, dict(response.getheaders())


@dataclass(frozen=True)
class Scene:
    """A pull request by ana on demo/payments; bob and carl may write there too."""

    github: Sandbox
    repository: SandboxRepository
    ana: Account
    bob: Account
    carl: Account
    number: int
    head: str


@pytest.fixture
def scene(github: Sandbox) -> Scene:
    """One open pull request."""
    repository = github.repository("demo/payments", {".github/changewarden.yml": POLICY})
    ana, bob, carl = map(github.person, ("ana", "bob", "carl"))
    head = repository.push(ana, "retry", {"settle.py": "retry = True\n"}, "Retry settlement")
    number = repository.open_pull_request(ana, "retry", "Retry settlement", "## Why\n\nTimeouts.")
    return Scene(github, repository, ana, bob, carl, number, head)
