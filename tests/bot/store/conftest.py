"""A real store on a real SQLite file, with a clock that is moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.clock import ManualClock
from warden_bot.ledger.keys import SEED_SIZE, Signer
from warden_bot.store.store import Store
from warden_bot.store.work import Timing


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def signer() -> Signer:
    return Signer.from_seed(bytes(SEED_SIZE))


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock, signer: Signer) -> Iterator[Store]:
    with Store(
        tmp_path, signer, clock, Timing(debounce=200, max_wait=2000, lease=30_000)
    ) as opened:
        yield opened
