"""`size`: how many lines and files."""

from collections.abc import Iterator

from warden_policies.predicates.size import Size
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import Formula, every, no
from warden_policies.prove.part import Need
from warden_policies.prove.parts.files import FilesNeed, LinesNeed
from warden_policies.prove.parts.spans import Spans
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Size) -> Iterator[Need]:
    yield from map(LinesNeed, _marks(arguments.more_lines_than, arguments.fewer_lines_than))
    yield from map(FilesNeed, _marks(arguments.more_files_than, arguments.fewer_files_than))


def _marks(more: int | None, fewer: int | None) -> Iterator[int]:
    if more is not None:
        yield more + 1
    if fewer is not None:
        yield fewer


@word("size", needs=_needs)
def size(arguments: Size, sketch: Sketch) -> Answer:
    """Both counts lie between the limits."""
    lines = _limits(sketch.files.lines, arguments.more_lines_than, arguments.fewer_lines_than)
    files = _limits(sketch.files.count, arguments.more_files_than, arguments.fewer_files_than)
    return met_or_failed(every((*lines, *files)))


def _limits(number: Spans, more: int | None, fewer: int | None) -> Iterator[Formula]:
    if more is not None:
        yield number.reaches(more + 1)
    if fewer is not None:
        yield no(number.reaches(fewer))
