"""Each content once: is it text, could there be anything in it, and what is it under its paths."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from warden_hooks import wide
from warden_hooks.history.objects import Blob
from warden_hooks.history.versions import Change, changes
from warden_hooks.key_files import may_hold_keys
from warden_hooks.scan import FingerprintKey, SourceResult, scan_source
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.engines import Engine, Hits
from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.layers.notebook import is_notebook
from warden_hooks.secrets.reach import may_hold_a_block
from warden_hooks.source import (
    BINARY_PROBE_BYTES,
    Content,
    SkipReason,
    SourceFile,
    looks_binary,
    read_source,
)
from warden_policies.finding import Confidence, Finding

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NAMELESS = "blob:"
_NOTEBOOK = b"{"
"""What a notebook begins with, which is not read as it stands; every JSON object does."""


class Kind(Enum):
    """What a content turned out to be. The value is how it is remembered."""

    BINARY = b"b"
    SILENT = b"s"
    """No rule could match in it, whatever the file is called."""
    CLEAN = b"c"
    """Nothing was found in it under the paths it had."""
    FOUND = b"f"
    """Something was found in it, allowed or not."""
    DOUBTFUL = b"d"
    """It was read with a doubt that is named each time, whatever was found."""


_COMPARABLE = (Kind.SILENT, Kind.CLEAN)
"""What a later version can be compared with."""


@dataclass(slots=True)
class Secret:
    """A secret in one path, and the contents that hold it."""

    path: str
    name: str
    """The same wherever the secret is: what its fingerprint would be without the path."""
    blobs: set[Blob] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides whether something is a finding."""

    engine: Engine
    key: FingerprintKey
    least: Confidence


@dataclass(frozen=True, slots=True)
class _Clean:
    """A content in which nothing was found, for the next one to be compared with."""

    data: bytes
    paths: Collection[bytes]
    kind: Kind


