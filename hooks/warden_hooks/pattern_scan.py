"""The half of a scan that looks for insecure patterns: what is looked at, and what comes of it.

Of what is about to be committed, pushed or merged only the end counts, and there only the lines
that are new: unlike a secret, an insecure line that a later commit mended does no harm.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from warden_hooks import git, staged, worktree
from warden_hooks.patterns.bases import Base, Commit, Disk
from warden_hooks.patterns.find import EngineMissing
from warden_hooks.patterns.scan import PatternResult, Scanner, combined
from warden_hooks.patterns.session import Session
from warden_hooks.progress import shown
from warden_hooks.redact import Cover
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import Skipped, SourceFile
from warden_policies.finding import Confidence

_AT_ONCE = 200
"""Files for one start of the engine, each of which is in memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to look."""

    key: Callable[[], bytes]
    """What fingerprints are made with."""
    everywhere: bool = False
    """Whether findings count that are not on new lines, too."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look at sources."""

    result: PatternResult = field(default_factory=PatternResult)
    skipped: tuple[Skipped, ...] = ()
    new: frozenset[str] = frozenset()
    """Paths of which only new lines count."""
    files: int = 0
    size: int = 0
    digest: str = ""
    """What names the rules; empty when there was nothing to apply them to."""
    unavailable: str = ""
    """Why nothing was looked at."""


def reported(looked: Looked) -> ScanResult:
    """What came of a look, as a scan reports it."""
    result = looked.result
    return ScanResult(
        result.findings,
        looked.skipped,
        looked.files,
        looked.size,
        len(result.ignored),
        looked.new,
        remarks=result.remarks,
        pattern_rules=looked.digest,
        patterns=result.rules,
        ignored=result.ignored,
        elsewhere=result.elsewhere,
        unchecked=result.unchecked,
        unavailable=looked.unavailable,
    )


def look(sources: Iterable[SourceFile | Skipped], session: Session, asked: Asked) -> Looked:
    """The insecure patterns in the sources, which are taken a group at a time.

    Raises:
        EngineError: the engine gave no answer.
    """
    parts: list[Looked] = []
    with ExitStack() as stack:
        for group in shown(_groups(sources), "files", each=_AT_ONCE):
            texts = [source for source in group if isinstance(source, SourceFile)]
            found, why = PatternResult(), ""
            if texts:
                try:
                    found = _scanner(session, asked, stack).scan(texts)
                except EngineMissing as missing:
                    why = str(missing)
            parts.append(
                Looked(
                    found,
                    tuple(source for source in group if isinstance(source, Skipped)),
                    frozenset(source.path for source in texts if source.added is not None),
                    len(texts),
                    sum(source.size for source in texts),
                    unavailable=why,
                )
            )
    return Looked(
        combined(part.result for part in parts),
        tuple(item for part in parts for item in part.skipped),
        frozenset().union(*(part.new for part in parts)),
        sum(part.files for part in parts),
        sum(part.size for part in parts),
        session.digest if parts else "",
        next((part.unavailable for part in parts if part.unavailable), ""),
    )


def _groups(
    sources: Iterable[SourceFile | Skipped],
) -> Iterator[list[SourceFile | Skipped]]:
    remaining = iter(sources)
    while group := list(islice(remaining, _AT_ONCE)):
        yield group


def _scanner(session: Session, asked: Asked, stack: ExitStack) -> Scanner:
    engine = cache(lambda: stack.enter_context(secret_engine(patient=False, least=Confidence.LOW)))

    def covers(source: SourceFile) -> list[Cover]:
        if engine().is_clean(source.path, source.text.encode()):  # at once, and mostly
            return []
        matches = engine().matches(source)
        return [Cover(match.start, match.end, match.shown) for match in matches]

    return Scanner(session.engine, session.rules, covers, cache(asked.key), asked.everywhere)


def on_disk(
    paths: Sequence[str], max_bytes: int, wanted: Callable[[str], bool]
) -> Iterator[SourceFile | Skipped]:
    """The files at and under paths that are wanted, each once."""
    for found in worktree.files(paths):
        if wanted(found.shown):
            yield worktree.read(found, max_bytes)


def between(
    base: str, tip: str, max_bytes: int, wanted: Callable[[str], bool]
) -> Iterator[SourceFile | Skipped]:
    """The wanted files that are not in `tip` what they are in `base`, as `tip` has them."""
    changed = git.changed(base, tip, max_bytes)
    yield from staged.read((entry for entry in changed if wanted(entry.path)), max_bytes)


def here() -> Base:
    """The base for what is on disk: the rules that are there too."""
    return Disk(worktree.repository_root(os.getcwd()))  # noqa: PTH109 - as text, as everywhere


def head() -> Base:
    """The base for what is about to be committed."""
    return Commit("HEAD")
