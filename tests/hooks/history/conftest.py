"""One engine for all tests of a module: it takes a while to open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warden_hooks.history.remembered import NoMemory, Remembered
from warden_hooks.history.scan import scan_history
from warden_hooks.history.sweep import Rules
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.engines import secret_engine
from warden_policies.finding import Confidence

KEY = b"for tests"
Scan = Callable[..., ScanResult]


@pytest.fixture(scope="module")
def rules() -> Iterator[Rules]:
    with secret_engine(patient=True) as engine:
        yield Rules(engine, KEY, Confidence.MEDIUM)


@pytest.fixture
def scanned(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Scans the history of a repository."""

    def scan(
        folder: Path,
        memory: Remembered | NoMemory | None = None,
        max_bytes: int = 5_000_000,
    ) -> ScanResult:
        monkeypatch.chdir(folder)
        return scan_history(rules, memory or NoMemory(), max_bytes)

    return scan
