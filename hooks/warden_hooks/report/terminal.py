"""Text that is safe and true on a terminal: nothing in a file can move the cursor."""

import unicodedata
from dataclasses import dataclass

TAB = "    "
_ELLIPSIS = "…"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Style:
    """ANSI colours, or none."""

    color: bool

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text

    def error(self, text: str) -> str:
        """What is wrong."""
        return self._wrap("1;31", text)

    def warning(self, text: str) -> str:
        """What is worth a look."""
        return self._wrap("1;33", text)

    def bold(self, text: str) -> str:
        """What is to be read first."""
        return self._wrap("1", text)

    def quiet(self, text: str) -> str:
        """The frame around it."""
        return self._wrap("34", text)


@dataclass(frozen=True, slots=True)
class Window:
    """A line made ready to print, and where in it the carets go, in terminal columns from 0."""

    text: str
    caret_start: int
    caret_length: int


def printable(text: str) -> str:
    """`text` with tabs widened and every character that could act on a terminal spelled out.

    That includes escapes, direction overrides and the stand-ins for bytes that are no text.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\t":
        return TAB
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if unicodedata.category(character) in _UNSAFE:
        return character.encode("unicode_escape").decode()
    return character


def columns(text: str) -> int:
    """How many terminal columns `text` takes: two for a wide character, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def window(line: str, start: int, length: int, room: int) -> Window:
    """The part of `line` around the match at `start` that fits into `room` columns."""
    room = max(room, _NARROWEST)
    if len(line) <= room and columns(printable(line)) <= room:
        before, text = printable(line[:start]), printable(line)
    else:
        # No more than `room` characters are looked at, however long the line is.
        before = _last_columns(printable(line[max(0, start - room) : start]), room // 3)
        if start > len(before):
            before = _ELLIPSIS + before
        text = _first_columns(before + printable(line[start : start + room]), room - 1) + _ELLIPSIS
    caret_start = columns(before)
    caret_length = min(
        columns(printable(line[start : start + min(length, room)])), room - caret_start
    )
    return Window(text, caret_start, max(1, caret_length))


def _last_columns(text: str, room: int) -> str:
    return _first_columns(text[::-1], room)[::-1]


def _first_columns(text: str, room: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += _columns(character)
        if used > room:
            return text[:position]
    return text
