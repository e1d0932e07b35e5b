"""`POST /api/graphql`: from a request's bytes to GitHub's shape of an answer, always HTTP 200."""

import functools
import json
from importlib.resources import files
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    is_abstract_type,
    parse,
    validate,
)

from warden_bot.sandbox.credentials import Caller
from warden_bot.sandbox.graphql.context import Context, Info, context, query_error
from warden_bot.sandbox.graphql.node import resolve_field, resolve_type
from warden_bot.sandbox.graphql.organizations import Organization
from warden_bot.sandbox.graphql.pulls import Repository
from warden_bot.sandbox.rate import LIMIT
from warden_bot.sandbox.refusal import Refusal
from warden_bot.sandbox.rest.routing import can_see
from warden_bot.sandbox.state import AccountType
from warden_bot.sandbox.world import World


class _Query:
    """The root: what a query may start from."""

    def repository(self, info: Info, owner: str, name: str, **_: object) -> Repository:
        """The repository of that name, if the caller may know of it."""
        asking = context(info)
        found = asking.world.repositories.get(f"{owner}/{name}".lower())
        if found is None or not can_see(asking.caller, found):
            message = f"Could not resolve to a Repository with the name '{owner}/{name}'."
            raise query_error("NOT_FOUND", message)
        return Repository(found)

    def organization(self, info: Info, login: str) -> Organization:
        """The organisation of that name."""
        found = context(info).world.accounts.get(login.lower())
        if found is None or found.type is not AccountType.ORGANIZATION:
            message = f"Could not resolve to an Organization with the login of '{login}'."
            raise query_error("NOT_FOUND", message)
        return Organization(found)

    def rate_limit(self, _: Info, **__: object) -> "_RateLimit":
        """What this query costs."""
        return _RateLimit()


class _RateLimit:
    limit = LIMIT
    cost = 1


@functools.cache
def sandbox_schema() -> GraphQLSchema:
    """The schema, built once per process."""
    text = files("warden_bot.sandbox.graphql").joinpath("schema.graphql").read_text("utf-8")
    schema = build_schema(text)
    for each in schema.type_map.values():
        if is_abstract_type(each):
            abstract: GraphQLAbstractType = each
            abstract.resolve_type = resolve_type
    return schema


@functools.lru_cache(maxsize=64)
def _checked(query: str) -> tuple[DocumentNode, tuple[GraphQLError, ...]]:
    document = parse(query)
    return document, tuple(validate(sandbox_schema(), document))


def answer_query(world: World, caller: Caller, raw: bytes) -> dict[str, Any]:
    """Execute what was sent.

    Raises:
        Refusal: 400, the body is not a JSON object with a query.
    """
    query, variables, operation = _request(raw)
    try:
        document, errors = _checked(query)
    except GraphQLError as error:
        return {"errors": [_shape(error)]}
    if errors:
        return {"errors": [_shape(error) for error in errors]}
    result = execute_sync(
        sandbox_schema(),
        document,
        root_value=_Query(),
        context_value=Context(world, caller),
        variable_values=variables,
        operation_name=operation,
        field_resolver=resolve_field,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_shape(error) for error in result.errors]
    return answer


def _request(raw: bytes) -> tuple[str, dict[str, Any], str | None]:
    try:
        body = json.loads(raw)
        return str(body["query"]), dict(body.get("variables") or {}), body.get("operationName")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(400, "Problems parsing JSON") from error


def _shape(error: GraphQLError) -> dict[str, Any]:
    """GitHub's errors carry their type beside the message, not inside extensions."""
    shaped = dict(error.formatted)
    extensions = dict(error.extensions or {})
    kind = extensions.pop("type", None)
    shaped.pop("extensions", None)
    return ({"type": kind} if kind else {}) | shaped
