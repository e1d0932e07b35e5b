"""Where a value without quotes ends, and whether it stands inside of some."""

MARKS = b" \t\n\r\x0b\x0c\"'`<>"
PARTED = bytes.maketrans(MARKS, b" " * len(MARKS))
"""Turns what ends a run of characters into a blank."""
_ENDS = b"&;,)]}|\\"
_TRAILING = b".,;:)]}!?"


def cut(run: bytes, *, strict: bool) -> bytes:
    """The value in a run of characters without blanks.

    In configuration the value is all of the run but its last punctuation; elsewhere (`strict`) it
    ends where a query, a list or a sentence would go on.
    """
    if strict:
        for mark in _ENDS:
            place = run.find(mark)
            if place > 0:
                run = run[:place]
        return run.rstrip(_TRAILING)
    run = run.rstrip(b",;")
    return run if b"{" in run else run.rstrip(b"}")


LONGEST_LINE = 1_000
"""Bytes of a line before a name, or behind a value, in which a string is told by its quotes."""


_COMMENTS = (b"#", b"//", b"*", b"/*", b"--", b"<!--", b";", b"%", b"rem ", b"REM ")


def in_a_comment(before: bytes) -> bool:
    """Whether a comment begins in the part of a line that stands before a name."""
    return before.lstrip().startswith(_COMMENTS) or b" # " in before or b" // " in before


def inside_a_string(data: bytes, name: int, start: int, end: int) -> bool:
    """Whether a text holds the name that begins at `name` and the value from `start` to `end`.

    A comment, or a string: the last quote before the name on its line opens it, and it ends behind
    the value.
    """
    line = data.rfind(b"\n", max(0, name - LONGEST_LINE), name) + 1
    if not line and name > LONGEST_LINE:
        return False
    before = data[line:name]
    if in_a_comment(before):
        return True
    place, quote = max((before.rfind(quote), quote) for quote in (b'"', b"'", b"`"))
    if place < 0 or before.count(quote) % 2 == 0 or quote in data[name:start]:
        return False
    newline = data.find(b"\n", end, end + LONGEST_LINE)
    return quote in data[end : newline if newline >= 0 else end + LONGEST_LINE]
