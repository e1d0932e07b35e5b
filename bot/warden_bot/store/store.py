"""The store as the rest of the service sees it: each write one durable transaction.

What belongs together is written together. A delivery and the work it causes; a decision, its entry
in the log, the publication it calls for and the end of the work that led to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from warden_bot.ledger.keys import Signer
from warden_bot.store import decisions, deliveries, log, publications, repositories, work
from warden_bot.store.database import FILE_NAME, open_for_writing, reading_engine
from warden_bot.store.decisions import Decided
from warden_bot.store.deliveries import Delivery
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.work import Claim, Timing
from warden_bot.store.writer import Writer
from warden_bot.work_keys import CheckKey, PullRequestKey

MAX_ATTEMPTS = 8
"""After this many failures in a row that nobody expects to pass, a key is parked."""

_QUIET_FAILURES = 1
"""So many failures are retried before the check on GitHub says that there is trouble."""


class Store:
    """The database of one installation of the service.

    Raises:
        DatabaseUnusableError: the file cannot be worked on.
        WrongKeyError: the logs in it were signed by another key than `signer`.
        OSError: the file cannot be opened or made.
    """

    def __init__(
        self,
        folder: Path,
        signer: Signer,
        clock: Callable[[], datetime],
        timing: Timing = Timing(),  # noqa: B008 - frozen
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._writing = open_for_writing(folder / FILE_NAME)
        self._reading = reading_engine(folder / FILE_NAME)
        try:
            with self.reading() as connection:
                log.require_key(connection, signer)
        except BaseException:
            self._writing.dispose()
            raise
        self._writer = Writer(self._writing)
        self._signer = signer
        self._clock = clock
        self.timing = timing

    def now(self) -> int:
        """Milliseconds since 1970 UTC."""
        return int(self._clock().timestamp() * 1000)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one snapshot and cannot write."""
        with self._reading.begin() as connection:
            yield connection

    def accept(
        self,
        delivery: Delivery,
        repository: RepositoryName | None = None,
        touched: Sequence[PullRequestKey] = (),
        commit: CheckKey | None = None,
        *,
        rerun: bool = False,
    ) -> bool:
        """Store a delivery with the work it causes; False when its GUID was known already.

        `commit` touches every pull request that we know to have it as head; with `rerun` it is
        published even if nothing changed. A delivery that is known already causes no new work, but
        gives work that was parked another chance.
        """

        def write(connection: Connection) -> bool:
            if not deliveries.add(connection, delivery):
                for key in touched:
                    work.unpark(connection, self.now(), str(key))
                return False
            if repository:
                repositories.remember(connection, repository)
            for key in touched:
                self._touch(connection, str(key))
            if commit:
                self._touch_all_on(connection, commit)
            if commit and rerun:
                publications.forget(connection, commit.repository_id, commit.head_sha)
                self._touch(connection, str(commit))
            return True

        return self._writer.write(write)

    def stir(self, delivery: Delivery, installation_id: int, repository_id: int | None) -> bool:
        """Store a delivery after which all open pull requests that we know are decided again.

        Those of one repository, or of every one that the installation covers. False when the
        delivery was known already.
        """

        def write(connection: Connection) -> bool:
            if not deliveries.add(connection, delivery):
                return False
            for repository, number in decisions.still_open(
                connection, installation_id, repository_id
            ):
                self._touch(connection, str(PullRequestKey(installation_id, repository, number)))
            return True

        return self._writer.write(write)

    def claim(self, owner: str, limit: int, held: Sequence[Claim] = ()) -> tuple[Claim, ...]:
        """Take up to `limit` keys that are due.

        `held` is what the caller is at work on: its leases are extended first, so that no clock
        that leaps makes it take a key from itself.
        """
        now, lease = self.now(), self.timing.lease

        def write(connection: Connection) -> tuple[Claim, ...]:
            work.renew(connection, held, now, lease=lease)
            return work.claim(connection, owner, now, lease=lease, limit=limit)

        return self._writer.write(write)

    def renew(self, claims: Sequence[Claim]) -> None:
        """Tell that whoever holds these claims is alive."""
        now, lease = self.now(), self.timing.lease
        if claims:
            self._writer.write(lambda connection: work.renew(connection, claims, now, lease=lease))

    def take_over(self) -> None:
        """Begin where an earlier process ended; only for the one that owns the data folder.

        Its leases are free, and what it had parked gets a new chance: a start is what people do
        when they have mended something.
        """
        now = self.now()

        def write(connection: Connection) -> None:
            work.release_all(connection)
            work.unpark(connection, now)

        self._writer.write(write)

    def next_due(self) -> int | None:
        """When there is something to claim."""
        with self.reading() as connection:
            return work.next_due(connection)

    def record(self, claim: Claim, news: Sequence[Decided], check: CheckKey) -> bool:
        """Record what was decided, ask for its publication and end the work, all or nothing.

        False when the claim was lost: another worker is on it, and nothing was written.
        """
        now = self.now()

        def write(connection: Connection) -> bool:
            if not work.complete(connection, claim, now):
                return False
            for decided in news:
                decisions.record(connection, decided, self._signer, now)
            if any(decided.to_publish for decided in news):
                self._touch(connection, str(check), debounce=0)
            return True

        return self._writer.write(write)

    def published(self, claim: Claim, check: CheckKey, check_run_id: int, digest: str) -> bool:
        """GitHub shows this now; ends the work.

        False when the claim was lost: then another worker wrote to GitHub as well, nobody knows
        whose words came last, and it has to be published anew.
        """
        now = self.now()

        def write(connection: Connection) -> bool:
            held = work.complete(connection, claim, now)
            publications.remember(
                connection,
                check.repository_id,
                check.head_sha,
                check_run_id,
                digest if held else None,
            )
            if not held:
                self._touch(connection, str(check), debounce=0)
            return held

        return self._writer.write(write)

    def complete(self, claim: Claim) -> bool:
        """End work that had nothing to do."""
        now = self.now()
        return self._writer.write(lambda connection: work.complete(connection, claim, now))

    def holds(self, claim: Claim) -> bool:
        """Whether the claim is still good: asked right before a write to GitHub."""
        with self.reading() as connection:
            return work.holds(connection, claim)

    def postpone(self, claim: Claim, error: str, due_at: int, *, passing: bool = False) -> bool:
        """Work failed. It is due again later, or parked; what is shown must not stay green.

        A failure that is `passing` (GitHub is down, or limits us) is never a reason to park.
        """
        parked = claim.attempts + 1 >= MAX_ATTEMPTS and not passing
        due = min(due_at, self.now() + work.LONGEST_WAIT)

        def write(connection: Connection) -> bool:
            held = work.postpone(connection, claim, due_at=due, error=error, parked=parked)
            key = PullRequestKey.parse(claim.key)
            if held and key and claim.attempts >= _QUIET_FAILURES:
                outlook = "given up" if parked else "retrying"
                self._report_trouble(connection, key, f"{error}; {outlook}")
            return held

        return self._writer.write(write)

    def close(self) -> None:
        """Finish the writes that were handed in and close the files."""
        self._writer.close()
        self._writing.dispose()
        self._reading.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _report_trouble(self, connection: Connection, key: PullRequestKey, error: str) -> None:
        head = decisions.trouble_on(connection, key.repository_id, key.number, error)
        if head:
            check = CheckKey(key.installation_id, key.repository_id, head)
            self._touch(connection, str(check), debounce=0)

    def _touch_all_on(self, connection: Connection, check: CheckKey) -> None:
        for standing in decisions.standings_on(connection, check.repository_id, check.head_sha):
            key = PullRequestKey(check.installation_id, check.repository_id, standing.number)
            self._touch(connection, str(key))

    def _touch(self, connection: Connection, key: str, debounce: int | None = None) -> None:
        work.touch(
            connection,
            key,
            self.now(),
            debounce=self.timing.debounce if debounce is None else debounce,
            max_wait=self.timing.max_wait,
        )
