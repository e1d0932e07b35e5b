"""`size: {fewer_lines_than: 400}`: the change is so large, or so small."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.constraints import AtLeast, Given
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.problem import Path
from warden_policies.text import amount

_Limit: TypeAlias = Annotated[int, AtLeast(0)] | None


@dataclass(frozen=True, slots=True)
class Size:
    """All that is given must hold. Lines are those added and those removed, together."""

    more_lines_than: _Limit = None
    fewer_lines_than: _Limit = None
    more_files_than: _Limit = None
    fewer_files_than: _Limit = None


@dataclass(frozen=True, slots=True)
class Possible:
    """There is a size between the limits."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about limits that leave no number."""
        if not isinstance(value, Size):
            return
        for more, fewer, noun in (
            (value.more_lines_than, value.fewer_lines_than, "lines"),
            (value.more_files_than, value.fewer_files_than, "files"),
        ):
            least = -1 if more is None else more
            if fewer is not None and fewer <= least + 1:
                limits = f"more than {more} and " if more is not None else ""
                yield (f"fewer_{noun}_than",), f"no number of {noun} is {limits}fewer than {fewer}"


SomeSize: TypeAlias = Annotated[
    Size,
    Given(("more_lines_than", "fewer_lines_than", "more_files_than", "fewer_files_than")),
    Possible(),
]

_EXAMPLES = (
    Example("small", Size(fewer_lines_than=16), SAMPLE, Outcome.PASS, "15 lines in 2 files"),
    Example(
        "not small enough",
        Size(fewer_lines_than=15, fewer_files_than=3),
        SAMPLE,
        Outcome.FAIL,
        "15 lines in 2 files: not fewer than 15 lines",
    ),
    Example(
        "large in one way only",
        Size(more_lines_than=10, more_files_than=10),
        SAMPLE,
        Outcome.FAIL,
        "15 lines in 2 files: not more than 10 files",
    ),
    Example(
        "large",
        Size(more_lines_than=1000),
        replace(SAMPLE, additions=2000),
        Outcome.PASS,
        "2003 lines in 2 files",
    ),
)


def _describe(arguments: Size) -> str:
    limits = (
        ("more", arguments.more_lines_than, "line"),
        ("fewer", arguments.fewer_lines_than, "line"),
        ("more", arguments.more_files_than, "file"),
        ("fewer", arguments.fewer_files_than, "file"),
    )
    given = [f"{which} than {amount(n, noun)}" for which, n, noun in limits if n is not None]
    return f"the change has {' and '.join(given)}"


@predicate("size", arguments=SomeSize, examples=_EXAMPLES, condition=True, describe=_describe)
def size(arguments: Size, change: Change) -> Result:
    """The change has more, or fewer, lines or files than that, as GitHub counts them."""
    lines, files = change.additions + change.deletions, change.changed_files
    limits = (
        (lines, arguments.more_lines_than, arguments.fewer_lines_than, "line"),
        (files, arguments.more_files_than, arguments.fewer_files_than, "file"),
    )
    broken = ", ".join(limit for each in limits for limit in _broken(*each))
    counts = f"{amount(lines, 'line')} in {amount(files, 'file')}"
    return yes_or_no(
        "size",
        f"{counts}: not {broken}" if broken else counts,
        Action(opener_of(change), f"divide the changes so that there are {broken}"),
        holds=not broken,
    )


def _broken(number: int, more: int | None, fewer: int | None, noun: str) -> Iterator[str]:
    if more is not None and number <= more:
        yield f"more than {amount(more, noun)}"
    if fewer is not None and number >= fewer:
        yield f"fewer than {amount(fewer, noun)}"
