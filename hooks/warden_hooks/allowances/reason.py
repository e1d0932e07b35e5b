"""What counts as a reason."""

import re

SHORTEST_REASON = 10
_PLACEHOLDERS = frozenset(
    {
        *("todo", "tbd", "fixme", "later", "reason", "reasons", "text", "the reason", "na", "n a"),
        *("none", "null", "nothing", "test", "tests", "testing", "because", "ignore", "ignored"),
        *("allow", "allowed", "skip", "ok", "okay", "fine", "works", "fp", "false positive"),
        *("not a secret", "no secret", "not secret", "no reason", "placeholder", "temp", "wip"),
        *("temporary", "why", "fix later", "fix me later", "to be done", "to do", "see above"),
        *("it is fine", "its fine", "just ignore", "please ignore", "please ignore it", "for now"),
        *("false positives", "this is fine", "not real", "asdf", "asdfasdf", "lorem ipsum"),
    }
)
"""What people type to get past a question; none of it helps whoever reads it later."""


def reason_problem(reason: str, shortest: int = SHORTEST_REASON) -> str:
    """What is wrong with a reason, or the empty string."""
    if not reason.isprintable():
        return "holds a line break or another character that cannot be printed"
    words = " ".join(re.findall(r"[^\W_]+", reason.casefold().replace("'", "")))
    if len(reason.strip()) < shortest or not words:
        return f"needs at least {shortest} characters" if shortest > 1 else "is missing"
    if words in _PLACEHOLDERS or len(set(words)) < min(3, shortest):
        return "does not say why"
    return ""
