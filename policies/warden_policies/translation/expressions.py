"""What a regular expression of RE2 says, as far as it is simple: sequences of tokens.

Known are literal characters and their escapes, `.`, classes such as `[a-z]` and `[^/]`, `\\d` and
`\\w`, groups with alternatives, the repetitions `?`, `*`, `+` and `{2,3}`, and the anchors `^` and
`$` at the ends of an alternative. Everything else is `Unknown`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

_MOST: Final = 200
_CLASS = re.compile(r"\[(\^?)((?:[A-Za-z0-9_./ -]|\\[-./])+)\]")
_COUNT = re.compile(r"\{([0-9]{1,2})(?:,([0-9]{1,2}))?\}")
_ESCAPED = re.compile(r"\\[^A-Za-z0-9]")
_SHORT: Final = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_SPECIAL: Final = "\\.[]{}()*+?^$|"


class Unknown(ValueError):
    """The expression says something that is not known here."""


@dataclass(frozen=True, slots=True)
class Token:
    """One character or a run of them, as a glob spells it; a `/` that it may be as well."""

    glob: str
    may_be_slash: bool = False


ANY: Final = Token("?", may_be_slash=True)
ANY_RUN: Final = Token(".*", may_be_slash=True)
SEGMENT_RUN: Final = Token("*")
NO_SLASH: Final = Token("?")


@dataclass(frozen=True, slots=True)
class Sequence:
    """Tokens that stand one after the other. When `widened`, they match more than was said."""

    tokens: tuple[Token, ...] = ()
    widened: bool = False

    def __add__(self, other: "Sequence") -> "Sequence":
        """Both, one after the other."""
        return Sequence(self.tokens + other.tokens, self.widened or other.widened)


def sequences(pattern: str) -> Iterator[Sequence]:
    """The sequences of which one must be the whole text, so that `pattern` is found in it.

    Raises:
        Unknown: it cannot be told.
    """
    if len(pattern) > 1000:
        raise Unknown
    for text in _alternatives(pattern):
        start, inside, end = _anchors(text)
        around = (
            Sequence((ANY_RUN,)) if not start else Sequence(),
            Sequence((ANY_RUN,)) if not end else Sequence(),
        )
        reader = _Reader(inside)
        for middle in reader.whole():
            yield _tidied(around[0] + middle + around[1])


def _tidied(sequence: Sequence) -> Sequence:
    """Without runs that another run beside them makes superfluous."""
    tokens: list[Token] = []
    for token in sequence.tokens:
        last = tokens[-1] if tokens else None
        if token == ANY_RUN and last in (ANY_RUN, SEGMENT_RUN):
            tokens[-1] = ANY_RUN
        elif not (token == SEGMENT_RUN and last in (ANY_RUN, SEGMENT_RUN)):
            tokens.append(token)
    return Sequence(tuple(tokens), sequence.widened)


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts between the `|` that lie in no group and no class."""
    depth, start, index = 0, 0, 0
    while index < len(pattern):
        sign = pattern[index]
        if sign == "\\":
            index += 1
        elif sign == "[":
            found = _CLASS.match(pattern, index)
            if not found:
                raise Unknown
            index = found.end() - 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            yield pattern[start:index]
            start = index + 1
        index += 1
    yield pattern[start:]


def _anchors(text: str) -> tuple[bool, str, bool]:
    start = text.startswith("^")
    inside = text[1:] if start else text
    escapes = len(inside[:-1]) - len(inside[:-1].rstrip("\\"))
    end = inside.endswith("$") and escapes % 2 == 0
    return start, inside[:-1] if end else inside, end


class _Reader:
    """Reads an expression without anchors from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def whole(self) -> list[Sequence]:
        """What all of the text says."""
        found = self._alternation()
        if self._at < len(self._text):
            raise Unknown
        return found

    def _alternation(self) -> list[Sequence]:
        found = self._concatenation()
        while self._peek() == "|":
            self._at += 1
            found += self._concatenation()
        return found

    def _concatenation(self) -> list[Sequence]:
        found = [Sequence()]
        while self._peek() not in ("", "|", ")"):
            found = _pairs(found, self._repeated(self._atom()))
        return found

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _atom(self) -> list[Sequence]:
        if self._peek() == "(":
            return self._group()
        return [Sequence((self._token(),))]

    def _group(self) -> list[Sequence]:
        self._at += 3 if self._text.startswith("(?:", self._at) else 1
        if self._peek() == "?":
            raise Unknown
        found = self._alternation()
        if self._peek() != ")":
            raise Unknown
        self._at += 1
        return found

    def _token(self) -> Token:
        sign = self._peek()
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape()
        self._at += 1
        if sign == ".":
            return ANY
        if sign in _SPECIAL or not sign.isprintable():
            raise Unknown
        return _literal(sign)

    def _class(self) -> Token:
        found = _CLASS.match(self._text, self._at)
        if not found:
            raise Unknown
        self._at = found.end()
        inside = found[2].replace("\\", "")
        if found[1] and inside == "/":
            return NO_SLASH
        if "/" in inside or inside != inside.strip("-"):
            raise Unknown
        return Token(f"[{'!' if found[1] else ''}{inside}]", may_be_slash=bool(found[1]))

    def _escape(self) -> Token:
        short = self._text[self._at : self._at + 2]
        self._at += 2
        if short in _SHORT:
            return Token(f"[{_SHORT[short]}]")
        if not _ESCAPED.fullmatch(short) or not short[1].isprintable():
            raise Unknown
        return _literal(short[1])

    def _repeated(self, atom: list[Sequence]) -> list[Sequence]:
        sign = self._peek()
        counted = _COUNT.match(self._text, self._at)
        if counted:
            self._at = counted.end()
            found = _times(atom, int(counted[1]), int(counted[2] or counted[1]))
        elif sign in ("?", "*", "+") and sign:
            self._at += 1
            found = [Sequence(), *atom] if sign == "?" else _run(atom, at_least_one=sign == "+")
        else:
            return atom
        if self._peek() == "?":  # taking little or much is the same where only fitting is asked
            self._at += 1
        if self._peek() in ("*", "+", "{", "?") and self._peek():
            raise Unknown
        return found


def _literal(sign: str) -> Token:
    return Token(f"[{sign}]" if sign in "*?[" else sign)


def _run(atom: list[Sequence], *, at_least_one: bool) -> list[Sequence]:
    """A repetition; of anything but any characters a glob can only say where it begins."""
    runs = {ANY: ANY_RUN, NO_SLASH: SEGMENT_RUN}
    single = atom[0].tokens[0] if len(atom) == 1 and len(atom[0].tokens) == 1 else None
    if single in runs and single is not None:
        run = Sequence((runs[single],))
        return [atom[0] + run] if at_least_one else [run]
    wide = Sequence((ANY_RUN,), widened=True)
    return _pairs(atom, [wide]) if at_least_one else [Sequence(), *_pairs(atom, [wide])]


def _times(atom: list[Sequence], least: int, most: int) -> list[Sequence]:
    if most < least or most > 10:
        raise Unknown
    found: list[Sequence] = []
    for times in range(least, most + 1):
        repeated = [Sequence()]
        for _ in range(times):
            repeated = _pairs(repeated, atom)
        found += repeated
    return found


def _pairs(left: list[Sequence], right: list[Sequence]) -> list[Sequence]:
    if len(left) * len(right) > _MOST:
        raise Unknown
    return [one + other for one, other in product(left, right)]
