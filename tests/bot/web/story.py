"""Records changes in a real store the way the service does: claim, decide, record."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.fakes.clock import ManualClock
from warden_bot.deciding import decide
from warden_bot.github.snapshot import PolicyFile, Snapshot
from warden_bot.record import Facts, Recorder
from warden_bot.store import decisions
from warden_bot.store.deliveries import Delivery
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.store import Store
from warden_bot.store.work import Claim
from warden_bot.work_keys import CheckKey, PullRequestKey
from warden_policies.example import ANA, BOB, CARL, EARLIER, HEAD, SAMPLE, approval, check, commit
from warden_policies.model import Change, Repository

INSTALLATION = 42
LOG = "github.test/app/1/installation/42"
POLICY = b"""\
version: 1
requirements:
  Peer review:
    require:
      approvals: {count: 2}
  Change record:
    require:
      change_record: {sections: [reason, rollback_plan]}
  Checks:
    require:
      checks: [{name: test, app_id: 15368}]
"""
BROKEN_POLICY = POLICY.replace(b"require:", b"requird:", 1)
REASON = "## Reason\nThe fee was charged twice when a payment was retried.\n"
ROLLBACK = "## Rollback plan\nRevert the merge commit and redeploy; no data is migrated.\n"
MERGE = "3f9c2e7".ljust(40, "0")

OPENED = replace(
    SAMPLE,
    body=REASON,
    head_sha=EARLIER,
    commits=(commit(ANA, sha=EARLIER),),
    checks=(check("test"),),
)
REVIEWED = replace(OPENED, reviews=(approval(BOB, sha=EARLIER),))
PUSHED = replace(REVIEWED, head_sha=HEAD, commits=(commit(ANA, sha=EARLIER), commit(ANA)))
BLOCKED = replace(PUSHED, reviews=(*PUSHED.reviews, approval(BOB, id=2), approval(CARL, id=3)))
ALLOWED = replace(BLOCKED, body=REASON + ROLLBACK)
PENDING = replace(PUSHED, body=REASON + ROLLBACK)


@dataclass(slots=True)
class Book:
    """Writes into a store; every record takes a minute of the clock."""

    store: Store
    clock: ManualClock
    guids: Iterator[int] = field(default_factory=itertools.count)

    def decided(self, change: Change, policy: bytes | None = POLICY, state: str = "open") -> None:
        """The service looked at `change` and decided."""
        file = PolicyFile(policy, "" if policy else "there is no such file")
        change = replace(change, evaluated_at=self._next_minute())
        recorder = self._recorder(Snapshot(change, file, state, None))
        news = recorder.decision(decide(file, change))
        self._record(recorder, change, news)

    def merged(self, change: Change) -> None:
        """GitHub said that `change` was merged."""
        change = replace(change, evaluated_at=self._next_minute())
        snapshot = Snapshot(change, PolicyFile(POLICY), "merged", MERGE)
        with self.store.reading() as connection:
            standing = decisions.standing_of(connection, change.repository.id, change.number)
        assert standing
        recorder = self._recorder(snapshot)
        self._record(recorder, change, recorder.merge(Facts.of_entry(standing.entry)))

    def failed(self, change: Change, trouble: str) -> None:
        """The service tried twice to look at `change` again, and could not."""
        for _ in range(2):
            claim = self._claim(change)
            self.store.postpone(claim, trouble, self.store.now())
            self._next_minute()

    def story(self, change: Change = SAMPLE) -> None:
        """Opened, reviewed, pushed again, reviewed again, completed, merged."""
        for step in (OPENED, REVIEWED, PUSHED, BLOCKED, ALLOWED):
            self.decided(_as(change, step))
        self.merged(_as(change, ALLOWED))

    def _record(self, recorder: Recorder, change: Change, news: decisions.Decided) -> None:
        check_key = CheckKey(INSTALLATION, change.repository.id, change.head_sha)
        assert self.store.record(recorder.claim, (news,), check_key)

    def _recorder(self, snapshot: Snapshot) -> Recorder:
        return Recorder(self._claim(snapshot.change), INSTALLATION, LOG, snapshot)

    def _claim(self, change: Change) -> Claim:
        key = PullRequestKey(INSTALLATION, change.repository.id, change.number)
        name = RepositoryName(change.repository.id, INSTALLATION, change.repository.full_name)
        delivery = Delivery(str(next(self.guids)), "push", "accepted", b"", self.store.now())
        self.store.accept(delivery, name, [key])
        self.clock.advance(seconds=40)
        (claim,) = (claim for claim in self.store.claim("test", 1000) if claim.key == str(key))
        return claim

    def _next_minute(self) -> datetime:
        self.clock.advance(seconds=20)
        return self.clock()


def _as(change: Change, step: Change) -> Change:
    """What `step` looks like on another pull request."""
    return replace(
        step,
        repository=change.repository,
        number=change.number,
        title=change.title,
        opener=change.opener,
        url=change.url,
    )


def numbered(change: Change, number: int, title: str, repository: str = "acme/shop") -> Change:
    """The same on another pull request."""
    return replace(
        change,
        number=number,
        title=title,
        repository=Repository(sum(repository.encode()), repository),
        url=f"https://github.com/{repository}/pull/{number}",
    )
