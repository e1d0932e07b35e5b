"""How much around a place is decoded: enough for a name and its value, and no piece of a word."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REACH = 400
"""Bytes before and behind a place."""
_LONGEST_WORD = 2_000
_WORD = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+/=.~-"


def stretches(data: bytes, places: "Sequence[int]", stops: bytes) -> "Iterator[tuple[int, int]]":
    """The bytes around the places, which rise, up to a stop; those close together are one."""
    first = last = places[0]
    for place in places:
        if place - last > 2 * REACH:
            yield _start(data, first, stops), _end(data, last, stops)
            first = place
        last = place
    yield _start(data, first, stops), _end(data, last, stops)


def _start(data: bytes, place: int, stops: bytes) -> int:
    farthest = max(0, place - REACH)
    before = data[farthest:place]
    stopped = max(before.rfind(stop) for stop in _each(stops))
    if stopped >= 0 or farthest == 0:
        return farthest + stopped + 1
    without_word = before.lstrip(_WORD)
    return _whole(data, place - len(without_word) if without_word else farthest)


def _end(data: bytes, place: int, stops: bytes) -> int:
    behind = data[place : place + REACH]
    stopped = [found for stop in _each(stops) if (found := behind.find(stop)) >= 0]
    if stopped:
        return place + min(stopped)
    farthest = place + len(behind)
    rest = data[farthest : farthest + _LONGEST_WORD]
    return _whole(data, farthest + len(rest) - len(rest.lstrip(_WORD)))


def _whole(data: bytes, place: int) -> int:
    """The place, or where the next character begins; what continues one has the bits 10......"""
    while place < len(data) and data[place] & 0xC0 == 0x80:
        place += 1
    return place


def _each(stops: bytes) -> "Iterator[bytes]":
    for place in range(len(stops)):
        yield stops[place : place + 1]
