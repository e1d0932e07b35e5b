"""How far a long scan is, for somebody who watches a terminal."""

import os
import sys
from collections.abc import Generator, Iterable
from typing import TypeVar

_EVERY = 500
_ERASED = "\r\x1b[K"

Item = TypeVar("Item")


def shown(
    items: Iterable[Item], unit: str, *, total: int | None = None, each: int = 1
) -> Generator[Item, None, None]:
    """The items, counted on standard error while they are taken; silent unless it is a terminal.

    An item stands for `each` of the `unit`, of which there are `total`, if that is known.
    """
    stream = sys.stderr
    if (
        stream is None
        or not stream.isatty()
        or os.environ.get("CI")
        or os.environ.get("TERM") == "dumb"
    ):
        yield from items
        return
    try:
        for number, item in enumerate(items, 1):
            if number * each % _EVERY == 0:
                of_all = "" if total is None else f" of {total:,}"
                stream.write(f"\rchangewarden: {number * each:,}{of_all} {unit}")
                stream.flush()
            yield item
    finally:
        stream.write(_ERASED)
        stream.flush()
