"""Notebooks (nbformat): JSON in which each cell is a text, and a picture is none.

Scanned are the text of every cell and of every output, and the file without these. Pictures and the
ids of cells are left out. A file that is no JSON is text like any other.
"""

import json
import re
from collections.abc import Iterator

from warden_hooks.secrets.layers.escapes import escape
from warden_hooks.secrets.layers.patterns import NOTEBOOK
from warden_hooks.secrets.layers.piece import Builder, Piece

_MOST_TOKENS = 2_000_000
"""Of the marks and strings that a file consists of."""
_TOKEN = re.compile(rb'["{}\[\],:]')
_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_TEXTS = frozenset({b"source", b"input", b"text", b"evalue", b"traceback"})
_LINES = b"traceback"
"""A list of lines; others are lists of what is one text when it is put together."""
_TEXT_KINDS, _PICTURE_KINDS, _DRAWING = b"text/", b"image/", b"image/svg+xml"
_ID, _DEPTH_OF_A_CELL = b"id", 3
_BLANK = bytes(byte if byte >= 0x80 else ord(" ") for byte in range(256))


def is_notebook(path: str) -> bool:
    """Whether a file is meant to be one."""
    return path.lower().endswith(".ipynb")


class Notebook:
    """A notebook taken apart."""

    def __init__(self, text: str) -> None:
        """Take it apart.

        Raises:
            ValueError: it is no JSON, or nested too deeply to tell.
        """
        try:
            json.loads(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        data = text.encode("utf-8", "replace")
        walk = _Walk(data)
        self.texts = list(_pieces(data, walk.texts()))
        rest = bytearray(data)
        for start, end in walk.taken:
            rest[start:end] = rest[start:end].translate(_BLANK)
        self.rest = rest.decode("utf-8")
        """The file with blanks for what was taken out of it."""
        self.done = walk.done
        """How many bytes of it were taken apart."""


class _Frame:
    """An object or a list that is open."""

    __slots__ = ("is_object", "key", "wants_key")

    def __init__(self, *, is_object: bool, key: bytes) -> None:
        self.is_object = self.wants_key = is_object
        self.key = key
        """The last one of the object; the one that the list is the value of."""


class _Walk:
    """The strings of a JSON text that are texts, and the stretches that are taken out of it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack = [_Frame(is_object=False, key=b"")]
        self.done = 0
        self.taken: list[tuple[int, int]] = []

    def texts(self) -> Iterator[tuple[_Frame, int, int]]:
        """Each with what it stands in, from behind its first quote to its last."""
        place = 0
        for _ in range(_MOST_TOKENS):
            token = _TOKEN.search(self._data, place)
            if token is None:
                self.done = len(self._data)
                return
            place = token.end()
            frame = self._stack[-1]
            if token[0] != b'"':
                self._structure(token[0], frame)
                continue
            end = self._string_end(place)
            if frame.wants_key:
                frame.key = self._data[place:end]
            elif self._is_taken(frame, place, end):
                yield frame, place, end
            place = end + 1
        self.done = place

    def _string_end(self, start: int) -> int:
        """Where the last quote is of the string that has its first one before `start`."""
        inside = _STRING.match(self._data, start)
        return inside.end() if inside else start

    def _structure(self, mark: bytes, frame: _Frame) -> None:
        if mark in b"{[":
            self._stack.append(_Frame(is_object=mark == b"{", key=frame.key))
        elif mark in b"}]":
            self._stack.pop()
        else:
            frame.wants_key = frame.is_object and mark == b","

    def _is_taken(self, frame: _Frame, start: int, end: int) -> bool:
        """Whether the value is a text; that, a picture and an id are not to be seen any more."""
        is_text = frame.key in _TEXTS or frame.key.startswith(_TEXT_KINDS)
        is_picture = frame.key.startswith(_PICTURE_KINDS) and frame.key != _DRAWING
        is_id = frame.key == _ID and len(self._stack) == 1 + _DEPTH_OF_A_CELL
        if is_text or is_picture or is_id:
            self.taken.append((start, end))
        return is_text


def _pieces(data: bytes, texts: Iterator[tuple[_Frame, int, int]]) -> Iterator[Piece]:
    """The texts without their escapes; strings of one list are one."""
    builder = Builder(NOTEBOOK)
    where, before = None, 0
    for frame, start, end in texts:
        if builder.size and (frame is not where or frame.is_object or builder.is_long):
            yield builder.piece()
        elif builder.size and frame.key == _LINES:
            builder.add(b"\n", before, start - before)
        yield from builder.unfold(data, (start, end), b"\\", escape)
        where, before = frame, end
    if builder.size:
        yield builder.piece()
