"""Secrets that their context gives away, read in a text at the places that a prefilter names."""

from collections.abc import Iterable, Iterator
from re import Match

from warden_hooks.secrets.context import forms, gift, names, places, values, ways
from warden_hooks.secrets.context.cut import PARTED, cut, inside_a_string
from warden_hooks.secrets.context.verdict import HIGH, LOW, MEDIUM, verdict
from warden_hooks.secrets.encrypted import is_sealed
from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.windows import Characters, pattern, regions
from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence

RULES = {kind: f"generic-{kind}" for kind in names.KINDS}
"""The rule that names a secret of the kind."""
_LEVELS = {HIGH: Confidence.HIGH, MEDIUM: Confidence.MEDIUM, LOW: Confidence.LOW}
_IN_NAMES = frozenset(b"_-.$0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") | {
    *range(0x80, 0x100)
}
_LONGEST_NAME = 100
_MARGIN = 2
_COMMANDS = (b"ENV", b"ARG", b"set", b"setx", b"SET")
"""Words after which a name and its value follow without an operator."""
_ENDS_OF_STRINGS = (b'"', b"'", b"`", b"\\")
_PASSED = names.Telling(names.PASSWORD, strong=False)
"""What the last of several arguments of a function that logs in is."""

_Found = tuple[int, int, str, int, str]
"""Where a value begins and ends in the data, what its name tells, the verdict."""


def context_matches(
    source: SourceFile, data: bytes, hits: Iterable[tuple[int, int]], *, exact: bool
) -> Iterator[RawMatch]:
    """The candidates at places: pairs of a form's number and an offset into `data`.

    `data` is the source's text in UTF-8; `exact` says that the offsets are ends of matches, not of
    keywords.
    """
    kind = places.kind(source.path, source.layers)
    if kind == places.OFF:
        return
    reader = _Reader(data, source.path, kind)
    found: set[_Found] = set()
    by_form: dict[int, list[int]] = {}
    for number, end in hits:
        by_form.setdefault(number, []).append(end)
    for number, ends in by_form.items():
        form = forms.FORMS[number]
        reach = _MARGIN + (0 if exact else form.width)
        for start, stop in regions(ends, form.width, reach, len(data)):
            for match in _each(form, data, start, stop):
                found.update(reader.read(form.id, match))
    offsets = None if len(source.text) == len(data) else Characters(data)
    for start, end, told, level, doubt in sorted(found):
        span = offsets.span(start, end) if offsets else (start, end)
        secret = source.text[slice(*span)]
        yield RawMatch(RULES[told], *span, secret, 0, doubt, _LEVELS.get(level, Confidence.LOW))


def _each(form: forms.Form, data: bytes, start: int, stop: int) -> Iterator[Match[bytes]]:
    """Every match that begins at a root in the region, also those inside of others."""
    regex = pattern(form.regex)
    for root in pattern(form.roots).finditer(data[start:stop].lower()):
        # No match is wider than its form: where the region ends is not where the text does.
        place = start + root.start()
        if match := regex.match(data, place, place + form.width):
            yield match


class _Reader:
    """Turns matches in one source into candidates."""

    def __init__(self, data: bytes, path: str, kind: str) -> None:
        self._data = data
        self._kind = kind
        self._sample, self._spaced = places.is_sample(path), places.is_spaced(path)

    def read(self, way: str, match: Match[bytes]) -> Iterator[_Found]:
        """The candidate in a match, if it is one."""
        start, end = match.span(match.lastindex or 1)
        first = self._name_start(match.start(1))
        if way == ways.FLAG and not self._is_flag(first):
            return
        if self._is_bare(way, end):
            if self._kind == places.CODE and not inside_a_string(self._data, first, start, end):
                return
            strict = self._kind != places.CONFIGURATION
            end = start + len(cut(self._data[start:end], strict=strict))
        name = self._text(first, match.end(1))
        told = _PASSED if way == ways.CALL else names.telling(name)
        if told is None or start == end:
            return
        given = self._given(way, name, match.end(1), start, end, first)
        if given == gift.NOT_GIVEN:
            return
        value = self._text(start, end)
        level, doubt = verdict(told, value, sample=self._sample, loose=given == gift.NEAR)
        if is_sealed(value, self._data):
            doubt = "encrypted"
        yield start, end, told.kind, level, doubt

    def _given(self, way: str, name: str, after: int, start: int, end: int, first: int) -> str:  # noqa: PLR0913, PLR0917
        if way == ways.SPACED:
            line = self._data[self._data.rfind(b"\n", 0, first) + 1 : first]
            return gift.GIVEN if self._spaced or b"#define" in line else gift.NEAR
        if way not in {ways.QUOTED, ways.BARE}:
            return gift.GIVEN
        if self._is_in_a_reference(first):
            return gift.NOT_GIVEN
        return gift.how_given(name, self._text(after, start), self._bracket(first, end))

    def _bracket(self, first: int, end: int) -> str:
        before, behind = self._data[max(0, first - 2) : first], self._data[end : end + 3]
        pairs = (("(", b")"), ("{", b"}"))
        return next((one for one, other in pairs if one.encode() in before and other in behind), "")

    def _is_in_a_reference(self, first: int) -> bool:
        """Whether the name is a piece of an address: `arn:aws:secretsmanager:...:secret:...`."""
        before = self._data[max(0, first - _LONGEST_NAME) : first].translate(PARTED)
        return values.is_reference(self._data[first - len(before.rpartition(b" ")[2]) : first])

    def _is_bare(self, way: str, end: int) -> bool:
        if way == ways.PAIR:
            return self._data[end : end + 1] not in _ENDS_OF_STRINGS
        return way in {ways.BARE, ways.FLAG}

    def _is_flag(self, first: int) -> bool:
        before = self._data[max(0, first - 12) : first].split()
        return self._data[first] == ord("-") or bool(before and before[-1] in _COMMANDS)

    def _name_start(self, start: int) -> int:
        first = max(0, start - _LONGEST_NAME)
        while start > first and self._data[start - 1] in _IN_NAMES:
            start -= 1
        return start

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode("utf-8", "replace")
