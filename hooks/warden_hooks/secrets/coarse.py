"""Regexes made coarser for the database: they match all that the exact ones match, and more.

What a hit means is found out by the rule's own regex. A database of coarse patterns is a fraction
of the size, and every commit has to load it.
"""

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from string import ascii_letters, digits
from typing import Any

VALUE_BEGINS, VALUE_ENDS = rb"""["'`]{0,3}(""", rb")(?:[^\w+/=-]|$)"
"""What stands around the value in every regex made by `assignment`."""

_WORD = frozenset((ascii_letters + digits + "_-").encode())
_CLASSES = ((_WORD, rb"[\w-]"), (_WORD | frozenset(b"+/=.:~"), rb"[\w+/=.:~-]"))
_LEAST = (64, 40, 32, 24, 20, 16, 12, 8, 6, 4)
_ANY = frozenset(range(256))

_LONGEST_COUNT = 8
_COUNTS = re.compile(
    rb"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|\{(?P<least>\d+)(?:,(?P<most>\d+))?\}|.", re.DOTALL
)


def coarse_value(rest: bytes) -> tuple[bytes, int]:
    """What follows the names, with any value of at least nearly that length in its alphabet, and
    that length; 0 where the value has to stay as it is."""
    before, begins, value = rest.partition(VALUE_BEGINS)
    if not begins or not value.endswith(VALUE_ENDS):
        return rest, 0
    tree = parser.parse(value.removesuffix(VALUE_ENDS))
    used = _alphabet(tree)
    members = next((members for letters, members in _CLASSES if used <= letters), None)
    least = next((least for least in _LEAST if least <= tree.getwidth()[0]), None)
    if members is None or least is None:
        return rest, 0
    return before + begins + members + b"{%d,}" % least + VALUE_ENDS, least


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
