"""Private keys: a header alone is text about keys, a header with a body is a key."""

import re
from dataclasses import dataclass, field

LONGEST_BLOCK = 16_384
SHORTEST_BODY = 64
"""An Ed25519 key in PKCS #8, the shortest there is, has 64 base64 characters."""

_HEADER_END = re.compile(r"-{2,5}|: ?[\w-]+")
# Between the runs of a body: white space, line ends written as escapes, and whatever joins
# string literals; then the headers that OpenSSL, PuTTY and PGP put inside the block.
_FILLER = re.compile(
    r"(?:\s|\\+[nrt]|[\"'`,;|>#*]|(?:\+|//)(?=\s)|(?:Proc-Type|DEK-Info|Version|Comment|Encryption"
    r"|Public-Lines|Private-Lines|Hash)[-\w]*: ?[^\n\\\"]{0,80})+"
)
_RUN = re.compile(
    r"[A-Za-z0-9/+]{16,}={0,2}|[A-Za-z0-9/+]{1,15}(?:={1,2}|(?=[\\nr\s\"'+,]{0,12}-{2,5} ?END))"
)


@dataclass(frozen=True, slots=True)
class KeyBlock:
    """A private key in a text, by its offsets, and its body without layout."""

    start: int
    end: int
    shown: int
    """The length of the header line, which is the same for every key of its kind."""
    body: str = field(repr=False)


def key_block(text: str, start: int, end: int) -> KeyBlock | None:
    """The key whose header has its words at `text[start:end]`, or None when no body follows."""
    header = _HEADER_END.match(text, end)
    body_start = header.end() if header else end
    limit = min(len(text), start + LONGEST_BLOCK)
    body, body_end = _body(text, body_start, limit)
    if len(body) < SHORTEST_BODY:
        return None
    while start and text[start - 1] == "-":
        start -= 1
    return KeyBlock(start, body_end, body_start - start, body)


def _body(text: str, position: int, limit: int) -> tuple[str, int]:
    """The base64 characters from `position` on, up to the first thing that is neither."""
    runs: list[str] = []
    end = position
    while position < limit:
        if filler := _FILLER.match(text, position, limit):
            position = filler.end()
        run = _RUN.match(text, position, limit)
        if run is None:
            break
        runs.append(run.group())
        position = end = run.end()
    return "".join(runs), end
