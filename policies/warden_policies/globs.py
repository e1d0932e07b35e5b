"""Globs as a policy writes them: the types of such arguments, and their fast matching.

A list matches a text when one of its globs does and none of those that begin with `!`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, TypeAlias

from warden_policies.constraints import NotEmpty, Unique
from warden_policies.glob_syntax import (
    Characters,
    Glob,
    Group,
    InvalidGlob,
    Kind,
    Segment,
    Star,
    parse_glob,
)
from warden_policies.problem import Path

NOT = "!"
Matcher: TypeAlias = Callable[[str], "re.Match[str] | None"]
"""Something true for a text that matches, and None for all others."""


@dataclass(frozen=True, slots=True)
class GlobText:
    """A text is a glob, or one after `!`."""

    kind: Kind = Kind.PATH

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about a glob that cannot match, or may not mean what it seems to."""
        if not isinstance(value, str):
            return
        try:
            parse_glob(value.removeprefix(NOT), self.kind)
        except InvalidGlob as error:
            yield (), str(error)


@dataclass(frozen=True, slots=True)
class NotOnlyExceptions:
    """A list of globs says what it matches, and not merely what it does not."""

    kind: Kind = Kind.PATH

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about a list of which every entry begins with `!`."""
        if isinstance(value, tuple) and value and all(item.startswith(NOT) for item in value):
            everything = "**" if self.kind.segmented else "*"
            yield (), f"only says what does not match: add '{everything}' for every {self.kind}"


Globs: TypeAlias = Annotated[
    tuple[Annotated[str, GlobText()], ...], NotEmpty(), Unique(), NotOnlyExceptions()
]
BranchGlobs: TypeAlias = Annotated[
    tuple[Annotated[str, GlobText(Kind.BRANCH)], ...],
    NotEmpty(),
    Unique(),
    NotOnlyExceptions(Kind.BRANCH),
]
TitleGlobs: TypeAlias = Annotated[
    tuple[Annotated[str, GlobText(Kind.TITLE)], ...],
    NotEmpty(),
    Unique(),
    NotOnlyExceptions(Kind.TITLE),
]


def divided(globs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The globs of which one must match, and those (without their `!`) of which none may."""
    wanted = tuple(text for text in globs if not text.startswith(NOT))
    return wanted, tuple(text.removeprefix(NOT) for text in globs if text.startswith(NOT))


@lru_cache(maxsize=1024)
def matcher(globs: tuple[str, ...], kind: Kind = Kind.PATH) -> Matcher:
    """What tells whether a text matches the list.

    Its time grows with the text's length and never with its square, whatever the globs.

    Raises:
        InvalidGlob: one of them is none, which `GlobText` would have refused.
    """
    wanted, unwanted = (
        _either([parse_glob(text, kind) for text in part]) for part in divided(globs)
    )
    unless = rf"(?!(?:{unwanted})\Z)" if unwanted else ""
    return re.compile(f"{unless}(?:{wanted})", re.DOTALL).fullmatch


def _either(globs: list[Glob]) -> str:
    """Any of the globs; those that are a name in any folder share the way to the last slash."""
    others = [regex(glob) for glob in globs if not _is_name(glob)]
    names = [_group(glob.groups[1], "[^/]") for glob in globs if _is_name(glob)]
    return "|".join([*others, *([f"(?>(?:.*/)?)(?:{'|'.join(names)})"] if names else [])])


def _is_name(glob: Glob) -> bool:
    """Whether it is `**/` and a last segment."""
    return len(glob.groups) == 2 and not glob.groups[0] and len(glob.groups[1]) == 1


def regex(glob: Glob) -> str:
    r"""A regular expression that decides for good at each `*` and `**`, and never goes back.

    What follows a `*` is looked for from the left and taken where it is first found: whatever a
    later place would allow, the first one allows too, since the next `*` skips what lies between.
    Only what stands last must stand at the end; its length is known, so it is looked for there.
    The same holds for `**` and groups of segments. `(?>...)` forbids to try another place.
    """
    any_run = "[^/]" if glob.segmented else "."
    first, *others = (_group(group, any_run) for group in glob.groups)
    if not others:
        return first
    # Behind a segment each further one brings its slash; at the very start the slash comes after.
    gap = "(?:/[^/]*+)*?/" if first else "(?:[^/]*+/)*?"
    *middle, last = others
    found = []
    for group in middle:
        found.append(rf"(?>{gap}{group}(?=/|\Z))")
        gap = "(?:/[^/]*+)*?/"
    if last:
        return rf"{first}{''.join(found)}(?>{gap}{last}\Z)"
    return f"{first}{''.join(found)}(?:/.*)?" if first or found else ".*"


def _group(group: Group, any_run: str) -> str:
    return "/".join(_segment(segment, any_run) for segment in group)


def _segment(segment: Segment, any_run: str) -> str:
    first, *others = _pieces(segment)
    if not others:
        return _piece(first)
    *middle, last = others
    found = "".join(f"(?>{any_run}*?{_piece(piece)})" for piece in middle if piece)
    # As many characters as the last piece has must be left, or it would overlap what was found.
    end = f"(?={any_run}{{{len(last)}}}){any_run}*+(?<={_piece(last)})" if last else f"{any_run}*+"
    return f"{_piece(first)}{found}{end}"


def _pieces(segment: Segment) -> list[list[Characters]]:
    """What stands between the `*`."""
    pieces: list[list[Characters]] = [[]]
    for token in segment:
        if isinstance(token, Star):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _piece(piece: list[Characters]) -> str:
    return "".join(map(_characters, piece))


def _characters(characters: Characters) -> str:
    if not characters.ranges:
        return "."
    first, last = characters.ranges[0]
    if len(characters.ranges) == 1 and first == last and not characters.negated:
        return re.escape(first)
    inside = "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in characters.ranges)
    return f"[{'^' if characters.negated else ''}{inside}]"
