"""The real application over a real store, asked through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.bot.web.story import Book
from tests.fakes.clock import ManualClock
from warden_bot.inbox import Inbox
from warden_bot.ledger.keys import SEED_SIZE, Signer
from warden_bot.store.store import Store
from warden_bot.web.app import WebSettings, create_app


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def signer() -> Signer:
    return Signer.from_seed(bytes(SEED_SIZE))


@pytest.fixture
def store(tmp_path: Path, signer: Signer, clock: ManualClock) -> Iterator[Store]:
    with Store(tmp_path, signer, clock) as opened:
        yield opened


@pytest.fixture
def book(store: Store, clock: ManualClock) -> Book:
    return Book(store, clock)


@pytest.fixture
def client(store: Store) -> FlaskClient:
    inbox = Inbox(store, [b"secret"], app_id=1, wake=lambda: None)
    app = create_app(inbox, store, lambda: True, WebSettings(10_000, show_pages=True))
    return app.test_client()
