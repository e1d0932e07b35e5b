"""The only way a secret becomes text.

A mask has the length of what it covers, so that columns and carets stay true. That tells the
length of a password; nothing shorter than `SHORTEST_WITH_PREFIX` shows any of its characters.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

MASK = "*"
SHORTEST_WITH_PREFIX = 12
LONGEST_REDACTED = 80


@dataclass(frozen=True, slots=True)
class Cover:
    """A stretch of text to mask, as offsets, and how many leading characters are public."""

    start: int
    end: int
    shown: int


def public_length(length: int, shown: int) -> int:
    """How much of a secret of `length` characters may be shown: never more than a quarter."""
    return 0 if length < SHORTEST_WITH_PREFIX else min(shown, length // 4)


def redacted(secret: str, shown: int) -> str:
    """`secret` masked, its first line only: what a finding carries instead of it."""
    keep = public_length(len(secret), shown)
    first_line = secret.split("\n", 1)[0].rstrip("\r")[:LONGEST_REDACTED]
    return first_line[:keep] + MASK * (len(first_line) - keep)


def masked(text: str, start: int, end: int, covers: Sequence[Cover]) -> str:
    """`text[start:end]` with everything under `covers` masked.

    Two covers that begin at the same character are two names for one secret: the prefix that
    either knows to be public is shown.
    """
    prefix_ends: dict[int, int] = {}
    for cover in covers:
        shown_to = cover.start + public_length(cover.end - cover.start, cover.shown)
        prefix_ends[cover.start] = max(shown_to, prefix_ends.get(cover.start, 0))
    characters = list(text[start:end])
    for cover in covers:
        first, stop = max(prefix_ends[cover.start], start), min(cover.end, end)
        characters[first - start : stop - start] = MASK * max(0, stop - first)
    return "".join(characters).rstrip("\r")


def fingerprint(key: bytes, rule: str, secret: str, path: str) -> str:
    """Names the whole secret without revealing it: HMAC-SHA256 over rule, secret and path.

    Equal secrets in one file have one fingerprint; a rotated one has another. Keyed, so that
    nobody can look it up in a table made for all repositories; the key is the caller's.
    """
    message = "\0".join((rule, path, secret)).encode("utf-8", "surrogateescape")
    return hmac.new(key, message, hashlib.sha256).hexdigest()
