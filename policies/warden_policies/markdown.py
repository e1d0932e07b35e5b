"""GitHub Markdown around foreign text: nothing in it may mean anything to the page.

Text from strangers reaches the check run's summary only through `escape` (inline, in a sentence or
a table cell) or `code_block`.
"""

import re
from collections.abc import Iterable

from warden_policies.text import plain

_ACTIVE = re.compile(r"([\\`*_\[\]#|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINKING = re.compile(r"(@|://|www(?=\.)|\\#|gh-(?=\d))", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^(\d+(?=[.)])|(?=[-+]))")
_BREAK = "\N{ZERO WIDTH SPACE}"


def escape(text: str, limit: int = 300) -> str:
    """`text` as inline Markdown that reads as itself: no markup, HTML, mention, link or cell end.

    GitHub finds mentions, references and addresses in the finished page, where escaping is no
    longer seen; an invisible break after their first sign keeps them text.
    """
    inert = _ACTIVE.sub(r"\\\1", plain(text, limit).translate(_ENTITIES))
    return _LIST_ITEM.sub(r"\1\\", _LINKING.sub(rf"\1{_BREAK}", inert))


def code_block(text: str) -> list[str]:
    """The lines of a fenced block that shows `text` as it is, whatever fences it contains."""
    lines = [plain(line, 500) for line in text.strip().splitlines()[:50]]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}markdown", *lines, fence]


def fit(blocks: Iterable[str], limit: int, pointer: str) -> str:
    """The blocks, one per line, as far as they fit into `limit` bytes of UTF-8, then `pointer`.

    Each block is whole in itself, so that cutting between two of them leaves valid Markdown.
    """
    kept: list[str] = []
    room = limit - _size(pointer)
    for block in blocks:
        room -= _size(block)
        if room < 0:
            return "".join(f"{line}\n" for line in [*kept, pointer])
        kept.append(block)
    return "".join(f"{line}\n" for line in kept)


def _size(line: str) -> int:
    return len(line.encode()) + 1
