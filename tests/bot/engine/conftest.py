"""A real store on real time, with short waits."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warden_bot.ledger.keys import SEED_SIZE, Signer
from warden_bot.store.store import Store
from warden_bot.store.work import Timing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    signer = Signer.from_seed(bytes(SEED_SIZE))
    timing = Timing(debounce=20, max_wait=200, lease=600, second_look=20)
    with Store(tmp_path, signer, lambda: datetime.now(UTC), timing) as opened:
        yield opened
