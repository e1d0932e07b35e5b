"""How messages name what somebody may have meant, and what there is to choose from."""

import difflib
from collections.abc import Collection

from warden_policies.text import quoted


def unknown_word(what: str, word: str, known: Collection[str]) -> str:
    """`unknown key 'requird', did you mean 'require'?`, or what there is to choose from."""
    close = difflib.get_close_matches(word[:60].casefold(), known, n=1)
    hint = f"did you mean {quoted(close[0])}?" if close else f"expected {either(known, 'or')}"
    return f"unknown {what} {quoted(word)}, {hint}"


def either(names: Collection[str], joint: str) -> str:
    """`'red', 'green' or 'blue'`."""
    *first, last = [quoted(name) for name in names]
    return f"{', '.join(first)} {joint} {last}" if first else last
