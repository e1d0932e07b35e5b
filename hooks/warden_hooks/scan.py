"""The straight line from a source to its findings: match, merge, count, allow, redact.

Pure but for the engine it is given. The App calls `scan_source` on a pull request's added lines,
and records `secrets.rule_set.rule_set()`, which says what decided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warden_hooks.redact import Cover, fingerprint, masked, redacted
from warden_hooks.secrets.engine import NOT_DECODED, RawMatch, SecretEngine
from warden_hooks.secrets.merge import Merged, merge, plausible
from warden_hooks.source import Clean, LineIndex, Skipped, SkipReason, SourceFile
from warden_hooks.suppress import AllowedBy, Answer, Comments, answer, comments
from warden_policies.finding import Confidence, Finding, Location
from warden_policies.rules import PatternRule, secret_rules

if TYPE_CHECKING:
    from warden_hooks.history.facts import History
    from warden_hooks.patterns.scan import Ignored, Unchecked

# The same for everybody until a repository has its own, kept beside its allowances: it makes
# fingerprints useless in tables computed for other products, it does not hide a guessable value.
FINGERPRINT_KEY = b"changewarden/fingerprint/v1"
FingerprintKey = bytes | Callable[[], bytes]
"""A key, or what fetches it: only a finding is worth the search for the repository's own."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scan saw, and how much it looked at."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files: int = 0
    size: int = 0
    """Bytes scanned."""
    allowed: int = 0
    """Findings that a comment in the file allows."""
    new: frozenset[str] = frozenset()
    """Paths whose findings are all on lines that the next commit adds."""
    by_allowance: int = 0
    """Findings that the repository's allowances allow."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What is to be said about a finding beside the finding itself, by its fingerprint."""
    notes: tuple[str, ...] = ()
    """What is to be said about the scan as a whole."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """What the commits that findings name say they are about."""
    history: "History | None" = None
    """Where the findings come from, when it was the history that was scanned."""
    pattern_rules: str = ""
    """The digest of the rules that insecure patterns were looked for with; empty for none."""
    patterns: Mapping[str, PatternRule] = field(default_factory=dict)
    """The rules of the findings that are insecure patterns, by id."""
    ignored: tuple["Ignored", ...] = ()
    """The insecure patterns that a comment in the file allows."""
    elsewhere: int = 0
    """Insecure patterns on lines that are not new."""
    unchecked: tuple["Unchecked", ...] = ()
    """What could not be looked at for insecure patterns."""
    unavailable: str = ""
    """Why nothing was looked at for insecure patterns, although there was something to look at."""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """The findings of one source."""

    findings: tuple[Finding, ...] = ()
    allowed: int = 0
    remarks: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    """By fingerprint, of findings and of what a comment allows: what the fingerprint would be
    without the path, the same wherever the secret is."""
    skipped: tuple[Skipped, ...] = ()
    """The source itself, if there is a doubt about what counts of it."""


def scan(
    sources: Iterable[SourceFile | Skipped | Clean],
    engine: SecretEngine,
    key: FingerprintKey,
    least: Confidence = Confidence.MEDIUM,
) -> ScanResult:
    """Scan every source; `key` is what fingerprints are made with, `least` what is reported."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    new: set[str] = set()
    remarks: dict[str, str] = {}
    files = size = allowed = 0
    for source in sources:
        if isinstance(source, Skipped):
            skipped.append(source)
            continue
        files, size = files + 1, size + source.size
        if isinstance(source, Clean):
            continue
        if source.added is not None:
            new.add(source.path)
        result = scan_source(source, engine, key, least)
        skipped += result.skipped
        findings += result.findings
        allowed += result.allowed
        remarks |= result.remarks
    findings.sort(key=lambda finding: finding.location)
    return ScanResult(
        tuple(findings), tuple(skipped), files, size, allowed, frozenset(new), remarks=remarks
    )


def combined(results: Iterable[ScanResult]) -> ScanResult:
    """What scans of parts come to."""
    every = list(results)
    findings = [finding for result in every for finding in result.findings]
    findings.sort(key=lambda finding: finding.location)
    return ScanResult(
        tuple(findings),
        tuple(skipped for result in every for skipped in result.skipped),
        sum(result.files for result in every),
        sum(result.size for result in every),
        sum(result.allowed for result in every),
        frozenset().union(*(result.new for result in every)),
        remarks={name: text for result in every for name, text in result.remarks.items()},
    )


def joined(first: ScanResult, second: ScanResult) -> ScanResult:
    """What two scans of the same, each for other things, come to."""
    findings = sorted((*first.findings, *second.findings), key=lambda finding: finding.location)
    return ScanResult(
        tuple(findings),
        tuple(dict.fromkeys((*first.skipped, *second.skipped))),
        max(first.files, second.files),
        max(first.size, second.size),
        first.allowed + second.allowed,
        first.new | second.new,
        first.by_allowance + second.by_allowance,
        {**first.remarks, **second.remarks},
        tuple(dict.fromkeys((*first.notes, *second.notes))),
        {**first.subjects, **second.subjects},
        first.history or second.history,
        first.pattern_rules or second.pattern_rules,
        {**first.patterns, **second.patterns},
        first.ignored + second.ignored,
        first.elsewhere + second.elsewhere,
        first.unchecked + second.unchecked,
        first.unavailable or second.unavailable,
    )


