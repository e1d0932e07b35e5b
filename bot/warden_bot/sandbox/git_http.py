"""Git's smart HTTP protocol, served by git's own `git http-backend`."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import Final

from warden_bot.sandbox.credentials import (
    Anonymous,
    Caller,
    InstallationCaller,
    PersonCaller,
)
from warden_bot.sandbox.git import git_environment
from warden_bot.sandbox.refusal import Refusal
from warden_bot.sandbox.rest.routing import can_see
from warden_bot.sandbox.rules.pushes import refs_moved
from warden_bot.sandbox.state import Account, Repository
from warden_bot.sandbox.traffic import Reply
from warden_bot.sandbox.world import Scene, World

_PATH: Final = re.compile(
    r"/(?P<owner>[^/]+)/(?P<name>[^/]+?)(\.git)?"
    r"/(?P<rest>HEAD|info/refs|git-upload-pack|git-receive-pack|objects/.+)"
)


@dataclass(frozen=True, slots=True)
class GitRequest:
    """A request to a repository, as much of it as git's CGI program wants to know."""

    method: str
    path: str
    query: str
    content_type: str
    content_encoding: str
    protocol: str
    body: bytes = field(repr=False)


def is_git(path: str) -> bool:
    """Whether a path belongs to git rather than to the web or the API."""
    return not path.startswith("/api/") and _PATH.fullmatch(path) is not None


def serve(world: World, caller: Caller, request: GitRequest) -> Reply:
    """Answer a request of git, and tell the App what a push has changed.

    Raises:
        Refusal: 401 where credentials might help, 403 where they do not, 404 otherwise.
    """
    found = _PATH.fullmatch(request.path)
    if found is None:
        raise Refusal(404, "Not Found")
    with world.lock:
        repository = _visible(world, caller, f"{found['owner']}/{found['name']}")
        pusher = _pusher(world, caller, repository)
        if "git-receive-pack" not in f"{request.path}?{request.query}":
            return _backend(world, repository, found["rest"], request, pusher)
        if pusher is None:
            raise _refused_push(caller, repository)
        before = repository.git.refs()
        reply = _backend(world, repository, found["rest"], request, pusher)
        refs_moved(Scene(world, repository), pusher, before, repository.git.refs())
        return reply


def _visible(world: World, caller: Caller, full_name: str) -> Repository:
    repository = world.repositories.get(full_name.lower())
    if repository is not None and can_see(caller, repository):
        return repository
    if isinstance(caller, Anonymous):
        raise Refusal(401, "Authentication required")
    raise Refusal(404, "Repository not found.")


def _pusher(world: World, caller: Caller, repository: Repository) -> Account | None:
    match caller:
        case PersonCaller(account=account) if world.may_push(repository, account):
            return account
        case InstallationCaller(installation=installation) if caller.may("contents", "write"):
            return installation.app.bot
    return None


def _refused_push(caller: Caller, repository: Repository) -> Refusal:
    match caller:
        case PersonCaller(account=account):
            login = account.login
        case InstallationCaller(installation=installation):
            login = installation.app.bot.login
        case _:
            return Refusal(401, "Authentication required")
    return Refusal(403, f"Permission to {repository.full_name}.git denied to {login}.")


def _backend(
    world: World, repository: Repository, rest: str, request: GitRequest, pusher: Account | None
) -> Reply:
    folder = repository.git.path
    environment = git_environment(world.directory) | {
        "GIT_PROJECT_ROOT": str(folder.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{folder.name}/{rest}",
        "QUERY_STRING": request.query,
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.content_type,
        "CONTENT_LENGTH": str(len(request.body)),
        "GIT_PROTOCOL": request.protocol,
        "HTTP_CONTENT_ENCODING": request.content_encoding,
        "REMOTE_ADDR": "127.0.0.1",
    }
    if pusher is not None:
        environment["REMOTE_USER"] = pusher.login
    done = subprocess.run(
        ("git", "http-backend"),  # noqa: S607 - git is found on PATH
        input=request.body,
        capture_output=True,
        check=False,  # what git refuses it says in its output, and fails
        env=environment,
    )
    if not done.stdout:
        done.check_returncode()
    return _from_cgi(done.stdout)


def _from_cgi(output: bytes) -> Reply:
    """A CGI program's output: its headers, one of which is the status, then the body."""
    head, _, body = output.partition(b"\r\n\r\n")
    headers: Mapping[str, str] = dict(BytesParser().parsebytes(head).items())
    kept = {
        name: value for name, value in headers.items() if name not in {"Status", "Content-Type"}
    }
    status = int(headers.get("Status", "200").split()[0])
    return Reply(status, body, kept, headers.get("Content-Type", "text/plain"))
