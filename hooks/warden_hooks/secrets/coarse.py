"""Regexes made coarser for the database: they match all that the exact ones match, and more.

What a hit means is found out by the rule's own regex. A database of coarse patterns is a fraction
of the size, and every commit has to load it.
"""

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from string import ascii_letters, digits
from typing import Any

_NAMES_BEGIN, _NAMES_END = b"(?i:", rb")(?i:[\w.-]{0,40})"
_VALUE_BEGINS, _VALUE_ENDS = rb"""["'`]{0,3}(""", rb")(?:[^\w+/=-]|$)"
"""What stands around names and value in every regex made by `assignment`."""

_BETWEEN_WORDS, _WORD_BEGINS = rb"[\s_.-]{0,2}", rb"(?:\b|_)"
_EITHER = re.compile(rb"\|(?!_\))")
_WORD_ENDS = re.compile(rb"([a-z0-9])(?=\[\\s_\.-\]\{0,2\})")
_IN_NO_TEXT = rb"\x0e-\x1f\xf5-\xff"
"""Bytes that neither UTF-8 nor any other text has."""

_WORD = frozenset((ascii_letters + digits + "_-").encode())
_CLASSES = ((_WORD, rb"[\w-]"), (_WORD | frozenset(b"+/=.:~"), rb"[\w+/=.:~-]"))
_LEAST = (64, 40, 32, 24, 20, 16, 12, 8, 6, 4)
_ANY = frozenset(range(256))

_LONGEST_COUNT = 8
_COUNTS = re.compile(
    rb"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|\{(?P<least>\d+)(?:,(?P<most>\d+))?\}|.", re.DOTALL
)


def names_and_rest(regex: bytes) -> tuple[bytes, bytes]:
    """The alternative names in a regex made by `assignment`, and what follows them; no names in
    another one."""
    head, end, rest = regex.partition(_NAMES_END)
    names = head.removeprefix(_NAMES_BEGIN)
    try:
        re.compile(names)
    except re.error:  # a group that began before the names
        return b"", regex
    return (names, end + rest) if end and names != head else (b"", regex)


def words_of(names: bytes) -> list[list[bytes]]:
    """The words of each of the names."""
    each = _EITHER.split(names) if names else []
    return [name.removeprefix(_WORD_BEGINS).split(_BETWEEN_WORDS) for name in each]


def without_pairs(names: bytes) -> bytes:
    """The names, with many bytes more for the last letter of each word before another one.

    Vectorscan 5.4.12 skips over text that has none of a few pairs of bytes in it, and forgets to
    look at the last two bytes of what it skips (mended by its pull request 368). So it could lose
    `r2secret`, because the text before `secret` ends with the pair it waits for. A pair with many
    second bytes is none that it would wait for.
    """
    return _WORD_ENDS.sub(lambda letter: b"[" + letter[1] + _IN_NO_TEXT + b"]", names)


def with_names(names: list[bytes], rest: bytes) -> bytes:
    """The other way round, with the names of many rules."""
    return _NAMES_BEGIN + b"|".join(names) + rest


def coarse_value(rest: bytes) -> bytes:
    """What follows the names, with any value of at least nearly that length in its alphabet."""
    before, begins, value = rest.partition(_VALUE_BEGINS)
    if not begins or not value.endswith(_VALUE_ENDS):
        return rest
    tree = parser.parse(value.removesuffix(_VALUE_ENDS))
    used = _alphabet(tree)
    members = next((members for letters, members in _CLASSES if used <= letters), None)
    least = next((least for least in _LEAST if least <= tree.getwidth()[0]), None)
    if members is None or least is None:
        return rest
    return before + begins + members + b"{%d,}" % least + _VALUE_ENDS


def _alphabet(tree: Any) -> frozenset[int]:  # noqa: ANN401 - a parsed regex has no public type
    """The bytes that a match can consist of; all of them where that is not plain to see."""
    return frozenset().union(*(_bytes_of(operation, argument) for operation, argument in tree))


def _bytes_of(operation: Any, argument: Any) -> frozenset[int]:  # noqa: ANN401 - as above
    if operation is sre.LITERAL:
        return frozenset([argument])
    if operation is sre.IN:
        return frozenset().union(*(_members(*item) for item in argument))
    if operation is sre.MAX_REPEAT:
        return _alphabet(argument[2])
    if operation is sre.BRANCH:
        return frozenset().union(*map(_alphabet, argument[1]))
    if operation is sre.SUBPATTERN:
        found = _alphabet(argument[3])
        folded = frozenset(chr(byte).swapcase().encode("latin-1")[0] for byte in found & _WORD)
        return found | folded if argument[1] & sre.SRE_FLAG_IGNORECASE else found
    return frozenset() if operation is sre.AT else _ANY


def _members(kind: Any, value: Any) -> frozenset[int]:  # noqa: ANN401 - as above
    if kind is sre.LITERAL:
        return frozenset([value])
    if kind is sre.RANGE:
        return frozenset(range(value[0], value[1] + 1))
    if kind is sre.CATEGORY and value in (sre.CATEGORY_DIGIT, sre.CATEGORY_WORD):
        return _WORD
    return _ANY


def cut_short(regex: bytes, longest: int = _LONGEST_COUNT) -> bytes:
    """The regex with long counts open upwards: `{20,200}` and `{36}` become `{8,}`."""

    def opened(part: re.Match[bytes]) -> bytes:
        if part["least"] is None:
            return part[0]
        least = int(part["least"])
        if int(part["most"] or least) <= longest:
            return part[0]
        return b"{%d,}" % min(least, longest)

    return _COUNTS.sub(opened, regex)
