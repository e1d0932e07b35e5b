"""A scan of commits from question to answer: which are new, what they bring in, what is allowed."""

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

from warden_hooks import commits, git, staged
from warden_hooks.allowances import live
from warden_hooks.commits import Change, Range
from warden_hooks.errors import UsageError
from warden_hooks.range_scan import RangeScanner
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.engines import secret_engine
from warden_policies.finding import Confidence, Finding


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a scan of commits."""

    paths: Sequence[str]
    """Names of files and folders, relative to the current folder; none means everything."""
    least: Confidence
    max_bytes: int
    patient: bool


def scan_ranges(ranges: Sequence[Range], asked: Asked) -> ScanResult:
    """What the commits bring in and their allowances do not allow.

    Raises:
        UsageError: the clone lacks what is to be scanned, or allowances cannot be read.
        GitError: an object is missing or damaged.
    """
    try:
        return _scan(ranges, asked, datetime.now(UTC).date())
    except git.GitError as error:
        if not commits.is_partial_clone():
            raise
        what = f"this is a partial clone and lacks what is to be scanned ({error})"
        raise UsageError(what, "git fetch --refetch --no-filter") from None


def _scan(ranges: Sequence[Range], asked: Asked, today: date) -> ScanResult:
    is_wanted = staged.chosen(asked.paths)
    brought = [
        (each, [change for change in commits.changes(each) if is_wanted(change.path)])
        for each in ranges
    ]
    todo = [(each, changes) for each, changes in brought if changes]
    if not todo:  # the engine is not even opened
        return ScanResult()
    opened = secret_engine(patient=asked.patient, least=asked.least)
    with opened as engine, git.blobs() as blobs:
        scanner = RangeScanner(engine, blobs, asked.least, asked.max_bytes)
        results = [_settled(each.tips[0], changes, scanner, today) for each, changes in todo]
    return _joined(results)


def _settled(tip: str, changes: Sequence[Change], scanner: RangeScanner, today: date) -> ScanResult:
    """Judged by the allowances in the commit `tip`: nobody else sees those on disk."""
    allowances = cache(lambda: live.for_commit(tip, today))
    result = replace(scanner, key=lambda: allowances().key).scan(changes)
    return allowances().settle(result) if result.findings else result


def _joined(results: Sequence[ScanResult]) -> ScanResult:
    """All results as one; the same secret in several of them is a finding of the first."""
    findings: list[Finding] = []
    for result in results:
        known = {finding.fingerprint for finding in findings}
        findings += [item for item in result.findings if item.fingerprint not in known]
    return ScanResult(
        findings=tuple(findings),
        skipped=tuple(dict.fromkeys(item for result in results for item in result.skipped)),
        files=sum(result.files for result in results),
        size=sum(result.size for result in results),
        allowed=sum(result.allowed for result in results),
        by_allowance=sum(result.by_allowance for result in results),
        remarks=ChainMap(*[dict(result.remarks) for result in results]),
        notes=tuple(dict.fromkeys(note for result in results for note in result.notes)),
        subjects=ChainMap(*[dict(result.subjects) for result in results]),
    )