class Sweep:
    """What was found so far, by fingerprint."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._before: _Clean | None = None
        self.found: dict[str, Secret] = {}
        self.allowed: dict[str, Secret] = {}
        """What a comment beside it allows, in at least one content."""
        self.remarks: dict[str, str] = {}
        self.doubts: dict[SkipReason, set[Blob]] = defaultdict(set)

    def look(self, blob: Blob, data: bytes, paths: Collection[bytes]) -> Kind:
        """Note the secrets that a content holds under its paths.

        It is cheap when the content before was another version of the same file.
        """
        if looks_binary(data):
            return Kind.BINARY
        is_comparable = not (
            wide.encoding(data[:BINARY_PROBE_BYTES])
            or may_hold_keys(data)
            or _any_notebook(map(os.fsdecode, paths))
        )
        kind = self._compared(data, paths) if is_comparable else None
        if kind is None:
            kind = self._read(blob, data, paths)
            is_comparable &= kind in _COMPARABLE and not may_hold_a_block(data)
        self._before = _Clean(data, paths, kind) if is_comparable else None
        return kind

    def _compared(self, data: bytes, paths: Collection[bytes]) -> Kind | None:
        """What the content is by what it has and the one before has not; None when it has to be
        read whole."""
        before = self._before
        if before is None or not paths or not set(before.paths).issuperset(paths):
            return None
        kinds = {before.kind}
        for change in changes(before.data, data):
            if may_hold_a_block(change.lines):
                return None
            kind, _ = self._scanned(change.around, list(map(os.fsdecode, paths)), change)
            if kind not in _COMPARABLE:
                return None
            kinds.add(kind)
        return Kind.CLEAN if Kind.CLEAN in kinds else Kind.SILENT

    def _read(self, blob: Blob, data: bytes, paths: Collection[bytes]) -> Kind:
        kind, results = self._scanned(data, names(blob, paths))
        if kind is Kind.DOUBTFUL:
            told = {doubt.reason for _, result in results for doubt in result.skipped}
            for reason in told or {SkipReason.NOT_UTF8}:
                self.doubts[reason].add(blob)
        for path, result in results:
            self._note(blob, path, result)
        return kind

    def _scanned(
        self, data: bytes, paths: Sequence[str], change: Change | None = None
    ) -> tuple[Kind, list[tuple[str, SourceResult]]]:
        """What a text is, and what is found in it under each path; of a change, in what is new."""
        text, is_utf8 = as_utf8(data)
        if text is None:
            return Kind.BINARY, []
        hits = self._rules.engine.hits(text)
        if not hits and not text.lstrip().startswith(_NOTEBOOK):
            return Kind.SILENT if is_utf8 else Kind.DOUBTFUL, []
        if change:
            if _is_cut_off(text, hits.layers, change):
                return Kind.FOUND, []  # what is encoded may reach further than what is not
            hits = hits.behind(change.start - len(_BYTE_ORDER_MARK))
        if is_utf8 and self._rules.engine.mean_nothing(hits, text, paths):
            return Kind.CLEAN, []
        engine = _Known(self._rules.engine, text, hits)
        results = [(path, self._result(path, data, engine)) for path in paths]
        if any(result.skipped for _, result in results):
            return Kind.DOUBTFUL, results
        return Kind.FOUND if any(result.secrets for _, result in results) else Kind.CLEAN, results

    def findings(self, data: bytes, path: str) -> tuple[Finding, ...]:
        """What a content holds under one path."""
        return self._result(path, data, self._rules.engine).findings

    def _result(self, path: str, data: bytes, engine: SecretEngine) -> SourceResult:
        source = read_source(path, Content(data, len(data)), len(data))
        if not isinstance(source, SourceFile):
            return SourceResult()
        return scan_source(source, engine, self._rules.key, self._rules.least)

    def _note(self, blob: Blob, path: str, result: SourceResult) -> None:
        reported = {finding.fingerprint for finding in result.findings}
        for fingerprint, name in result.secrets.items():
            table = self.found if fingerprint in reported else self.allowed
            table.setdefault(fingerprint, Secret(path, name)).blobs.add(blob)
        self.remarks |= result.remarks


def _is_cut_off(text: bytes, layers: decode.Hits, change: Change) -> bool:
    """Whether something new in a text may be encoded together with what lies around the text."""
    margin = len(_BYTE_ORDER_MARK)
    for piece in decode.pieces(text, layers):
        start, stop = piece.outward(0, max(1, len(piece.data)))
        if stop < change.start - margin or start > change.stop:
            continue
        if (change.open_start and start <= 0) or (change.open_end and stop >= len(text) - 1):
            return True
    return False


def _any_notebook(paths: Iterable[str]) -> bool:
    """Whether one of them is read in a way of its own."""
    return any(map(is_notebook, paths))


class _Known:
    """The engine, for a content of which it has already told what the prefilter sees in it."""

    def __init__(self, engine: Engine, data: bytes, hits: Hits) -> None:
        self._engine = engine
        self._data = data
        self._hits = hits

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        return self._engine.matches_at(source, self._data, self._hits)


def as_utf8(data: bytes) -> tuple[bytes | None, bool]:
    """A text as `read_source` reads it, in UTF-8, and whether that is certain; None when it turns
    out to be none."""
    if data.isascii():
        return data, True
    try:
        data.decode()
    except UnicodeDecodeError:
        source = read_source("", Content(data, len(data)), len(data))
        if not isinstance(source, SourceFile):
            return None, False
        return source.text.encode(), source.is_utf8
    return data.removeprefix(_BYTE_ORDER_MARK), True


def names(blob: Blob, paths: Collection[bytes]) -> list[str]:
    """The paths as text; where there is none, what `git show` knows the content by."""
    if not paths:
        return [f"{_NAMELESS}{blob[:12].decode()}"]
    return sorted(map(os.fsdecode, paths))
