"""Which files the change touches, how many, how large, and what their paths lead to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, product
from typing import Final

from warden_policies.model import Change, ChangedFile, EntryKind, FileChange
from warden_policies.prove.formula import (
    Formula,
    Is,
    Values,
    at_least,
    both,
    either,
    every,
    flag,
    implies,
    no,
    some,
)
from warden_policies.prove.part import CannotDraw, Need
from warden_policies.prove.parts.spans import Spans, meet, plus
from warden_policies.prove.texts.classes import Classes, classes_of
from warden_policies.prove.texts.patterns import Attribute, Pattern, TextNeed

_SPECIAL: Final = (EntryKind.SYMLINK, EntryKind.SUBMODULE, EntryKind.EXECUTABLE)


@dataclass(frozen=True, slots=True)
class FilesNeed:
    """The policy asks whether so many files are changed."""

    at_least: int


@dataclass(frozen=True, slots=True)
class LinesNeed:
    """The policy asks whether so many lines are changed, or added, or removed."""

    at_least: int
    which: str = "lines"
    """`lines` for both together, `additions` or `deletions`."""


@dataclass(frozen=True)
class Files:
    """For each case of paths whether some file is such; the counts; special entries.

    The plainest case is there unless the values say otherwise.
    """

    classes: Classes
    count: Spans
    lines: Spans
    additions: Spans
    deletions: Spans

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Files":
        """The files that a policy with these needs can tell apart."""
        known = list(needs)
        patterns = (
            need.pattern
            for need in known
            if isinstance(need, TextNeed) and need.attribute is Attribute.PATH
        )
        files = (need.at_least for need in known if isinstance(need, FilesNeed))
        lines = [need for need in known if isinstance(need, LinesNeed)]

        def spans(which: str, usual: int) -> Spans:
            return Spans.of(which, (one.at_least for one in lines if one.which == which), usual)

        return cls(
            classes_of(Attribute.PATH, patterns),
            Spans.of("files", (*files, 1), usual=1),
            spans("lines", 15),
            spans("additions", 15),
            spans("deletions", 0),
        )

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Each case of paths, both counts, and each kind of entry."""
        return {
            **{_name(number): 2 for number in self._cases},
            "files": len(self.count.bounds),
            **{each.name: len(each.bounds) for each in self._lines},
            **{f"entry.{kind}": 2 for kind in _SPECIAL},
        }

    @property
    def sparing(self) -> Values:
        """Without the usual file, if there is another."""
        return {_name(0): 1}

    @property
    def _lines(self) -> tuple[Spans, Spans, Spans]:
        return self.lines, self.additions, self.deletions

    @property
    def _cases(self) -> range:
        return range(len(self.classes.rows))

    @property
    def gaps(self) -> tuple[str, ...]:
        """Paths that are not told apart."""
        return self.classes.gaps

    @cached_property
    def always(self) -> Formula:
        """At most as many files as there are paths; half as many if all are renamed."""
        touched = [self.touched(number) for number in self._cases]
        many = [self.touched(at) for at in self._cases if not self.classes.is_single(at)]
        paths = (
            implies(self.count.reaches(mark), either(at_least(mark, touched), *many))
            for mark in self.count.marks
        )
        limits = (
            implies(Is("files", at), no(at_least(2 * last + 1, touched)))
            for at, (_, last) in enumerate(self.count.bounds)
            if last is not None
        )
        special = (implies(self.has_entry(kind), some(touched)) for kind in _SPECIAL)
        empty = (
            implies(spans.reaches(mark), self.any) for spans in self._lines for mark in spans.marks
        )
        return every((*limits, *special, *paths, *empty, *self._sums()))

    def _sums(self) -> Iterator[Formula]:
        """Lines are those added and those removed."""
        for added, removed in product(self.additions.bounds, self.deletions.bounds):
            together = (added[0] + removed[0], plus(added[1], removed[1]))
            both_are = both(self.additions.lies(added), self.deletions.lies(removed))
            fitting = (self.lines.lies(span) for span in self.lines.bounds if meet(span, together))
            yield implies(both_are, some(fitting))

    @cached_property
    def likely(self) -> Formula:
        """A path leads, and led, to one thing only; many files are of a case with easy names."""
        all_kinds = every(self.has_entry(kind) for kind in _SPECIAL)
        touched = [self.touched(number) for number in self._cases]
        easy = [self.touched(at) for at in self._cases if next(self.classes.more(at), None)]
        enough = (
            implies(self.count.reaches(mark), either(at_least(mark, touched), *easy))
            for mark in self.count.marks
        )
        return both(implies(all_kinds, at_least(2, touched)), *enough)

    def touched(self, number: int) -> Formula:
        """Some changed path is of this case."""
        return flag(_name(number)) if number else no(flag(_name(number)))

    def some_match(self, wanted: Sequence[Pattern], unwanted: Sequence[Pattern] = ()) -> Formula:
        """Some changed path matches one of `wanted` and none of `unwanted`."""
        return some(self.touched(number) for number in self._matching(wanted, unwanted))

    def all_match(self, wanted: Sequence[Pattern], unwanted: Sequence[Pattern] = ()) -> Formula:
        """There are changed paths, and each matches one of `wanted` and none of `unwanted`."""
        good = set(self._matching(wanted, unwanted))
        others = (no(self.touched(number)) for number in self._cases if number not in good)
        return both(some(self.touched(number) for number in good), *others)

    def _matching(self, wanted: Sequence[Pattern], unwanted: Sequence[Pattern]) -> Iterator[int]:
        for number, row in enumerate(self.classes.rows):
            if row.matched.intersection(wanted) and not row.matched.intersection(unwanted):
                yield number

    def has_entry(self, kind: EntryKind) -> Formula:
        """Some changed path leads, or led, to such an entry."""
        return flag(f"entry.{kind}")

    @property
    def any(self) -> Formula:
        """Some file is changed."""
        return some(self.touched(number) for number in self._cases)

    def draw(self, values: Values, change: Change) -> Change:
        """The files, their lines, and what GitHub counts."""
        cases = [at for at in self._cases if bool(values.get(_name(at))) != (at == 0)]
        files = self._with_entries(self._files(cases, values), values)
        added, removed = self._drawn_lines(values) if files else (0, 0)
        if files:
            files[0] = replace(files[0], additions=added, deletions=removed)
        return replace(
            change,
            files=tuple(files),
            changed_files=len(files),
            additions=added,
            deletions=removed,
        )

    def _drawn_lines(self, values: Values) -> tuple[int, int]:
        """Numbers in their spans whose sum is in its span: few are removed, if that may be."""
        total = self.lines.drawn(values.get("lines", 0))
        first, last = self.lines.bounds[values.get("lines", 0)]
        least, most = self.additions.bounds[values.get("additions", 0)]
        fewest, greatest = self.deletions.bounds[values.get("deletions", 0)]
        removed = max(fewest, total - most if most is not None else 0)
        added = max(least, total - removed)
        if last is not None:
            added = max(least, min(added, last - removed))
        fits = first <= added + removed and (last is None or added + removed <= last)
        if not fits or (greatest is not None and removed > greatest):
            raise CannotDraw("a change with so many lines added and removed")
        return added, removed

    def _files(self, cases: Sequence[int], values: Values) -> list[ChangedFile]:
        first, last = self.count.bounds[values.get("files", 0)]
        paths = [self.classes.rows[at].text for at in cases]
        moves = max(0, len(paths) - last) if last is not None else 0
        renamed = list(zip(paths[:moves], paths[moves : 2 * moves], strict=True))
        files = [ChangedFile(new, FileChange.RENAMED, previous_path=old) for old, new in renamed]
        files += [ChangedFile(path, FileChange.MODIFIED) for path in paths[2 * moves :]]
        missing = first - len(files)
        more = chain.from_iterable(self.classes.more(at) for at in cases)
        files += [ChangedFile(path, FileChange.MODIFIED) for path in islice(more, max(0, missing))]
        if len(files) < first:
            raise CannotDraw("a change with so many files of these paths")
        return files

    def _with_entries(self, files: list[ChangedFile], values: Values) -> list[ChangedFile]:
        kinds = [kind for kind in _SPECIAL if values.get(f"entry.{kind}")]
        if len(kinds) > 2 * len(files):
            raise CannotDraw("a change with so many kinds of entries in so few files")
        for at, kind in enumerate(kinds):
            file = files[at // 2]
            is_second = at % 2 == 1
            files[at // 2] = (
                replace(file, previous_entry=kind) if is_second else replace(file, entry=kind)
            )
        return files


def _name(number: int) -> str:
    return f"path.{number}"
