"""CODEOWNERS: who owns which file, read as GitHub documents it.

The last line whose pattern matches a path names its owners; a line without owners gives the path to
nobody. Patterns are those of `.gitignore`, except that `!`, `[...]` and `\\#` mean nothing and that
`docs/*` stays in its folder. GitHub skips a line that it cannot read, and so do we, saying so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from warden_policies.actors import AccountName, Actors, TeamName
from warden_policies.glob_syntax import NO_SLASH, STAR, Characters, Glob, Segment, Token, joined
from warden_policies.globs import regex
from warden_policies.text import quoted

MAX_CHARACTERS: Final = 3_000_000
"""GitHub loads no larger file."""


@dataclass(frozen=True, slots=True)
class OwnedPaths:
    """One line: the paths that its pattern matches belong to these owners."""

    line: int
    pattern: str
    owners: Actors
    addresses: tuple[str, ...] = ()
    """E-mail addresses: owners whom no review can be told to be by."""

    @property
    def by_nobody(self) -> bool:
        """Whether the line takes the paths from whoever an earlier line gave them to."""
        return self.owners.empty and not self.addresses


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """The whole file. `skipped` are the lines that could not be read, each with why."""

    rules: tuple[OwnedPaths, ...]
    skipped: tuple[str, ...]
    of: Callable[[str], OwnedPaths | None]
    """The line that decides about a path; None when no line does."""


class UnreadableLine(ValueError):
    """A line that GitHub skips. The message says why."""


class TooLarge(ValueError):
    """The file is larger than GitHub reads."""


@lru_cache(maxsize=32)
def parse_code_owners(text: str) -> CodeOwners:
    """What a CODEOWNERS file says.

    Raises:
        TooLarge: GitHub would not load it, so nobody can say who owns anything.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"CODEOWNERS has more than {MAX_CHARACTERS} characters")
    rules: list[OwnedPaths] = []
    patterns: list[str] = []
    skipped: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = list(_words(line))
        if not words:
            continue
        try:
            pattern = regex(_glob(words[0]))
            rules.append(_rule(number, words))
            patterns.append(pattern)
        except UnreadableLine as error:
            skipped.append(f"CODEOWNERS line {number}: {error}")
    return CodeOwners(tuple(rules), tuple(skipped), _finder(rules, patterns))


def _finder(rules: list[OwnedPaths], patterns: list[str]) -> Callable[[str], OwnedPaths | None]:
    # One group for each rule, the last one first: the first group to match is the one that counts.
    either = "|".join(f"({pattern})" for pattern in reversed(patterns))
    match = re.compile(either, re.DOTALL).fullmatch

    # The same change is decided on again and again, whenever somebody says something.
    @lru_cache(maxsize=4096)
    def find(path: str) -> OwnedPaths | None:
        found = match(path)
        return rules[-found.lastindex] if found and found.lastindex else None

    return find


_WORD: Final = re.compile(r"(?:[^\s\\]|\\.)+|\\$")


def _words(line: str) -> Iterator[str]:
    """The pattern and the owners, as they are spelled; `#` at the start of a word ends the line."""
    for word in _WORD.findall(line):
        if word.startswith("#"):
            return
        yield word


def _rule(number: int, words: list[str]) -> OwnedPaths:
    pattern, *owners = words
    people, teams, addresses = [], [], []
    for owner in owners:
        name = owner.removeprefix("@")
        if name == owner and 0 < owner.find("@") < len(owner) - 1:
            addresses.append(owner)
        elif name != owner and not any(AccountName().broken(name)) and "#" not in name:
            people.append(name)
        elif name != owner and not any(TeamName().broken(name)) and "#" not in name:
            teams.append(name)
        else:
            raise UnreadableLine(f"{quoted(owner)} is no owner such as @bob or @acme/payments")
    return OwnedPaths(number, pattern, Actors(tuple(people), tuple(teams)), tuple(addresses))


def _glob(pattern: str) -> Glob:
    """The paths that a pattern matches."""
    if pattern.startswith("!"):
        raise UnreadableLine("a pattern cannot be negated with !")
    if pattern.startswith("\\#"):
        raise UnreadableLine("a pattern cannot begin with #, not even after \\")
    body = pattern.removeprefix("/")
    inside = body.endswith("/")
    segments = [_segment(text) for text in body.removesuffix("/").split("/")]
    if not all(segment is None or segment for segment in segments):
        raise UnreadableLine(f"{quoted(pattern)} has an empty segment")
    if body == pattern and len(segments) == 1:
        segments.insert(0, None)
    if inside or segments[-1] is None:
        segments += [None, (STAR,)]
    elif segments[-1] != (STAR,):
        segments.append(None)
    groups: list[list[Segment]] = [[]]
    for segment in segments:
        if segment is None:
            groups.append([])
        else:
            groups[-1].append(segment)
    return joined(groups)


_TOKEN: Final = re.compile(r"\\.|\*+|.", re.DOTALL)


def _segment(text: str) -> Segment | None:
    """The tokens of one segment; None for `**`."""
    if text == "**":
        return None
    return tuple(map(_token, _TOKEN.findall(text)))


def _token(word: str) -> Token:
    if word.startswith("*"):
        return STAR
    if word == "?":
        return NO_SLASH
    if word in "[]":
        raise UnreadableLine("a pattern cannot have [ or ]")
    character = word[-1]
    return Characters(((character, character),))
