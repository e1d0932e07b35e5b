"""`changewarden scan --history`: the engine, the memory and the allowances around the scan."""

import hashlib
from collections.abc import Generator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from warden_hooks import git
from warden_hooks.allowances import live
from warden_hooks.allowances.live import Settled
from warden_hooks.history.objects import contents, objects
from warden_hooks.history.paths import paths
from warden_hooks.history.refs import tips
from warden_hooks.history.remembered import NoMemory, Remembered, memory
from warden_hooks.history.scan import require_repository, scan_history
from warden_hooks.history.sweep import Rules, names
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.secrets.rule_set import rule_set
from warden_hooks.source import Content, Skipped, SourceFile, read_source
from warden_policies.finding import Confidence

_COMPARING = ("sweep.py", "versions.py")


def run(least: Confidence, max_bytes: int, *, remember: bool) -> ScanResult:
    """Scan the history of the repository around the current folder.

    Raises:
        UsageError: there is no repository, no git, or the allowances cannot be read.
        GitError: the repository cannot be read.
    """
    require_repository()
    allowances = cache(_allowances)
    with secret_engine(patient=True, least=least) as engine:
        rules = Rules(engine, lambda: allowances().key, least)
        result = scan_history(rules, _memory(least) if remember else NoMemory(), max_bytes)
    return allowances().settle(result) if result.findings else result


def suspects(max_bytes: int) -> Generator[SourceFile | Skipped, None, None]:
    """Every content of the history that the last scan did not find to be clean, by its paths.

    Raises:
        UsageError: there is no repository, or no git.
        GitError: the repository cannot be read.
    """
    require_repository()
    with objects() as here:
        known = paths(here, tips())
        remembered = _memory(Confidence.MEDIUM)
        wanted = [
            blob
            for blob, size in here.blobs.items()
            if size <= max_bytes and remembered.recall(blob, known.of.get(blob, ())) is None
        ]
        for blob, data in contents(known.by_file(wanted)):
            for path in names(blob, known.of.get(blob, ())):
                yield read_source(path, Content(data, len(data)), max_bytes)


def _memory(least: Confidence) -> Remembered | NoMemory:
    """What is remembered holds for what decided it: rules, confidence, and how we compare."""
    total = hashlib.sha256(f"{rule_set().digest} {least.value}".encode())
    for name in _COMPARING:
        total.update((files("warden_hooks.history") / name).read_bytes())
    return memory(total.digest())


def _allowances() -> Settled:
    """Those of the work tree; of HEAD where there is none."""
    today = datetime.now(UTC).date()
    if git.run("rev-parse", "--is-bare-repository").strip() != b"true":
        return live.for_scan(staged=False, today=today)
    return live.for_commit("HEAD", today)
