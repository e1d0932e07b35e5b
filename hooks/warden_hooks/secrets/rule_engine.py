"""Our rules behind the seam: places from a prefilter, each confirmed by the rule's own regex.

What is found does not depend on the prefilter. Around its places regions are searched that hold
every match whole; regions that touch are one. So no match reaches into a region from outside, and
searching the regions gives what searching the whole text would give.
"""

from collections.abc import Iterable, Iterator, Sequence

from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.judge import place_doubt, verdict
from warden_hooks.secrets.prefilter import RUN, Prefilter
from warden_hooks.secrets.rule_table import CompiledRule
from warden_hooks.secrets.windows import Characters, pattern, regions
from warden_hooks.source import SourceFile

_MARGIN = 2
"""Bytes behind a match that a boundary or a final `$` has to see."""

Hits = Iterable[tuple[int, int]]


class RuleEngine:
    """`SecretEngine` over a table of rules."""

    def __init__(self, table: Sequence[CompiledRule], prefilter: Prefilter) -> None:
        self._table = table
        self._prefilter = prefilter
        self.rung = prefilter.name

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every candidate in the source, doubtful ones included."""
        data = source.text.encode("utf-8", "replace")
        yield from self.confirmed(source.text, data, self._prefilter.hits(data))

    def confirmed(self, text: str, data: bytes, hits: Hits) -> Iterator[RawMatch]:
        """The candidates at the given places. `data` is `text` in UTF-8."""
        offsets = None if len(text) == len(data) else Characters(data)
        exact = self._prefilter.ends_are_exact
        for index, ends in sorted(_by_rule(hits).items()):
            rule = self._table[index]
            before, behind = (RUN, 0) if exact else (0, rule.width)
            reach = behind + _MARGIN
            for start, stop in regions(ends, rule.width + before, reach, len(data)):
                for found in search(rule, data, start, stop):
                    span = offsets.span(*found) if offsets else found
                    yield raw_match(rule, text, *span)


def _by_rule(hits: Hits) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for rule, end in hits:
        found.setdefault(rule, []).append(end)
    return found


def search(rule: CompiledRule, data: bytes, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The spans of the secrets that the rule's regex finds from `start` on, as in all of `data`."""
    # A place may stand for many rules that only differ in names.
    text = data[start:stop].lower()
    if not any(keyword in text for keyword in rule.keywords):
        return
    regex = pattern(rule.regex)
    while found := regex.search(data, start, stop):
        start = found.start() + 1
        if found.end() + 1 >= stop:  # the region's end may have passed for the text's
            found = regex.match(data, found.start(), found.start() + rule.width + _MARGIN)
        if found:
            yield found.span(found.lastindex or 0)
            start = max(found.end(), start)


def raw_match(rule: CompiledRule, text: str, start: int, end: int) -> RawMatch:
    """The match that the rule's secret at `text[start:end]` is, with what speaks against it."""
    secret = text[start:end]
    doubt, confidence = verdict(rule, secret)
    doubt = doubt or place_doubt(text, start, end)
    return RawMatch(rule.id, start, end, secret, rule.shown, doubt, confidence)
