"""Texts that a regex matches, made by walking the regex as `re` parses it."""

import random
from collections.abc import Callable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    sre.CATEGORY_DIGIT: b"0123456789",
    sre.CATEGORY_WORD: b"abcXYZ019_",
    sre.CATEGORY_SPACE: b" \t",
    sre.CATEGORY_NOT_SPACE: b"aZ0_-.=",
    sre.CATEGORY_NOT_WORD: b" -.=\"'",
    sre.CATEGORY_NOT_DIGIT: b"aZ_ ",
}
_REPEATS_BEYOND_THE_LEAST = 40


def matching(regex: bytes, chance: random.Random) -> bytes:
    """A text that the regex probably matches: boundaries are not arranged for."""
    return _text(parser.parse(regex), chance)


def _text(tree: Any, chance: random.Random) -> bytes:
    return b"".join(_piece(operation, argument, chance) for operation, argument in tree)


def _piece(operation: Any, argument: Any, chance: random.Random) -> bytes:
    make = _PIECES.get(operation)
    return make(argument, chance) if make else b""  # a boundary


def _group(argument: Any, chance: random.Random) -> bytes:
    text = _text(argument[3], chance)
    return text.swapcase() if argument[1] & sre.SRE_FLAG_IGNORECASE else text


def _repeat(argument: Any, chance: random.Random) -> bytes:
    least, most, tree = argument
    times = chance.randint(least, min(most, least + _REPEATS_BEYOND_THE_LEAST))
    return b"".join(_text(tree, chance) for _ in range(times))


_PIECES: dict[Any, Callable[[Any, random.Random], bytes]] = {
    sre.LITERAL: lambda argument, _: bytes([argument]),
    sre.NOT_LITERAL: lambda argument, _: b"a" if argument != ord("a") else b"b",
    sre.ANY: lambda _, __: b"x",
    sre.IN: lambda argument, chance: bytes([chance.choice(_members(argument))]),
    sre.BRANCH: lambda argument, chance: _text(chance.choice(argument[1]), chance),
    sre.SUBPATTERN: _group,
    sre.MAX_REPEAT: _repeat,
}


def _members(argument: Any) -> bytes:
    members = bytearray()
    for operation, value in argument:
        if operation is sre.LITERAL:
            members.append(value)
        elif operation is sre.RANGE:
            members += bytes(range(value[0], value[1] + 1))
        elif operation is sre.CATEGORY:
            members += _CATEGORIES[value]
    if argument[0][0] is sre.NEGATE:
        return bytes(byte for byte in b" \n\"';,aZ0_-=" if byte not in members)
    return bytes(members)
