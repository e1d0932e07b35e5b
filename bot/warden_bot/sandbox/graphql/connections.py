"""Connections: pages of at most 100 nodes behind opaque cursors, with GitHub's errors."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from warden_bot.sandbox.graphql.context import Info, query_error

LARGEST_PAGE: Final = 100
_PREFIX: Final = b"cursor:v2:"

Paging: TypeAlias = int | str | None
"""The value of `first`, `after`, `last` or `before`: a number of nodes, or a cursor."""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page lies in the whole list."""

    start_cursor: str | None
    end_cursor: str | None
    has_next_page: bool
    has_previous_page: bool


@dataclass(frozen=True, slots=True)
class Connection:
    """One page of a list."""

    nodes: Sequence[Any]
    page_info: PageInfo
    total_count: int


def connection(
    info: Info,
    items: Sequence[Any],
    paging: Mapping[str, Paging],
) -> Connection:
    """The page of `items` that the field's paging arguments ask for.

    Raises:
        GraphQLError: no size, a size over 100, or a cursor that was never given out.
    """
    first, last = paging.get("first"), paging.get("last")
    after, before = paging.get("after"), paging.get("before")
    _check_sizes(info.field_name, {"first": first, "last": last})
    start = 0 if after is None else _position(after)
    stop = len(items) if before is None else _position(before) - 1
    if first is not None:
        stop = min(stop, start + int(first))
    if last is not None:
        start = max(start, stop - int(last))
    nodes = items[start:stop]
    page = PageInfo(
        start_cursor=_cursor(start + 1) if nodes else None,
        end_cursor=_cursor(start + len(nodes)) if nodes else None,
        has_next_page=stop < len(items),
        has_previous_page=start > 0,
    )
    return Connection(nodes, page, len(items))


def _check_sizes(field: str, sizes: dict[str, Paging]) -> None:
    if all(size is None for size in sizes.values()):
        raise query_error(
            "MISSING_PAGINATION_BOUNDARIES",
            f"You must provide a `first` or `last` value to properly paginate the `{field}` "
            "connection.",
        )
    for name, size in sizes.items():
        if size is not None and not 0 <= int(size) <= LARGEST_PAGE:
            raise query_error(
                "EXCESSIVE_PAGINATION",
                f"Requesting {size} records on the `{field}` connection exceeds the `{name}` "
                f"limit of {LARGEST_PAGE} records.",
            )


def _cursor(position: int) -> str:
    return base64.b64encode(_PREFIX + str(position).encode()).decode()


def _position(cursor: str | int) -> int:
    try:
        raw = base64.b64decode(str(cursor), validate=True)
        return int(raw.removeprefix(_PREFIX))
    except (binascii.Error, ValueError) as error:
        message = f"`{cursor}` does not appear to be a valid cursor."
        raise query_error("INVALID_CURSOR_ARGUMENTS", message) from error
