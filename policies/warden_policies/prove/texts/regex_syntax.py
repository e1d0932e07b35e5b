r"""RE2's regular expressions as trees, as far as policies use them.

Understood are literals, `.`, classes, anchors, `\b`, groups, alternation, repetition and the flags
`i`, `m` and `s`. Everything else (`\pL`, classes that are cut out of others) is refused, so that
nothing is ever taken for something that it is not. The text was accepted by RE2 before.
"""

from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, field, replace
from typing import Final

from warden_policies.glob_syntax import Characters
from warden_policies.prove.texts.syntax import (
    ANY,
    At,
    Choice,
    NotFollowed,
    Often,
    One,
    Row,
    Spot,
    Tree,
)

_DIGITS: Final = (("0", "9"),)
_SPACES: Final = (("\t", "\n"), ("\f", "\r"), (" ", " "))
_WORDS: Final = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
_CLASSES: Final = {"d": _DIGITS, "s": _SPACES, "w": _WORDS}
_POSIX: Final = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "digit": _DIGITS,
    "lower": (("a", "z"),),
    "upper": (("A", "Z"),),
    "space": (("\t", "\r"), (" ", " ")),
    "word": _WORDS,
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}
_CONTROLS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_SPOTS: Final = {
    "A": Spot.TEXT_BEGINS, "z": Spot.TEXT_ENDS, "b": Spot.WORD_EDGE, "B": Spot.NO_WORD_EDGE,
}  # fmt: skip
_ALSO: Final = {"k": "\u212a", "s": "\u017f"}
"""Letters beyond ASCII that RE2 takes for the same when case does not matter."""


@dataclass(frozen=True, slots=True)
class _Flags:
    any_case: bool = False
    lines: bool = False
    dot_is_all: bool = False


