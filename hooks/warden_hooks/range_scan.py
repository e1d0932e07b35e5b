"""The straight line from the commits of a range to what they bring in.

Each content is read once and scanned whole. Only where that finds anything it is worked out which
commits brought the content in, and which of its lines were new.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from warden_hooks import commits, git
from warden_hooks.commits import Change
from warden_hooks.new_lines import new_lines
from warden_hooks.redact import Cover, masked
from warden_hooks.scan import (
    FINGERPRINT_KEY,
    FingerprintKey,
    ScanResult,
    SourceResult,
    scan_source,
)
from warden_hooks.secrets.engine import SecretEngine
from warden_hooks.source import Skipped, SkipReason, SourceFile, read_source
from warden_policies.finding import Confidence, Finding

_REFUSED = {"160000": SkipReason.SUBMODULE, "120000": SkipReason.SYMBOLIC_LINK}


@dataclass(frozen=True, slots=True)
class Version:
    """One content of one file, and the changes that brought it in, parents before children."""

    source: SourceFile | Skipped
    changes: Sequence[Change]


def versions(changes: Iterable[Change], blobs: git.Blobs, max_bytes: int) -> Iterator[Version]:
    """Every content of every file, each blob read once.

    Raises:
        GitError: an object is missing or damaged.
    """
    by_blob: dict[str, dict[tuple[str, SkipReason | None], list[Change]]] = {}
    for change in changes:
        called = (change.path, _REFUSED.get(change.mode))
        by_blob.setdefault(change.blob, {}).setdefault(called, []).append(change)
    for blob, by_name in by_blob.items():
        read = cache(blobs.read)
        for (path, refused), brought in by_name.items():
            if refused:
                yield Version(Skipped(path, refused), brought)
            else:
                yield Version(read_source(path, read(blob, max_bytes), max_bytes), brought)


@dataclass(frozen=True, slots=True)
class RangeScanner:
    """What a scan of commits works with."""

    engine: SecretEngine
    blobs: git.Blobs
    least: Confidence
    max_bytes: int
    key: FingerprintKey = FINGERPRINT_KEY

    def scan(self, changes: Sequence[Change]) -> ScanResult:
        """What the changes bring in; a secret of several commits is a finding of the first.

        Raises:
            GitError: an object is missing or damaged.
        """
        place = {change.commit: number for number, change in enumerate(changes)}
        renames = cache(commits.renames)
        found: list[Finding] = []
        skipped: dict[Skipped, None] = {}  # in order, and each once for all versions of a file
        remarks: dict[str, str] = {}
        files = size = allowed = 0
        for version in versions(changes, self.blobs, self.max_bytes):
            source = version.source
            if isinstance(source, Skipped):
                skipped[source] = None
                continue
            files, size = files + 1, size + source.size
            whole = self._scanned(source)
            if whole == SourceResult():
                continue
            for commit, result in self._brought_in(source, version.changes, renames):
                skipped |= dict.fromkeys(result.skipped)
                found += [replace(finding, commit=commit) for finding in result.findings]
                allowed += result.allowed
                remarks |= result.remarks
        findings = _of_first_commits(found, place)
        return ScanResult(
            findings, tuple(skipped), files, size, allowed, remarks=remarks,
            subjects=self._subjects(findings),
        )  # fmt: skip

    def _brought_in(
        self, source: SourceFile, changes: Sequence[Change], renames: "_Renames"
    ) -> Iterator[tuple[str, SourceResult]]:
        """The commits that brought the content in, each with what is on the lines new in it."""
        for change in changes:
            lines = new_lines(source.text, self._before(change, renames))
            yield change.commit, self._scanned(replace(source, added=lines))

    def _scanned(self, source: SourceFile) -> SourceResult:
        return scan_source(source, self.engine, self.key, self.least)

    def _before(self, change: Change, renames: "_Renames") -> Iterator[str]:
        """The texts that the file had in the commit's parents, by whatever name."""
        for parent, blob in zip(change.parents, change.before, strict=True):
            if earlier := blob or renames(parent, change.commit).get(change.path):
                content = self.blobs.read(earlier, self.max_bytes)
                source = read_source(change.path, content, self.max_bytes)
                yield source.text if isinstance(source, SourceFile) else ""

    def _subjects(self, findings: Iterable[Finding]) -> dict[str, str]:
        """What the commits say they are about; a subject may hold a secret, too."""
        named = list(dict.fromkeys(finding.commit for finding in findings))
        return {
            commit: self._masked(subject)
            for commit, subject in (commits.subjects(named) if named else {}).items()
        }

    def _masked(self, text: str) -> str:
        matches = self.engine.matches(SourceFile("", text, len(text)))
        covers = [Cover(match.start, match.end, match.shown) for match in matches]
        return masked(text, 0, len(text), covers)


_Renames = Callable[[str, str], dict[str, str]]


def _of_first_commits(found: Iterable[Finding], place: dict[str, int]) -> tuple[Finding, ...]:
    """The findings of that commit, for each secret, that brought it in."""
    ordered = sorted(found, key=lambda finding: (place[finding.commit], finding.location))
    first: dict[str, str] = {}
    for finding in ordered:
        first.setdefault(finding.fingerprint, finding.commit)
    return tuple(finding for finding in ordered if finding.commit == first[finding.fingerprint])
