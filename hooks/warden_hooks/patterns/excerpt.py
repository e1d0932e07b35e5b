"""A source by the places in it: lines and columns, what may be shown, what comments say."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warden_hooks.patterns.core import Hit
from warden_hooks.patterns.distinct import Distinct
from warden_hooks.redact import LONGEST_REDACTED, MASK, Cover, masked
from warden_hooks.source import LineIndex, SourceFile
from warden_hooks.suppress import AllowedBy, Comments, answer, comments
from warden_policies.finding import Finding, Location
from warden_policies.rules.pattern_rule import PatternRule

Covers = Callable[[SourceFile], Sequence[Cover]]
"""What of a text must not be shown, since it may be a secret."""
NOSEMGREP, OURS = "nosemgrep", "changewarden: ignore"
_VARIABLE = re.compile(r"\$[A-Z][A-Z0-9_]*")
_LONGEST_VARIABLE = 60
_BEFORE_VALUE = re.compile(r"[=:\"'\s]")


@dataclass(frozen=True, slots=True)
class Allowed:
    """That a comment allows a finding, for what reason, and the comment's word."""

    reason: str
    by: str


class Excerpt:
    """A source, whose places the engine tells in bytes."""

    def __init__(self, source: SourceFile, data: bytes, covers: Covers) -> None:
        """`data` is the source's text as the engine had it; `covers` what in it is masked."""
        self._source = source
        self._data = data
        self._index = LineIndex(source.text)
        self._find_covers = covers
        self._covers: Sequence[Cover] | None = None
        self._seen: Counter[tuple[str, str]] = Counter()

    @property
    def path(self) -> str:
        """What the source is called."""
        return self._source.path

    def location(self, hit: Hit) -> Location:
        """Where a hit is, in lines and in characters."""
        line, column = self._index.position(self._offset(hit.start))
        end_line, end_column = self._index.position(self._offset(hit.end))
        return Location(self._source.path, line, column, end_line, end_column)

    def _offset(self, position: int) -> int:
        return len(self._data[:position].decode("utf-8", "replace"))

    def identity(self, each: Distinct) -> str:
        """What names a finding: its lines, without what formatting may change, and a number for
        each that follows a line like it."""
        first, last = each.place.line, each.place.end_line
        start, end = self._index.bounds(first)[0], self._index.bounds(last)[1]
        text = " ".join(self._source.text[start:end].split())
        self._seen[each.rule.id, text] += 1
        number = self._seen[each.rule.id, text]
        return text if number == 1 else f"{text}#{number}"

    def finding(self, each: Distinct, name: str) -> Finding:
        """The finding; `name` is its fingerprint."""
        place, rule = each.place, each.rule
        line = self._masked_line(place, rule)
        last = place.end_column - 1 if place.end_line == place.line else len(line)
        return Finding(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            location=place,
            fingerprint=name,
            redacted=line[place.column - 1 : last][:LONGEST_REDACTED],
            redacted_line=line,
            also=each.also,
            confidence=rule.confidence,
            blocks=rule.blocks,
            cwe=rule.cwe,
            message=self._message(each.hit, rule),
        )

    def _masked_line(self, place: Location, rule: PatternRule) -> str:
        start, end = self._index.bounds(place.line)
        line = masked(self._source.text, start, end, self._covers_in(start, end))
        if not rule.secret:
            return line
        value = _BEFORE_VALUE.search(line, place.column - 1)
        shown = value.start() if value else len(line)
        return line[:shown] + MASK * (len(line) - shown)

    def _covers_in(self, start: int, end: int) -> list[Cover]:
        if self._covers is None:
            self._covers = self._find_covers(self._source)
        return [cover for cover in self._covers if cover.start < end and cover.end > start]

    def _message(self, hit: Hit, rule: PatternRule) -> str:
        if not hit.variables or rule.secret:
            return rule.message
        return _VARIABLE.sub(lambda match: self._variable(hit, match[0]), rule.message)

    def _variable(self, hit: Hit, name: str) -> str:
        if name not in hit.variables:
            return name
        start, end = map(self._offset, hit.variables[name])
        text = " ".join(masked(self._source.text, start, end, self._covers_in(start, end)).split())
        return text if len(text) <= _LONGEST_VARIABLE else f"{text[:_LONGEST_VARIABLE]}…"

    def comment(self, each: Distinct) -> Allowed | str:
        """That a comment allows a finding; else what is to be said of one that does not."""
        if each.hit.ignored:
            return Allowed("", NOSEMGREP)
        line = each.place.line
        before = self._line(line - 1) if line > 1 else ""
        found = comments(AllowedBy(self._line(line), before))
        # What other tools' comments allow is secrets.
        ours = Comments(ours=found.ours)
        said = answer(ours, each.rule.id, needs_reason=each.rule.blocks)
        if said.allowed:
            return Allowed(said.reason, OURS)
        return f"not ignored: {said.remark}" if said.remark else ""

    def _line(self, line: int) -> str:
        return self._source.text[slice(*self._index.bounds(line))].rstrip("\r")
