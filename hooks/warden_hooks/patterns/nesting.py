"""Texts that are nested so deeply that no parser should be asked.

The engine's parser takes a time that grows with the square of the depth, and the engine's own
limits of time begin only behind it: one file would keep all others from being looked at.
"""

from itertools import accumulate

DEEPEST = 10_000
"""Brackets open at once. What people and generators write stays below a thousand."""
_OPEN, _CLOSE = b"([{", b")]}"
_DEPTH = bytes(1 if byte in _OPEN else 255 if byte in _CLOSE else 0 for byte in range(256))
_OTHERS = bytes(byte for byte in range(256) if byte not in _OPEN + _CLOSE)


def is_too_deep(data: bytes) -> bool:
    """Whether more brackets are open at one place than any parser is asked to follow.

    Brackets in texts and comments count, too: to tell them apart takes a parser.
    """
    if sum(map(data.count, (b"(", b"[", b"{"))) <= DEEPEST:
        return False
    brackets = memoryview(data.translate(_DEPTH, _OTHERS)).cast("b")
    return max(accumulate(brackets)) > DEEPEST
