"""Which lines of a file are new: those that stand in no earlier version of it. Pure."""

from collections.abc import Iterable, Iterator


def new_lines(text: str, before: Iterable[str]) -> tuple[range, ...]:
    """The line numbers, from 1, of the lines of `text` that none of the texts `before` has.

    A line that only moved is not new. With nothing before, all of them are.
    """
    known = {line for earlier in before for line in earlier.split("\n")}
    return tuple(
        _runs(number for number, line in enumerate(text.split("\n"), 1) if line not in known)
    )


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Rising numbers as ranges."""
    run = range(0)
    for number in numbers:
        if run and number == run.stop:
            run = range(run.start, number + 1)
            continue
        if run:
            yield run
        run = range(number, number + 1)
    if run:
        yield run
