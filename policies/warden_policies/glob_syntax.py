"""What a glob says, and what is refused before it can surprise anybody.

`*` is any run of characters but `/`, `?` one character but `/`, `[a-c]` one of these characters and
`[!a-c]` one of all others but `/`. `**` between slashes is any number of whole segments, none
included: `docs/**` is `docs`, be it a file, a link or a submodule, and all that is below it.
Everything else means itself. A glob matches a whole text or not at all, and `A` is not `a`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from warden_policies.text import quoted


class Kind(StrEnum):
    """What a glob is compared with."""

    PATH = "path"
    BRANCH = "branch"
    TITLE = "title"
    """One run of text: `/` is a character like any other, so `*` means anything at all."""

    @property
    def segmented(self) -> bool:
        """Whether `/` separates."""
        return self is not Kind.TITLE


class InvalidGlob(ValueError):
    """A text that is no glob. The message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character in one of the ranges, both ends included; or in none of them."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool = False

    def __contains__(self, character: object) -> bool:
        """Whether the character is meant."""
        if not isinstance(character, str):
            return False
        return any(first <= character <= last for first, last in self.ranges) != self.negated


@dataclass(frozen=True, slots=True)
class Star:
    """Any run of characters within a segment."""


Token: TypeAlias = Characters | Star
Segment: TypeAlias = tuple[Token, ...]
Group: TypeAlias = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Glob:
    """`groups` are the segments between the `**`: two for `a/**`, of which the second is empty.

    Only the first and the last group may be empty. Where nothing is segmented there is one group of
    one segment.
    """

    groups: tuple[Group, ...]
    segmented: bool = True


STAR: Final = Star()
NO_SLASH: Final = Characters((("/", "/"),), negated=True)
ANYTHING: Final = Characters((), negated=True)
_ANY_SEGMENTS: Final = "**"
_TOKEN = re.compile(r"\[[^\]]*\]?|.", re.DOTALL)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def parse_glob(text: str, kind: Kind = Kind.PATH) -> Glob:
    """The glob that `text` spells.

    Raises:
        InvalidGlob: it is empty, cannot match anything, or may not mean what it seems to.
    """
    if not text:
        raise InvalidGlob(f"a glob must not be empty: {_everything(kind)} means every {kind}")
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        raise InvalidGlob("a character that cannot be seen: write ? in its place")
    if not kind.segmented:
        return Glob(((tuple(_tokens(text, kind)),),), segmented=False)
    _refuse_impossible(text, kind)
    groups: list[list[Segment]] = [[]]
    for segment in text.split("/"):
        if segment == _ANY_SEGMENTS:
            groups.append([])
        else:
            groups[-1].append(tuple(_tokens(segment, kind)))
    return joined(groups)


def joined(groups: list[list[Segment]]) -> Glob:
    """The glob of these groups; two `**` side by side say no more than one."""
    middle = [group for group in groups[1:-1] if group]
    return Glob(tuple(map(tuple, [groups[0], *middle, *groups[1:][-1:]])))


def _everything(kind: Kind) -> str:
    return _ANY_SEGMENTS if kind.segmented else "*"


def _refuse_impossible(text: str, kind: Kind) -> None:
    """Complain about what no path can be, with what was probably meant."""
    segments = text.split("/")
    meant = "/".join(segment for segment in segments if segment not in {"", ".", ".."})
    if not meant:
        raise InvalidGlob(f"no {kind} is like this: ** means every {kind}")
    if not segments[0]:
        raise InvalidGlob(f"no {kind} begins with /: write {quoted(meant)}")
    if not segments[-1]:
        meant = meant.removesuffix("/**")
        raise InvalidGlob(f"no {kind} ends with /: write {quoted(f'{meant}/**')} for all in it")
    if "" in segments:
        raise InvalidGlob(f"no {kind} has // in it: write {quoted(meant)}")
    if "." in segments or ".." in segments:
        raise InvalidGlob(f"no {kind} has a segment '.' or '..': write it from the root on")


def _tokens(text: str, kind: Kind) -> Iterator[Token]:
    """The tokens of one segment."""
    if _ANY_SEGMENTS in text:
        raise InvalidGlob(_glued(text, kind))
    for word in _TOKEN.findall(text):
        if word == "*":
            yield STAR
        elif word == "?":
            yield NO_SLASH if kind.segmented else ANYTHING
        elif word.startswith("["):
            yield _class(word, kind)
        else:
            yield Characters(((word, word),))


def _glued(segment: str, kind: Kind) -> str:
    if not kind.segmented:
        return f"** in a {kind} is no more than *: write *"
    parts = [part.strip("*") for part in segment.split(_ANY_SEGMENTS)]
    last = len(parts) - 1
    words = [
        f"{'*' if index else ''}{part}{'*' if index < last else ''}" if part else ""
        for index, part in enumerate(parts)
    ]
    spelled = "/**/".join(words).replace("/**//**/", "/**/").strip("/")
    return f"** stands for whole segments: write {quoted(spelled)}, or * within a segment"


def _class(word: str, kind: Kind) -> Characters:
    """The characters that `[...]` means."""
    if not word.endswith("]"):
        hint = ", and no [...] has / in it" if kind.segmented else ""
        raise InvalidGlob(f"the [ is not closed: write [[] for the character itself{hint}")
    inside = word[1:-1]
    if inside.startswith("^"):
        raise InvalidGlob(f"write {quoted(f'[!{inside[1:]}]')} for all other characters")
    negated = inside.startswith("!")
    members = inside[1:] if negated else inside
    if not members:
        raise InvalidGlob(f"{quoted(word)} names no character")
    ranges = tuple(_ranges(members))
    if kind.segmented:
        slash = (("/", "/"),) if negated else ()
        ranges = (*slash, *(part for each in ranges for part in _without_slash(*each)))
    return Characters(ranges, negated)


def _ranges(members: str) -> Iterator[tuple[str, str]]:
    """`a-cx` is `a` to `c`, and `x`; a `-` at either end is itself."""
    position = 0
    while position < len(members):
        first = last = members[position]
        if members[position + 1 : position + 2] == "-" and position + 2 < len(members):
            position += 2
            last = members[position]
        if last < first:
            raise InvalidGlob(f"write {quoted(f'{last}-{first}')}: a range goes upwards")
        yield first, last
        position += 1


def _without_slash(first: str, last: str) -> Iterator[tuple[str, str]]:
    if not first <= "/" <= last:
        yield first, last
        return
    if first < "/":
        yield first, "."
    if last > "/":
        yield "0", last
