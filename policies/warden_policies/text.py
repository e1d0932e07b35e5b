"""Foreign text made fit to stand inside our own sentences: one line, bounded, nothing invisible.

Titles, headings, logins and check names are written by strangers. Whatever they contain, a reason
made with these functions is one short line of visible characters. Markup is not this module's
business: each output format escapes for itself.
"""

import unicodedata
from collections.abc import Iterable

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, direction overrides and zero-width signs, lone surrogates, private and unassigned."""


def plain(text: str, limit: int = 80) -> str:
    """`text` on one line, invisible characters replaced, at most `limit` characters."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return " ".join(text.split())
    cut = text[: limit + 1] if len(text) > limit else text
    line = " ".join("".join(_visible(character) for character in cut).split())
    return f"{line[: limit - 1]}…" if len(text) > limit else line


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return _REPLACEMENT if unicodedata.category(character) in _INVISIBLE else character


def quoted(text: str, limit: int = 60) -> str:
    """`text` in single quotes, for naming a key or a value that somebody wrote."""
    return f"'{plain(text, limit)}'"


def short(sha: str) -> str:
    """The first seven characters of a commit's name, as Git shows them."""
    return plain(sha[:7])


def listed(words: Iterable[str], limit: int = 10) -> str:
    """`a, b, c`, and how many more there are beyond `limit`."""
    every = list(words)
    more = len(every) - limit
    return ", ".join(every[:limit]) + (f" and {more} more" if more > 0 else "")


def amount(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
