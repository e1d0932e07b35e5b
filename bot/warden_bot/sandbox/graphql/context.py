"""What every resolver may use, and how a resolver says no."""

from dataclasses import dataclass
from typing import TypeAlias

from graphql import GraphQLError, GraphQLResolveInfo

from warden_bot.sandbox.credentials import Caller, InstallationCaller
from warden_bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Context:
    """The world, and who is asking."""

    world: World
    caller: Caller


Info: TypeAlias = GraphQLResolveInfo[Context]
"""What graphql-core hands to every resolver."""


def context(info: Info) -> Context:
    """The context of this execution, with its type."""
    return info.context


def query_error(kind: str, message: str) -> GraphQLError:
    """An error of GitHub's shape: it carries a `type` beside its message."""
    return GraphQLError(message, extensions={"type": kind})


def require(info: Info, permission: str) -> None:
    """Refuse a field to an installation that may not read it.

    Raises:
        GraphQLError: FORBIDDEN, on this field alone.
    """
    caller = context(info).caller
    if isinstance(caller, InstallationCaller) and not caller.may(permission, "read"):
        raise query_error("FORBIDDEN", "Resource not accessible by integration")
