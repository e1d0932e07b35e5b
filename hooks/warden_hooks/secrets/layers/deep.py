"""A source scanned with all that stands encoded in it, and what is found there put in its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from warden_hooks.secrets.engine import NOT_DECODED, RawMatch
from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.layers.notebook import Notebook, is_notebook
from warden_hooks.secrets.layers.patterns import NOTEBOOK
from warden_hooks.secrets.layers.piece import Piece
from warden_hooks.secrets.windows import Characters
from warden_hooks.source import LineIndex, SourceFile

_LONGEST_COMMENTED = 2_000
"""Characters of a line that is looked at for a comment."""


class Looked(NamedTuple):
    """What one look at a text saw."""

    matches: list[RawMatch]
    data: bytes
    """The text in UTF-8."""
    hits: decode.Hits
    """Where more text may stand, encoded."""
    may_be_more: bool
    """Whether a closer look could see more, though only what is doubtful."""


Look = Callable[[SourceFile], Looked]


class Seen(NamedTuple):
    """What was seen at all depths."""

    matches: list[RawMatch]
    may_be_more: bool


def look(source: SourceFile, once: Look) -> Seen:
    """Every candidate in the source and in what stands encoded in it, at its place in the source.

    `once` looks at one text. What is seen in several ways is told as seen in the simplest.
    """
    notebook = _taken_apart(source)
    looked = once(replace(source, text=notebook.rest) if notebook else source)
    if not (notebook or looked.hits):
        return Seen(looked.matches, looked.may_be_more)
    scan = _Scan(once, len(looked.data))
    found: list[RawMatch] = []
    known: set[tuple[str, int, int, str, str]] = set()
    for match in scan.matches(source, looked, notebook):
        key = (match.rule, match.start, match.end, match.secret, match.doubt)
        if not (match.layers and key in known):
            known.add(key)
            found.append(match)
    return Seen(found, scan.may_be_more)


def _taken_apart(source: SourceFile) -> Notebook | None:
    if not is_notebook(source.path):
        return None
    try:
        return Notebook(source.text)
    except ValueError:
        return None


class _Scan:
    """The scan of one source, of so many bytes."""

    def __init__(self, once: Look, size: int) -> None:
        self._once = once
        self._budget = decode.Budget(size)
        self.may_be_more = False

    def matches(
        self, source: SourceFile, looked: Looked, notebook: Notebook | None = None
    ) -> Iterator[RawMatch]:
        """What was seen at one look, and then what is seen in the pieces."""
        self.may_be_more |= looked.may_be_more
        yield from looked.matches
        place = _Place(source.text, looked.data)
        for piece in notebook.texts if notebook else ():
            yield from self._inside(piece, source, place)
        for piece in decode.pieces(looked.data, looked.hits):
            too_deep = decode.depth(source.layers) == decode.DEEPEST
            whole = not too_deep and self._budget.take(piece)
            if not too_deep:
                yield from self._inside(piece, source, place)
            if not whole:
                yield place.not_looked_at(*piece.outward(0, max(1, len(piece.data))))
                return
        if notebook and notebook.done < len(looked.data):
            yield place.not_looked_at(notebook.done, notebook.done + 1)

    def _inside(self, piece: Piece, source: SourceFile, place: "_Place") -> Iterator[RawMatch]:
        text = piece.data.decode("utf-8")
        layers = (*source.layers, piece.layer)
        inner = SourceFile(source.path, text, len(piece.data), layers=layers)
        found = list(self.matches(inner, self._once(inner)))
        if found:
            yield from place.outward(piece, text, found)


class _Place:
    """Where the pieces of a text were, in characters."""

    def __init__(self, text: str, data: bytes) -> None:
        """The text, and its UTF-8 (in which parts may be blank)."""
        self._text = text
        self._characters = Characters(data)

    def outward(self, piece: Piece, inner: str, found: Iterable[RawMatch]) -> Iterator[RawMatch]:
        """What was found in a piece, with the offsets that it has in the text around it."""
        inside = Characters(piece.data)
        lines = LineIndex(inner) if piece.layer == NOTEBOOK else None
        for match in found:
            encoded = piece.outward(inside.byte(match.start), inside.byte(match.end))
            start, end = self._characters.span(*encoded)
            public = match.secret[: match.shown]
            yield replace(
                match,
                start=start,
                end=end,
                shown=match.shown if self._text.startswith(public, start) else 0,
                layers=(piece.layer, *match.layers),
                near=_near(lines, inner, match.start) if lines else match.near,
            )

    def not_looked_at(self, start: int, end: int) -> RawMatch:
        """What stands for encoded text that was not looked at."""
        return RawMatch("", *self._characters.span(start, end), "", 0, NOT_DECODED)


def _near(lines: LineIndex, text: str, offset: int) -> tuple[str, str]:
    """The line of a place and the one before it."""
    line = lines.position(offset)[0]
    return _line(lines, text, line), _line(lines, text, line - 1) if line > 1 else ""


def _line(lines: LineIndex, text: str, line: int) -> str:
    start, end = lines.bounds(line)
    return text[start:end].rstrip("\r") if end - start <= _LONGEST_COMMENTED else ""