def scan_source(
    source: SourceFile,
    engine: SecretEngine,
    key: FingerprintKey,
    least: Confidence = Confidence.MEDIUM,
) -> SourceResult:
    """The findings on the lines of one source that count and are at least so sure."""
    matches = sorted(set(engine.matches(source)), key=lambda match: (match.start, match.end))
    skipped = tuple(Skipped(source.path, reason) for reason in _doubts(source, matches))
    if not any(not match.doubt and match.confidence.reaches(least) for match in matches):
        return SourceResult(skipped=skipped)
    rules = secret_rules()
    sure = [match for match in plausible(matches, rules) if match.confidence.reaches(least)]
    excerpt = _Excerpt(source, matches)
    counted = [
        merged for merged in merge(sure, rules) if source.counts(*excerpt.lines(merged.match))
    ]
    findings: list[Finding] = []
    remarks: dict[str, str] = {}
    secrets: dict[str, str] = {}
    for merged in counted:
        finding = _finding(merged, source, excerpt, key)
        secrets[finding.fingerprint] = _fingerprint(merged.match, "", key)
        comment = excerpt.comment(merged.match)
        if not comment.allowed:
            findings.append(finding)
            if comment.remark:
                remarks[finding.fingerprint] = f"not ignored: {comment.remark}"
    return SourceResult(tuple(findings), len(counted) - len(findings), remarks, secrets, skipped)


def _doubts(source: SourceFile, matches: Iterable[RawMatch]) -> Iterator[SkipReason]:
    """Why not all of the source may have been seen as it is."""
    if not source.is_utf8:
        yield SkipReason.NOT_UTF8
    cut_off = [match for match in matches if match.doubt == NOT_DECODED]
    lines = _Excerpt(source, cut_off).lines if cut_off else None
    if lines and any(source.counts(*lines(match)) for match in cut_off):
        yield SkipReason.NOT_DECODED


class _Excerpt:
    """The lines of a source, by the matches in it; masked wherever anything matched."""

    def __init__(self, source: SourceFile, matches: Sequence[RawMatch]) -> None:
        self._source = source
        self._index = LineIndex(source.text)
        self._covers: dict[int, list[Cover]] = {}
        self._masked: dict[int, str] = {}
        self._comments: dict[int, Comments] = {}
        for match in matches:
            first, last = self.lines(match)
            for line in range(first, last + 1):
                cover = Cover(match.start, match.end, match.shown)
                self._covers.setdefault(line, []).append(cover)

    def lines(self, match: RawMatch) -> tuple[int, int]:
        """First and last line of a match, both included."""
        return self._index.position(match.start)[0], self._index.position(match.end - 1)[0]

    def location(self, match: RawMatch) -> Location:
        line, column = self._index.position(match.start)
        end_line, last_column = self._index.position(match.end - 1)
        return Location(self._source.path, line, column, end_line, last_column + 1)

    def masked_line(self, match: RawMatch) -> str:
        """The match's first line. Made once per line: a line of megabytes may hold thousands."""
        line = self.lines(match)[0]
        if line not in self._masked:
            bounds = self._index.bounds(line)
            self._masked[line] = masked(self._source.text, *bounds, self._covers[line])
        return self._masked[line]

    def comment(self, match: RawMatch) -> Answer:
        """What a comment in the source says about the match. Read once per line, as above."""
        if match.near:
            return answer(comments(AllowedBy(*match.near)), match.rule)
        line = self.lines(match)[0]
        if line not in self._comments:
            text = AllowedBy(self._line(line), self._line(line - 1) if line > 1 else "")
            self._comments[line] = comments(text)
        return answer(self._comments[line], match.rule)

    def _line(self, line: int) -> str:
        return self._source.text[slice(*self._index.bounds(line))].rstrip("\r")


def _finding(merged: Merged, source: SourceFile, excerpt: _Excerpt, key: FingerprintKey) -> Finding:
    match = merged.match
    rule = secret_rules()[match.rule]
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        location=excerpt.location(match),
        fingerprint=_fingerprint(match, source.path, key),
        redacted=redacted(source.text[match.start : match.end], match.shown),
        redacted_line=excerpt.masked_line(match),
        also=merged.also,
        confidence=merged.confidence,
        layers=match.layers,
    )


def _fingerprint(match: RawMatch, path: str, key: FingerprintKey) -> str:
    return fingerprint(key if isinstance(key, bytes) else key(), match.rule, match.secret, path)
