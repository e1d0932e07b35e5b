"""Bytes of JSON -> plain values, refusing what JSON parsers disagree about; and where a value is.

Refused: anything but UTF-8, more than `MAX_BYTES`, nesting deeper than `MAX_DEPTH`, the same key
twice in one object. Numbers that are no 64-bit integers come through as a float or out of range,
so that whoever expects a type refuses them with their place.
"""

import json
import re
from collections.abc import Generator, Iterator
from itertools import accumulate, islice
from typing import Final, TypeAlias

from warden_policies.problem import MAX_PROBLEMS, InvalidData, Mark, Path, Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32

# The closing quote is optional so that every match makes progress: linear on any input.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_BLANK = re.compile(r"[ \t\n\r]*")
_TOO_BIG = 2**64


def parse_json(data: bytes) -> object:
    """The plain value that `data` spells.

    Raises:
        InvalidData: with the line and column of the first thing wrong, or of every duplicate key.
    """
    text = _decode(data)
    if _seems_deep(text):
        _check_depth(text)
    twice = False

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal twice
        found = dict(pairs)
        twice = twice or len(found) != len(pairs)
        return found

    try:
        value: object = json.loads(text, object_pairs_hook=unique, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise _invalid(text, error.pos, f"not JSON: {error.msg}") from None
    if twice:
        raise InvalidData(tuple(islice(_duplicates(text), MAX_PROBLEMS)))
    return value


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        message = f"{len(data)} bytes, more than the {MAX_BYTES} that are read"
        raise InvalidData((Problem((), message, mark=Mark(1, 1)),))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        raise _invalid(before, len(before), "not UTF-8") from None


def _seems_deep(text: str) -> bool:
    """Whether brackets nest too deep. Of JSON it is never wrong; of what is none, it may be.

    Without its escapes the text between two quotes is a string, or between two strings, in turn:
    that is seen ten times as fast as by walking from string to string.
    """
    outside = text.replace("\\\\", "").replace('\\"', "").split('"')[::2]
    steps = (_STEPS[bracket] for bracket in _BRACKET.findall("".join(outside)))
    return max(accumulate(steps), default=0) > MAX_DEPTH


def _check_depth(text: str) -> None:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        depth += _STEPS.get(match[0], 0)
        if depth > MAX_DEPTH:
            raise _invalid(text, match.start(), f"nested deeper than {MAX_DEPTH} levels")


def _integer(digits: str) -> int:
    """Converting thousands of digits takes quadratic time: out of range is all that matters."""
    return int(digits) if len(digits) <= 20 else _TOO_BIG


def _duplicates(text: str) -> Iterator[Problem]:
    """The second and later occurrences of a key, but not what they contain."""
    first: dict[Path, int] = {}
    again: set[Path] = set()
    for path, key, _ in _walk(text):
        inside = path[:-1] in again
        if path not in first:
            first[path] = key
        elif not inside:
            line = mark_at(text, first[path]).line
            message = f"duplicate key, first on line {line}"
            yield Problem(path, message, mark=mark_at(text, key))
        if inside or first[path] != key:
            again.add(path)


def locate(text: str, paths: frozenset[Path]) -> dict[Path, tuple[Mark, Mark]]:
    """Where the key and the value at each of `paths` begin in the valid JSON `text`."""
    return {
        path: (mark_at(text, key), mark_at(text, value))
        for path, key, value in _walk(text)
        if path in paths
    }


def mark_at(text: str, offset: int) -> Mark:
    """The line and column, both from 1, of a character's offset."""
    start = text.rfind("\n", 0, offset) + 1
    return Mark(text.count("\n", 0, offset) + 1, offset - start + 1)


def _invalid(text: str, offset: int, message: str) -> InvalidData:
    return InvalidData((Problem((), message, mark=mark_at(text, offset)),))


_SCALARS = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)

_Place: TypeAlias = tuple[Path, int, int]
"""A value's path, where its key begins (without a key: where it begins), where it begins."""


def _walk(text: str) -> Iterator[_Place]:
    """Every value in valid JSON, in the order of the text."""
    start = _after_blank(text, 0)
    yield (), start, start
    yield from _walk_inside(text, start, ())


def _walk_inside(text: str, start: int, path: Path) -> Generator[_Place, None, int]:
    """The values inside the value at `start`, depth first; returns where that value ends."""
    if text[start] not in "[{":
        return _SCALARS.raw_decode(text, start)[1]
    at, index = _after_blank(text, start + 1), 0
    while text[at] not in "]}":
        key, name = at, index
        if text[start] == "{":
            name, at = _SCALARS.raw_decode(text, at)
            at = _after_blank(text, _after_blank(text, at) + 1)
        yield (*path, name), key, at
        at = _after_blank(text, (yield from _walk_inside(text, at, (*path, name))))
        at = _after_blank(text, at + 1) if text[at] == "," else at
        index += 1
    return at + 1


def _after_blank(text: str, start: int) -> int:
    match = _BLANK.match(text, start)
    return match.end() if match else start
