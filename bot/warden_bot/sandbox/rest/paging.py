"""Lists in pages of at most 100, with the `Link` header."""

from collections.abc import Sequence
from typing import Final, TypeVar
from urllib.parse import urlencode

from warden_bot.sandbox.rest.routing import Call

Item = TypeVar("Item")

DEFAULT_PAGE: Final = 30
LARGEST_PAGE: Final = 100


def per_page(call: Call) -> int:
    """How many items the caller wants; GitHub gives 100 to whoever asks for more."""
    return min(call.query_number("per_page", DEFAULT_PAGE), LARGEST_PAGE)


def page(call: Call, items: Sequence[Item]) -> tuple[Sequence[Item], dict[str, str]]:
    """The page asked for by number, and the links to its neighbours."""
    size, number = max(per_page(call), 1), max(call.query_number("page", 1), 1)
    last = max(1, -(-len(items) // size))
    numbers: dict[str, int] = {}
    if number > 1:
        numbers |= {"prev": number - 1, "first": 1}
    if number < last:
        numbers |= {"next": number + 1, "last": last}
    links = {name: urlencode({**call.query, "page": to}) for name, to in numbers.items()}
    return items[(number - 1) * size : number * size], links
