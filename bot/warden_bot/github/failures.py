"""What GitHub's failures mean: is it gone, is it a limit, may we not, or is GitHub not well?"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from github.GithubException import GithubException, RateLimitExceededException

from warden_bot.errors import ForbiddenError, GoneError, RefusedError, RetryLaterError

_SECONDS = re.compile(r"[0-9]{1,10}")
_SECONDARY_LIMIT_WAIT = timedelta(seconds=60)
_FORBIDDEN = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES"})
_SHOWN_FIELDS = 5


def meaning(error: GithubException) -> Exception:
    """Translate a refusal over HTTP."""
    headers = _lower(error.headers)
    if error.status in {404, 410}:
        return GoneError(f"GitHub answered {error.status}")
    after = _wait(headers)
    if isinstance(error, RateLimitExceededException) or error.status == 429 or after is not None:
        return RetryLaterError("GitHub's rate limit is reached", after or _SECONDARY_LIMIT_WAIT)
    needed = headers.get("x-accepted-github-permissions")
    if error.status == 403 and needed:
        return ForbiddenError(f"the App lacks a permission; GitHub accepts: {needed}")
    kind = RefusedError if 400 <= error.status < 500 else RetryLaterError
    return kind(f"GitHub answered {error.status}")


def data_of(
    reply: Mapping[str, Any], headers: Mapping[str, Any], absent: Collection[str]
) -> dict[str, Any]:
    """The data of a GraphQL answer; partial data counts as no data.

    The fields at the top that are named in `absent` may be missing, because there is no such thing
    or we may not know of it.

    Raises:
        GoneError: what was asked about does not exist (for us).
        ForbiddenError: the App may not read a part.
        RetryLaterError: a limit is reached, or there are other errors.
    """
    errors = [error for error in reply.get("errors") or () if not _excused(error, absent)]
    if not errors:
        data: dict[str, Any] = reply["data"]
        return data
    kinds = {error.get("type") for error in errors}
    if kinds == {"NOT_FOUND"}:
        raise GoneError("GitHub knows of no such thing")
    after = _wait(_lower(headers))
    if after is not None or "RATE_LIMITED" in kinds:
        raise RetryLaterError("GitHub's rate limit is reached", after or _SECONDARY_LIMIT_WAIT)
    if kinds <= _FORBIDDEN:
        raise ForbiddenError(
            f"the App may not read {_fields(errors)}: give it the permissions that"
            " docs/howto/run-the-service.md lists, and accept them for the installation"
        )
    raise RetryLaterError("GitHub answered the query with errors")


def _excused(error: Mapping[str, Any], absent: Collection[str]) -> bool:
    path = error.get("path") or [None]
    return error.get("type") == "NOT_FOUND" and len(path) == 1 and path[0] in absent


def _fields(errors: list[dict[str, Any]]) -> str:
    """The names of the fields that were refused, without the numbers of nodes and questions."""
    names = {
        ".".join(
            part.rstrip("0123456789")
            for part in error.get("path") or ("a field",)
            if isinstance(part, str)
        )
        for error in errors
    }
    return ", ".join(sorted(names)[:_SHOWN_FIELDS])


def _lower(headers: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name.lower(): value for name, value in (headers or {}).items()}


def _wait(headers: Mapping[str, Any]) -> timedelta | None:
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
