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


def every_way(regex: bytes) -> list[bytes]:
    """Texts that the regex probably matches, as short as may be: each alternative has its turn,
    each count is its least and one and two more, each word whose case is ignored is in both."""
    return _ways(parser.parse(regex))


def _ways(tree: Any) -> list[bytes]:
    """The first way of everything, then each other way of one thing beside the first of the
    others: as many as there are ways, not as there are combinations of them."""
    things = [_ways_of(operation, argument) for operation, argument in tree]
    first = [ways[0] for ways in things]
    found = [b"".join(first)]
    for place, (_, *others) in enumerate(things):
        found += [b"".join([*first[:place], way, *first[place + 1 :]]) for way in others]
    return found


def _ways_of(operation: Any, argument: Any) -> list[bytes]:
    if operation is sre.BRANCH:
        return [way for tree in argument[1] for way in _ways(tree)]
    if operation is sre.SUBPATTERN:
        ways = _ways(argument[3])
        ignores_case = argument[1] & sre.SRE_FLAG_IGNORECASE
        return [both for way in ways for both in (way, way.swapcase())] if ignores_case else ways
    if operation is sre.MAX_REPEAT:
        least, most, tree = argument
        ways = _ways(tree)
        counts = range(least, min(most, least + 2) + 1)
        return [way * count for count in counts for way in (ways if 0 < count <= 2 else ways[:1])]
    if operation is sre.IN:
        members = _members(argument)
        return [members[place : place + 1] for place in (len(members) // 2, 0)]
    if operation is sre.GROUPREF:  # of detect-secrets; what it refers to is always a quote
        return [b'"', b"'", b"`"]
    return [_piece(operation, argument, random.Random(0))]


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
