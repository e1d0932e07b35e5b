"""A Markdown text cut at its headings, as a reader of the rendered page would see it.

Comments are removed and fenced code is text: a `#` line inside a fence is no heading, and a
comment's opening inside one hides nothing. One pass over the lines, linear on any text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_NO_PARAGRAPH = re.compile(r"[ \t]{4}|\t| {0,3}(?:[-+*>|]|\d+[.)]|#{1,6}[ \t])")
_OPEN, _CLOSE = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text and its level, from 1 (`# ` or `===`) to 6."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line of text; one of fenced code means only itself."""

    text: str
    code: bool = False


def outline(markdown: str) -> Iterator[Heading | Line]:
    """The headings and the lines of text of `markdown`, in their order."""
    held: Line | None = None
    for line in _visible_lines(markdown):
        underlined = held and _underlined(held, line)
        if underlined:
            yield underlined
        elif held:
            yield _heading(held) or held
        held = None if underlined else line
    if held:
        yield _heading(held) or held


def _heading(line: Line) -> Heading | None:
    match = None if line.code else _HASHES.match(line.text)
    if not match:
        return None
    title = (match[2] or "").strip()
    bare = title.rstrip("#")
    return Heading(len(match[1]), bare.rstrip() if not bare or bare[-1].isspace() else title)


def _underlined(line: Line, following: Line) -> Heading | None:
    """The heading that `line` is when `following` is its underline."""
    match = None if line.code or following.code else _UNDERLINE.match(following.text)
    if not match or not line.text.strip() or _NO_PARAGRAPH.match(line.text):
        return None
    return Heading(1 if match[1].startswith("=") else 2, line.text.strip())


def _visible_lines(markdown: str) -> Iterator[Line]:
    lines = _LINE_END.split(markdown)
    last_close = max((n for n, line in enumerate(lines) if _CLOSE in line), default=-1)
    fence, hidden = "", False
    for number, line in enumerate(lines):
        opening = None if hidden else _FENCE.match(line)
        if fence:
            if opening and _closes(opening, fence):
                fence = ""
            else:
                yield Line(line, code=True)
        elif opening and not (opening[1].startswith("`") and "`" in opening[2]):
            fence = opening[1]
        else:
            text, hidden = _without_comments(line, hidden=hidden, closes=number < last_close)
            yield Line(text)


def _closes(candidate: re.Match[str], fence: str) -> bool:
    return candidate[1].startswith(fence) and not candidate[2].strip()


def _without_comments(line: str, *, hidden: bool, closes: bool) -> tuple[str, bool]:
    """What of `line` is visible, and whether its end lies inside a comment.

    `closes`: some later line ends a comment. Without one, an opening in the middle of a line is
    plain text to Markdown, while one at the start of a line hides all that follows.
    """
    visible: list[str] = []
    at = 0
    while True:
        if hidden:
            end = line.find(_CLOSE, at)
            if end < 0:
                return "".join(visible), True
            at = end + len(_CLOSE)
        start = line.find(_OPEN, at)
        # A comment may be as short as `<!-->`: the closing may share the opening's dashes.
        ends = start >= 0 and (closes or line.find(_CLOSE, start + 2) >= 0)
        if start < 0 or (not ends and line[:start].strip()):
            return "".join([*visible, line[at:]]), False
        visible.append(line[at:start])
        at, hidden = start + 2, True
