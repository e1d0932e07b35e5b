"""The web application: every request comes in here and leaves as a recorded reply."""

import base64
import binascii
import json
import re
import uuid
from collections.abc import Iterable
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from werkzeug.wrappers import Request, Response

from warden_bot.sandbox import git_http
from warden_bot.sandbox.credentials import (
    Anonymous,
    AppCaller,
    Caller,
    app_of_jwt,
    looks_like_jwt,
)
from warden_bot.sandbox.faults import Fault, Faults
from warden_bot.sandbox.graphql.endpoint import answer_query
from warden_bot.sandbox.page import SECURITY_HEADERS, pull_request_page
from warden_bot.sandbox.rate import RateBudgets
from warden_bot.sandbox.refusal import Refusal, not_found
from warden_bot.sandbox.rest import ROUTER
from warden_bot.sandbox.rest.routing import Call
from warden_bot.sandbox.rules.pulls import pull_numbered
from warden_bot.sandbox.traffic import Exchange, Observer, ReceivedRequest, Reply
from warden_bot.sandbox.webhooks import Webhooks
from warden_bot.sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_REST: Final = "/api/v3"
_PULL_PAGE: Final = re.compile(r"/(?P<repository>[^/]+/[^/]+)/pull/(?P<number>\d+)")
_DOCUMENTATION: Final = "https://docs.github.com/rest"


class Service:
    """One WSGI application for REST, GraphQL, git and the page of a pull request."""

    def __init__(self, world: World, webhooks: Webhooks, observer: Observer | None) -> None:
        self.faults = Faults()
        self.requests: list[ReceivedRequest] = []
        self._world = world
        self._webhooks = webhooks
        self._observer = observer
        self._rates = RateBudgets(world.now)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        request = Request(environ)
        body = request.get_data()
        reply = self._with_faults(request, body)
        if self._observer is not None and request.path.startswith(f"{_REST}/"):
            path = request.path.removeprefix(_REST)
            query = request.args.to_dict()
            self._observer.exchange(Exchange(request.method, path, query, body, reply))
        response = Response(reply.body, reply.status, dict(reply.headers))
        response.content_type = reply.content_type
        response.headers["Date"] = format_datetime(self._world.now(), usegmt=True)
        response.headers["X-GitHub-Request-Id"] = str(uuid.uuid4()).upper()
        return response(environ, start_response)

    def _with_faults(self, request: Request, body: bytes) -> Reply:
        method, path = request.method, request.path
        kept = b"" if git_http.is_git(path) else body
        query = request.query_string.decode()
        self.requests.append(ReceivedRequest(method, path, query, kept))
        self.faults.wait_at_gates(method, path, after=False)
        fault = self.faults.take(method, path)
        if fault is not None and not fault.after:
            return _failure(fault)
        reply = self._answer(request, body)
        self.faults.wait_at_gates(method, path, after=True)
        return reply if fault is None else _failure(fault)

    def _answer(self, request: Request, body: bytes) -> Reply:
        try:
            caller = self._caller(request)
            return self._dispatch(request, body, caller)
        except Refusal as refusal:
            challenge = git_http.is_git(request.path) and refusal.status == HTTPStatus.UNAUTHORIZED
            return _refused(refusal, challenge=challenge)

    def _dispatch(self, request: Request, body: bytes, caller: Caller) -> Reply:
        if git_http.is_git(request.path):
            return git_http.serve(self._world, caller, _git_request(request, body))
        if request.path == "/api/graphql" and request.method == "POST":
            return self._graphql(body, caller)
        if request.path.startswith(f"{_REST}/"):
            return self._rest(request, body, caller)
        return self._page(request)

    def _rest(self, request: Request, body: bytes, caller: Caller) -> Reply:
        found = ROUTER.find(request.method, request.path.removeprefix(_REST))
        if found is None:
            raise not_found()
        with self._world.lock:
            found.route.admit(caller)
            query = request.args.to_dict()
            call = Call(self._world, self._webhooks, caller, found.arguments, query, body)
            answer = found.route.handler(call)
        headers = self._rates.spend(caller, "core")
        if found.route.accepted:
            headers["X-Accepted-GitHub-Permissions"] = found.route.accepted
        if answer.links:
            address = f"{self._world.urls.web}{request.path}"
            headers["Link"] = ", ".join(
                f'<{address}?{query}>; rel="{name}"' for name, query in answer.links.items()
            )
        return _json(answer.status, answer.body, headers)

    def _graphql(self, body: bytes, caller: Caller) -> Reply:
        if isinstance(caller, Anonymous | AppCaller):
            raise Refusal(401, "This endpoint requires you to be authenticated.")
        with self._world.lock:
            answer = answer_query(self._world, caller, body)
        return _json(200, answer, self._rates.spend(caller, "graphql"))

    def _page(self, request: Request) -> Reply:
        found = _PULL_PAGE.fullmatch(request.path)
        if found is None or request.method != "GET":
            raise not_found()
        with self._world.lock:
            repository = self._world.repository(found["repository"])
            pull = pull_numbered(repository, int(found["number"]))
            shown = pull_request_page(repository, pull)
        return Reply(200, shown, SECURITY_HEADERS, "text/html; charset=utf-8")

    def _caller(self, request: Request) -> Caller:
        token = _token(request.headers.get("Authorization", ""))
        if token is None:
            return Anonymous()
        with self._world.lock:
            now = self._world.now()
            if looks_like_jwt(token):
                return AppCaller(app_of_jwt(token, self._world.apps, now))
            return self._world.credentials.caller(token, now)


def _token(authorization: str) -> str | None:
    """The secret part of an `Authorization` header; for Basic that is the password."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() in {"bearer", "token"}:
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return unquote(pair.partition(":")[2])


def _git_request(request: Request, body: bytes) -> git_http.GitRequest:
    return git_http.GitRequest(
        method=request.method,
        path=request.path,
        query=request.query_string.decode(),
        content_type=request.headers.get("Content-Type", ""),
        content_encoding=request.headers.get("Content-Encoding", ""),
        protocol=request.headers.get("Git-Protocol", ""),
        body=body,
    )


def _json(status: int, body: object, headers: dict[str, str]) -> Reply:
    return Reply(status, json.dumps(body).encode(), headers)


def _error(status: int, message: str, headers: dict[str, str]) -> Reply:
    body = {"message": message, "documentation_url": _DOCUMENTATION, "status": str(status)}
    return _json(status, body, headers)


def _refused(refusal: Refusal, *, challenge: bool) -> Reply:
    headers = {}
    if refusal.accepted:
        headers["X-Accepted-GitHub-Permissions"] = refusal.accepted
    if challenge:
        headers["WWW-Authenticate"] = 'Basic realm="GitHub"'
    return _error(refusal.status, refusal.message, headers)


def _failure(fault: Fault) -> Reply:
    return _error(fault.status, HTTPStatus(fault.status).phrase, dict(fault.headers))