def parse_regex(text: str) -> Tree:
    """The tree of a regular expression, which is looked for anywhere in a text.

    Raises:
        NotFollowed: it has something that is not understood here.
    """
    reader = _Reader(text)
    tree = reader.alternatives(_Flags())
    if reader.at != len(text):
        raise NotFollowed(f"')' without '(' at {reader.at + 1}")
    return tree


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = field(default=0)

    def alternatives(self, flags: _Flags) -> Tree:
        """All up to the end, or the `)` that closes the group."""
        rows: list[Tree] = []
        row: list[Tree] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self._take("|"):
                rows.append(Row(tuple(row)))
                row = []
            elif (changed := self._flags_from_here(flags)) is not None:
                flags = changed
            else:
                row.append(self._repeated(self._atom(flags)))
        rows.append(Row(tuple(row)))
        return rows[0] if len(rows) == 1 else Choice(tuple(rows))

    def _take(self, word: str) -> bool:
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise NotFollowed("it ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def _flags_from_here(self, flags: _Flags) -> _Flags | None:
        """The flags after `(?i)`; None, and nothing is read, for anything else."""
        start = self.at
        if self._take("(?") and (changed := self._flags(flags)) and self._take(")"):
            return changed
        self.at = start
        return None

    def _flags(self, flags: _Flags) -> _Flags | None:
        on = True
        while self.at < len(self.text) and self.text[self.at] in "imsU-":
            word = self._next()
            match word:
                case "-":
                    on = False
                case "i":
                    flags = replace(flags, any_case=on)
                case "m":
                    flags = replace(flags, lines=on)
                case "s":
                    flags = replace(flags, dot_is_all=on)
        return flags

    def group(self, flags: _Flags) -> Tree:
        """What stands up to `)`."""
        if self._take("?"):
            if self._take("P<") or self._take("<"):
                self.at = self.text.index(">", self.at) + 1
            else:
                flags = self._flags(flags) or flags
                if not self._take(":"):
                    raise NotFollowed("a group that is no plain one")
        tree = self.alternatives(flags)
        if not self._take(")"):
            raise NotFollowed("'(' without ')'")
        return tree

    def _atom(self, flags: _Flags) -> Tree:
        sign = self._next()
        if sign in _OPENING:
            return _OPENING[sign](self, flags)
        if sign == ".":
            return ANY if flags.dot_is_all else _NO_LINE_FEED
        if sign == "^":
            return At(Spot.LINE_BEGINS if flags.lines else Spot.TEXT_BEGINS)
        if sign == "$":
            return At(Spot.LINE_ENDS if flags.lines else Spot.TEXT_ENDS)
        return _one(((sign, sign),), flags)

    def escaped(self, flags: _Flags) -> Tree:
        r"""What `\` and the next character mean."""
        word = self._next()
        if word in _SPOTS:
            return At(_SPOTS[word])
        if word == "Q":
            end = self.text.find("\\E", self.at)
            quoted = self.text[self.at :] if end < 0 else self.text[self.at : end]
            self.at = len(self.text) if end < 0 else end + 2
            return Row(tuple(_one(((sign, sign),), flags) for sign in quoted))
        if word.lower() in _CLASSES:
            return One(Characters(_CLASSES[word.lower()], negated=word.isupper()))
        sign = self._character(word)
        return _one(((sign, sign),), flags)

    def _character(self, word: str) -> str:
        r"""The character after `\`."""
        if word in _CONTROLS:
            return _CONTROLS[word]
        if word == "x":
            digits = self._hexadecimal()
            return chr(int(digits, 16))
        if word.isalnum():
            raise NotFollowed(f"\\{word}")
        return word

    def _hexadecimal(self) -> str:
        if not self._take("{"):
            return self._next() + self._next()
        end = self.text.index("}", self.at)
        digits, self.at = self.text[self.at : end], end + 1
        return digits

    def class_(self, flags: _Flags) -> Tree:
        """The characters up to `]`."""
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        while not ranges or not self._take("]"):
            ranges += self._member()
        folded = tuple(_folded(ranges)) if flags.any_case else tuple(ranges)
        return One(Characters(folded, negated))

    def _member(self) -> Iterator[tuple[str, str]]:
        if self._take("[:"):
            end = self.text.index(":]", self.at)
            name, self.at = self.text[self.at : end], end + 2
            if name not in _POSIX:
                raise NotFollowed(f"[:{name}:]")
            yield from _POSIX[name]
            return
        sign = self._next()
        if sign == "\\":
            word = self._next()
            if word.lower() in _CLASSES:
                if word.isupper():
                    raise NotFollowed(f"\\{word} in a class")
                yield from _CLASSES[word]
                return
            sign = self._character(word)
        last = sign
        if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
            self.at += 1
            last = self._next()
            last = self._character(self._next()) if last == "\\" else last
        yield sign, last

    def _repeated(self, tree: Tree) -> Tree:
        while (bounds := self._bounds()) is not None:
            tree = Often(tree, *bounds)
            self._take("?")
        return tree

    def _bounds(self) -> tuple[int, int | None] | None:
        if self._take("*"):
            return 0, None
        if self._take("+"):
            return 1, None
        if self._take("?"):
            return 0, 1
        start = self.at
        if self._take("{"):
            inside, closed, _ = self.text[self.at :].partition("}")
            least, comma, most = inside.partition(",")
            if closed and least.isdigit() and (not most or most.isdigit()):
                self.at += len(inside) + 1
                return int(least), int(most) if most else None if comma else int(least)
        self.at = start
        return None


_NO_LINE_FEED: Final = One(Characters((("\n", "\n"),), negated=True))
_OPENING: Final[Mapping[str, Callable[[_Reader, _Flags], Tree]]] = {
    "(": _Reader.group,
    "[": _Reader.class_,
    "\\": _Reader.escaped,
}


def _one(ranges: tuple[tuple[str, str], ...], flags: _Flags) -> Tree:
    return One(Characters(tuple(_folded(ranges)) if flags.any_case else ranges))


def _folded(ranges: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The ranges in both cases; only of ASCII is it known what RE2 takes for the same."""
    for first, last in ranges:
        yield first, last
        if not last.isascii():
            raise NotFollowed("letters beyond ASCII whose case does not matter")
        for code in range(ord(first), ord(last) + 1):
            sign = chr(code)
            for other in (sign.swapcase(), _ALSO.get(sign.lower(), sign)):
                if other != sign:
                    yield other, other
