"""A first look at where a form ends: enough to see that no secret can be meant there.

Nearly every value that a telling name is given is a word, a call or a reference. Seeing that here
costs microseconds and no regex. What it lets pass is read again by `matches`, so it may be wrong
in one direction only.
"""

from warden_hooks.secrets.context import places, values, ways
from warden_hooks.secrets.context.cut import LONGEST_LINE, MARKS, PARTED, cut, in_a_comment

_QUOTES = b"\"'`"
_WIDEST_CLOSING = 24
_OPERATORS = b"=:"
_WITHOUT_QUOTES = (ways.BARE, ways.FLAG)
_WIDEST = 2 * values.LONGEST + 8
_BY_CHANCE = frozenset({values.WORDS, values.WEAK})
"""Kinds of values that are never more than a suspicion."""
_LOOKED_AT: dict[bytes, str] = {}
"""The kinds of values, empty for what is none: the same few words are given again and again."""
_MOST_LOOKED_AT = 20_000


def may_be_meant(
    data: bytes, end: int, number: int, kind: str, *, suspicions: bool = False
) -> bool:
    """Whether a value that ends right before `end` could be a secret.

    `number` is that of the form, `kind` that of the file, see `places`; `suspicions` says whether
    low confidence counts.
    """
    if kind == places.OFF:
        return False
    for value in _values(data, end, ways.WAYS[number], kind):
        if not suspicions and len(value) < values.SHORTEST_WORD_BY_LOT and value.isalpha():
            continue
        seen = _LOOKED_AT.get(value)
        if seen is None:
            seen = _looked_at(value)
        if seen and (suspicions or seen not in _BY_CHANCE):
            return True
    return False


def _looked_at(value: bytes) -> str:
    if len(_LOOKED_AT) > _MOST_LOOKED_AT:
        _LOOKED_AT.clear()
    kind, doubt = values.look(value.decode("utf-8", "replace"))
    _LOOKED_AT[value] = "" if doubt else kind
    return _LOOKED_AT[value]


def _values(data: bytes, end: int, form: str, kind: str) -> "list[bytes]":
    """The values that a match of the form could give that ends at `end`."""
    if form == ways.ELEMENT:
        start = data.rfind(b">", max(0, end - _WIDEST), end) + 1
        return [data[start : end - len("</")].lstrip()]
    if form == ways.CALL:
        closing = data[max(0, end - _WIDEST_CLOSING) : end]
        end -= len(closing) - len(closing.rstrip(b") \t\r\n\x0b\x0c"))
    if data[end - 1] not in _QUOTES or form in _WITHOUT_QUOTES:
        return _bare(data, end, kind)
    quoted = _quoted(data, end)
    found = [quoted, quoted.rpartition(b" ")[2]] if b" " in quoted else [quoted]  # as `Bearer`
    return found + _bare(data, end, kind) if form == ways.PAIR else found


def _quoted(data: bytes, end: int) -> bytes:
    quote = data[end - 1 : end]
    last = end - 1
    first = data.rfind(quote, max(0, last - _WIDEST), last)
    while (
        first > 0 and data[first - 1] == 0x5C and data[last - 1] != 0x5C
    ):  # an escaped quote inside
        first = data.rfind(quote, max(0, last - _WIDEST), first)
    return data[first + 1 : last].rstrip(b"\\")


def _bare(data: bytes, end: int, kind: str) -> "list[bytes]":
    """The run of characters before `end`, and what of it stands behind an operator."""
    # At the end of the text the last character belongs to the run, else it is what ended it.
    stop = end - 1 if data[end - 1] in MARKS else end
    run = data[max(0, stop - _WIDEST) : stop].translate(PARTED).rpartition(b" ")[2]
    if kind == places.CODE and not _in_some_text(data, stop - len(run)):
        return []
    strict = kind != places.CONFIGURATION
    found = [cut(run, strict=strict)]
    if b"=" in run or b":" in run:
        found += [
            cut(run[place + 1 :], strict=strict)
            for place, byte in enumerate(run)
            if byte in _OPERATORS and run[place + 1 : place + 2] not in (b"=", b":")
        ]
    return found


def _in_some_text(data: bytes, place: int) -> bool:
    """Whether a string or a comment may have begun on the line, not far before the place."""
    before = data[max(0, place - LONGEST_LINE) : place].rpartition(b"\n")[2]
    return b'"' in before or b"'" in before or b"`" in before or in_a_comment(before)
