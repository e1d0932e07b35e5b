"""Findings together with their secrets, for as long as it takes to name them.

A fingerprint can only be made from the secret, and a finding does not hold it. What is allowed,
carried over or imported is therefore scanned again.
"""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from warden_hooks import commits, git, pattern_scan, staged, worktree
from warden_hooks.errors import UsageError
from warden_hooks.patterns import languages
from warden_hooks.patterns.scan import PatternResult
from warden_hooks.patterns.session import opened
from warden_hooks.range_scan import versions
from warden_hooks.redact import fingerprint
from warden_hooks.scan import scan_source
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import DEFAULT_MAX_BYTES, Skipped, SkipReason, SourceFile
from warden_policies.finding import Finding
from warden_policies.rules import PatternRule

FEWEST_DIGITS = 6
_NO_TEXT = re.compile(r"\\x([89a-f][0-9a-f])")
_GONE = frozenset({SkipReason.NOT_FOUND, SkipReason.SYMBOLIC_LINK, SkipReason.NOT_A_FILE})


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding and its whole secret, which is in no `repr`."""

    finding: Finding
    secret: str = field(repr=False)
    """What the fingerprint is made from: of an insecure pattern the lines that it is on."""
    pattern: PatternRule | None = None
    """The rule, when it is an insecure pattern."""

    def fingerprint(self, key: bytes, path: str | None = None) -> str:
        """What the finding would be called under another key, or at another path."""
        place = self.finding.location.path if path is None else path
        return fingerprint(key, self.finding.rule, self.secret, place)


@dataclass(frozen=True, slots=True)
class Look:
    """What a scan saw, and the paths that it could not look at although they are there."""

    seen: tuple[Seen, ...] = ()
    unread: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    """Paths that are not there, or are no files."""

    @property
    def findings(self) -> list[Finding]:
        """The findings, in the order of their places."""
        return [seen.finding for seen in self.seen]


class _Recording:
    """An engine that remembers what it answered last."""

    def __init__(self, engine: SecretEngine) -> None:
        self._engine = engine
        self.last: Sequence[RawMatch] = ()

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        self.last = tuple(self._engine.matches(source))
        yield from self.last


def look_at_staged(key: bytes) -> Look:
    """The findings that stop the next commit, allowed ones included."""
    with closing(staged.sources((), DEFAULT_MAX_BYTES)) as sources:
        return look(sources, key)


def look_at_files(paths: Sequence[str], key: bytes) -> Look:
    """The findings at and under paths on disk, allowed ones included."""
    with closing(worktree.sources(paths, DEFAULT_MAX_BYTES)) as sources:
        return look(sources, key)


def look_at_commits(key: bytes) -> Look:
    """The findings in commits that no remote has yet, whatever a later one made of them."""
    try:
        unpushed = commits.between(commits.NO_COMMIT, "HEAD")
        changes = list(commits.changes(unpushed))
    except UsageError:  # no commit yet, or not all of them here
        return Look()
    with git.blobs() as blobs:
        found = (each.source for each in versions(changes, blobs, DEFAULT_MAX_BYTES))
        return look(found, key, patterns=False)


def look_at_history(key: bytes) -> Look:
    """The findings in everything that was ever committed."""
    from warden_hooks.history.command import suspects  # noqa: PLC0415 - only when asked for

    with closing(suspects(DEFAULT_MAX_BYTES)) as sources:
        return look(sources, key, patterns=False)


def look_at_entries(paths: Iterable[str], folder: str, key: bytes) -> Look:
    """The findings in files that entries name, relative to `folder`."""
    names = [
        os.path.join(folder, name)  # noqa: PTH118 - as text, as the scan has it
        for path in dict.fromkeys(paths)
        for name in spellings(path)
    ]
    return look_at_files(names, key) if names else Look()


def spellings(path: str) -> set[str]:
    """The paths that an entry may mean: as written, and with `\\xNN` for a byte that is no text."""
    escaped = _NO_TEXT.sub(lambda match: chr(0xDC00 + int(match[1], 16)), path)
    return {path, escaped}


def look(sources: Iterable[SourceFile | Skipped], key: bytes, *, patterns: bool = True) -> Look:
    """The findings in `sources`, with fingerprints made with `key`.

    Where there may be insecure patterns and no engine to find them, files count as unread.
    """
    found: list[Seen] = []
    unread: set[str] = set()
    missing: set[str] = set()
    programs: set[str] = set()

    def looked_at() -> Iterator[SourceFile]:
        for source in sources:
            if isinstance(source, SourceFile):
                found.extend(_seen(source, engine, key))
                if languages.by_name(source.path) or languages.may_tell(source.path):
                    programs.add(source.path)
                    yield source
            else:
                (missing if source.reason in _GONE else unread).add(source.path)

    with secret_engine(patient=True) as engine:
        if patterns:
            session = opened(pattern_scan.here(), lambda _: None)
            asked = pattern_scan.Asked(lambda: key, everywhere=True)
            insecure = pattern_scan.look(looked_at(), session, asked)
            found += _seen_patterns(insecure.result)
            unread |= programs if insecure.unavailable else set()
            unread |= {item.path for item in insecure.result.unchecked}
        else:
            deque(looked_at(), maxlen=0)
    found.sort(key=lambda seen: seen.finding.location)
    return Look(tuple(found), frozenset(unread), frozenset(missing))


def _seen_patterns(result: PatternResult) -> Iterator[Seen]:
    for finding in result.findings:
        yield Seen(finding, result.texts[finding.fingerprint], result.rules[finding.rule])


def _seen(source: SourceFile, engine: SecretEngine, key: bytes) -> list[Seen]:
    recording = _Recording(engine)
    findings = scan_source(source, recording, key).findings
    if not findings:
        return []
    secrets = {
        fingerprint(key, match.rule, match.secret, source.path): match.secret
        for match in recording.last
        if not match.doubt
    }
    return [Seen(item, secrets[item.fingerprint]) for item in findings]


def called(name: str, look: Look, keys: Iterable[bytes]) -> list[Seen]:
    """The findings that `name` may mean, one for each secret.

    A name is the rule and the first digits of a fingerprint made with any of `keys`: what was
    printed before the repository had a key of its own is still understood.
    """
    found: dict[str, Seen] = {}
    for seen in look.seen:
        start = f"{seen.finding.rule}-"
        is_meant = len(name) >= len(start) + FEWEST_DIGITS and any(
            f"{start}{seen.fingerprint(key)}".startswith(name) for key in keys
        )
        if is_meant:
            found.setdefault(seen.finding.fingerprint, seen)
    return list(found.values())
