"""The straight line from sources to findings: look, count, ignore, mask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from warden_hooks.patterns.core import Hit, Trouble
from warden_hooks.patterns.distinct import Distinct, Placed, distinct
from warden_hooks.patterns.engine import Looked, PatternEngine, Subject
from warden_hooks.patterns.excerpt import Allowed, Covers, Excerpt
from warden_hooks.patterns.pack import Rule
from warden_hooks.redact import fingerprint
from warden_hooks.source import SourceFile
from warden_policies.finding import Finding
from warden_policies.rules.pattern_rule import PatternRule


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding, the text that names it, and what is to be said about it."""

    finding: Finding
    text: str = field(repr=False)
    remark: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that a comment in the file allows, for whoever wants to know."""

    finding: Finding
    text: str = field(repr=False)
    reason: str
    by: str
    """The word of the comment."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A file that could not be looked at as it should, and why."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class PatternResult:
    """What there is in some sources."""

    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, PatternRule] = field(default_factory=dict)
    """The rules of these findings, by id."""
    ignored: tuple[Ignored, ...] = ()
    elsewhere: int = 0
    """Findings on lines that do not count."""
    unchecked: tuple[Unchecked, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, Hit] = field(default_factory=dict, repr=False)
    """By fingerprint, the hits behind the findings that the engine can mend."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By fingerprint, the text that the fingerprint was made from."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """What sources are looked at with."""

    engine: PatternEngine
    rules: Mapping[str, Rule]
    covers: Covers
    key: Callable[[], bytes]
    everywhere: bool = False
    """Whether lines count that are not new, too."""

    def scan(self, sources: Sequence[SourceFile]) -> PatternResult:
        """The findings in the sources.

        Raises:
            EngineError: the engine gave no answer.
        """
        subjects = [_subject(source) for source in sources]
        parts = [
            self._of_one(source, subject, looked)
            for source, subject, looked in zip(
                sources, subjects, self.engine.look(subjects), strict=True
            )
            if looked.hits or looked.troubles
        ]
        return combined(parts)

    def _of_one(self, source: SourceFile, subject: Subject, looked: Looked) -> PatternResult:
        excerpt = Excerpt(source, subject.data, self.covers)
        placed = distinct(
            Placed(excerpt.location(hit), hit, self.rules[hit.rule].about) for hit in looked.hits
        )
        counted = [
            each
            for each in placed
            if self.everywhere or source.counts(each.place.line, each.place.end_line)
        ]
        noted = [_noted(each, excerpt, self.key()) for each in counted]
        findings = tuple(item for item in noted if isinstance(item, Noted))
        return PatternResult(
            tuple(item.finding for item in findings),
            {item.finding.rule: self.rules[item.finding.rule].about for item in noted},
            tuple(item for item in noted if isinstance(item, Ignored)),
            len(placed) - len(counted),
            tuple(
                _unchecked(source.path, trouble)
                for trouble in looked.troubles
                if self.everywhere or _counts(source, trouble)
            ),
            {item.finding.fingerprint: item.remark for item in findings if item.remark},
            _fixes(counted, noted),
            {item.finding.fingerprint: item.text for item in noted},
        )


def _fixes(places: Sequence[Distinct], noted: Sequence[Noted | Ignored]) -> dict[str, Hit]:
    return {
        item.finding.fingerprint: place.hit
        for place, item in zip(places, noted, strict=True)
        if place.hit.fix is not None and isinstance(item, Noted)
    }


def _counts(source: SourceFile, trouble: Trouble) -> bool:
    """Whether it is about lines that count: what stood there before is no news."""
    return trouble.lines is None or any(
        source.counts(lines.start, lines.stop - 1) for lines in trouble.lines
    )


def _unchecked(path: str, trouble: Trouble) -> Unchecked:
    place = f"line {trouble.lines[0].start} " if trouble.lines else ""
    rule = f"rule {trouble.rule} " if trouble.rule else ""
    return Unchecked(path, f"{place}{rule}{trouble.what}")


def _noted(each: Distinct, excerpt: Excerpt, key: bytes) -> "Noted | Ignored":
    """The finding, and what a comment in the file says about it."""
    text = excerpt.identity(each)
    name = fingerprint(key, each.rule.id, text, excerpt.path)
    finding = excerpt.finding(each, name)
    allowed = excerpt.comment(each)
    if isinstance(allowed, Allowed):
        return Ignored(finding, text, allowed.reason, allowed.by)
    return Noted(finding, text, allowed)


def combined(parts: Iterable[PatternResult]) -> PatternResult:
    """What scans of parts come to."""
    every = list(parts)
    findings = sorted(
        (finding for part in every for finding in part.findings), key=lambda item: item.location
    )
    return PatternResult(
        tuple(findings),
        {name: rule for part in every for name, rule in part.rules.items()},
        tuple(item for part in every for item in part.ignored),
        sum(part.elsewhere for part in every),
        tuple(item for part in every for item in part.unchecked),
        {name: text for part in every for name, text in part.remarks.items()},
        {name: hit for part in every for name, hit in part.fixes.items()},
        {name: text for part in every for name, text in part.texts.items()},
    )


def _subject(source: SourceFile) -> Subject:
    data = source.text.encode()
    return Subject(source.path, source.blob or blob_name(data), data)


def blob_name(data: bytes) -> str:
    """What git would call the content."""
    import hashlib  # noqa: PLC0415 - only for what did not come from git

    head = b"blob %d\0" % len(data)
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()
