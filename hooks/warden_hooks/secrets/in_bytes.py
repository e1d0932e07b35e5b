"""Regexes for text turned into regexes for its UTF-8, which match wherever the others do.

A database that puts bytes together to characters is up to three times as slow as one that does
not. The regexes may match more, though ending where the others end: look-arounds and boundaries are
dropped, of what repeats at the start once is enough, a reference to a group stands for all that the
group can match, and a character beyond ASCII passes for any other wherever one can stand.
"""

import re
from collections.abc import Callable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_ASCII = frozenset(map(chr, range(0x80)))
_BEYOND = rb"\x80-\xff"
_WIDEST = 4
"""Bytes of one character."""
_FOLDED_TO_ASCII = {"i": rb"\xc4[\xb0\xb1]", "s": rb"\xc5\xbf", "k": rb"\xe2\x84\xaa"}
"""Where case is ignored, `re` takes Turkish i, with and without a dot, long s and Kelvin for
these."""
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_NOT_DIGIT: lambda one: not one.isdecimal(),
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
    sre.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    sre.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}
_ONE = {sre.IN, sre.ANY, sre.NOT_LITERAL, sre.LITERAL}


def in_bytes(regex: str, flags: int) -> bytes:
    """The regex for bytes, without comments. `flags` are those of `re`; that case is ignored is
    for the caller to tell the database.

    Raises:
        ValueError: the regex has something that is not known here.
    """
    tree = parser.parse(regex, flags)
    start, *rest = tree
    if start[0] in _REPEATS and start[1][0] > 0:
        start = (start[0], (1, 1, start[1][2]))
    return _Writer(tree.state.flags).written([start, *rest])


class _Writer:
    def __init__(self, flags: int) -> None:
        self._folds = bool(flags & re.IGNORECASE)
        self._dot_is_all = bool(flags & re.DOTALL)
        self._groups: dict[int, bytes] = {}

    def written(self, tree: Any) -> bytes:  # noqa: ANN401 - a parsed regex has no public type
        return b"".join(self._piece(operation, argument) for operation, argument in tree)

    def _piece(self, operation: Any, argument: Any) -> bytes:  # noqa: ANN401 - as above
        if operation in _ONE:
            return self._repeated(1, 1, [(operation, argument)])
        if operation in {sre.AT, sre.ASSERT, sre.ASSERT_NOT}:
            return b""
        if operation in _REPEATS:
            return self._repeated(*argument)
        if operation is sre.BRANCH:
            return b"(?:" + b"|".join(map(self.written, argument[1])) + b")"
        if operation is sre.SUBPATTERN:
            return self._group(*argument)
        if operation is sre.GROUPREF:
            return self._groups[argument]
        raise ValueError(f"{operation} is not known")

    def _group(self, number: int | None, added: int, dropped: int, tree: Any) -> bytes:  # noqa: ANN401
        if added or dropped:
            raise ValueError("flags for a part of a regex are not known")
        made = b"(?:" + self.written(tree) + b")"
        if number is not None:
            self._groups[number] = made
        return made

    def _repeated(self, least: int, most: int, tree: Any) -> bytes:  # noqa: ANN401 - as above
        operation, argument = tree[0]
        if len(tree) > 1 or operation not in _ONE:
            return b"(?:" + self.written(tree) + b")" + _counted(least, most)
        if operation is sre.LITERAL and argument < len(_ASCII):
            return self._letter(chr(argument)) + _counted(least, most)
        ascii_, beyond = self._members(operation, argument)
        members = b"".join(b"\\x%02x" % ord(one) for one in sorted(ascii_))
        if beyond and most is not sre.MAXREPEAT:
            most *= _WIDEST
        return b"[" + members + (_BEYOND if beyond else b"") + b"]" + _counted(least, most)

    def _letter(self, letter: str) -> bytes:
        plain = re.escape(letter).encode()
        folded = _FOLDED_TO_ASCII.get(letter.lower()) if self._folds else None
        return b"(?:%b|%b)" % (plain, folded) if folded else plain

    def _members(self, operation: Any, argument: Any) -> tuple[frozenset[str], bool]:  # noqa: ANN401
        """What of ASCII stands for the character, and whether anything beyond it may."""
        if operation is sre.ANY:
            return (_ASCII if self._dot_is_all else _ASCII - {"\n"}), True
        items = argument if operation is sre.IN else [(operation, argument)]
        ascii_ = frozenset().union(*(_ascii(*item) for item in items))
        if self._folds:
            ascii_ |= frozenset(map(str.swapcase, ascii_))
        negated = operation is sre.NOT_LITERAL or items[0][0] is sre.NEGATE
        beyond = negated or any(map(_reaches_beyond, items))
        folded = self._folds and not ascii_.isdisjoint(_FOLDED_TO_ASCII)
        return (_ASCII - ascii_ if negated else ascii_), beyond or folded


def _ascii(kind: Any, value: Any) -> frozenset[str]:  # noqa: ANN401 - as above
    """The members of ASCII that one item of a class names."""
    if kind in {sre.LITERAL, sre.NOT_LITERAL}:
        return _ASCII & {chr(value)}
    if kind is sre.RANGE:
        return _ASCII.intersection(map(chr, range(value[0], value[1] + 1)))
    if kind is sre.CATEGORY:
        return frozenset(filter(_CATEGORIES[value], _ASCII))
    return frozenset()  # that it is negated


def _reaches_beyond(item: Any) -> bool:  # noqa: ANN401 - as above
    kind, value = item
    if kind is sre.RANGE:
        return bool(value[1] >= len(_ASCII))
    return kind is sre.CATEGORY or (kind is sre.LITERAL and value >= len(_ASCII))


def _counted(least: int, most: int) -> bytes:
    if most is sre.MAXREPEAT:
        return b"{%d,}" % least
    return b"" if least == most == 1 else b"{%d,%d}" % (least, most)
