"""A data folder in which decisions were recorded, without a GitHub."""

from dataclasses import replace
from pathlib import Path

from tests.fakes.clock import ManualClock
from warden_bot import data_dir
from warden_bot.deciding import decide
from warden_bot.github.snapshot import PolicyFile, Snapshot
from warden_bot.record import Recorder
from warden_bot.store.deliveries import Delivery
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.store import Store
from warden_bot.work_keys import CheckKey, PullRequestKey
from warden_policies.model import Change

POLICY = b"version: 1\nrequirements:\n  Review:\n    require:\n      approvals: {count: 1}\n"
LOG = "github.example/app/1/installation/11"


def open_store(folder: Path, clock: ManualClock) -> Store:
    """The store of a data folder, with the folder's own key."""
    folder.mkdir(parents=True, exist_ok=True)
    return Store(folder, data_dir.signer(folder), clock)


def record(store: Store, clock: ManualClock, change: Change, policy: bytes = POLICY) -> None:
    """Take a webhook in, decide, record: what the service does, with a change of one's own."""
    key = PullRequestKey(11, change.repository.id, change.number)
    name = RepositoryName(change.repository.id, 11, change.repository.full_name)
    guid = f"guid-{store.now()}"
    store.accept(Delivery(guid, "pull_request", "accepted", b"{}", store.now()), name, (key,))
    clock.advance(seconds=5)
    (claim,) = [claim for claim in store.claim("test", 9) if claim.key == str(key)]
    seen = replace(change, evaluated_at=clock())
    snapshot = Snapshot(seen, PolicyFile(policy), "open", None)
    decided = Recorder(claim, 11, LOG, snapshot).decision(decide(snapshot.policy, seen))
    assert store.record(claim, (decided,), CheckKey(11, change.repository.id, change.head_sha))
