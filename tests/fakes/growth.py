"""How work grows with its input: a ratio of two runs on one machine, never a number of seconds."""

import time
from collections.abc import Callable

QUADRATIC = 10.0
"""Between the growth of linear work (4) and that of quadratic work (16) when input is fourfold."""

_ROUNDS = 3
_TOO_QUICK_SECONDS = 0.05


def growth(run: Callable[[int], object], size: int) -> float:
    """CPU time for `size` over CPU time for a quarter of it.

    Work that is too quick to be measured at full size is bounded whatever its shape: 1.
    """
    large = min(_seconds(run, size) for _ in range(_ROUNDS))
    if large < _TOO_QUICK_SECONDS:
        return 1.0
    return large / min(_seconds(run, size // 4) for _ in range(_ROUNDS))


def _seconds(run: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    run(size)
    return time.process_time() - start
