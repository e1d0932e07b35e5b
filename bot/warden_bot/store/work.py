"""The keyed work table: one row for each thing that must be brought up to date.

Level-triggered: an event only raises `want`; a run re-reads everything and sets `done` to the
`want` it saw when it claimed. Sixty events are one row, an event during a run leaves the row
dirty, and a result is accepted only under the fence it was claimed with.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, case, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from warden_bot.store.tables import work

LONGEST_WAIT = 3_600_000
"""Milliseconds. No back-off and no limit of GitHub's lasts longer."""

_OUT_OF_REACH = 2 * LONGEST_WAIT
"""A due time that is further away was written under a clock that ran ahead: it does not count."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things wait, in milliseconds."""

    debounce: int = 200
    """An event is acted on this long after it came in, so that a burst becomes one run."""
    max_wait: int = 2_000
    """Continuous events cannot push a run further away than this."""
    lease: int = 30_000
    """A worker that was not heard of for this long has lost its claim."""
    second_look: int = 5_000
    """What GitHub does not know is asked for once more after this; it announces before it shows."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on `key`, as long as `fence` is still the row's."""

    key: str
    want: int
    fence: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Dirty:
    """A row that is not up to date, for people to look at."""

    key: str
    due_at: int
    dirty_since: int
    attempts: int
    parked: bool
    last_error: str | None


def touch(connection: Connection, key: str, now: int, *, debounce: int, max_wait: int) -> None:
    """Something about `key` may have changed.

    A row that is backing off keeps its due time: an event must not undo a Retry-After. A parked
    row gets a new chance, since its surroundings have changed.
    """
    clean = work.c.want <= work.c.done
    soon = func.min(now + debounce, work.c.dirty_since + max_wait)
    connection.execute(
        insert(work)
        .values(key=key, want=1, due_at=now + debounce, dirty_since=now)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "want": work.c.want + 1,
                "dirty_since": case((clean, now), else_=work.c.dirty_since),
                "due_at": case(
                    (clean | work.c.parked, now + debounce),
                    (work.c.attempts > 0, work.c.due_at),
                    else_=soon,
                ),
                "attempts": case((work.c.parked, 0), else_=work.c.attempts),
                "parked": False,
            },
        )
    )


def _claimable(now: int) -> Select[str]:
    return select(work.c.key).where(
        work.c.want > work.c.done,
        ~work.c.parked,
        or_(work.c.due_at <= now, work.c.due_at > now + _OUT_OF_REACH),
        work.c.lease_until < now,
    )


def claim(
    connection: Connection, owner: str, now: int, *, lease: int, limit: int
) -> tuple[Claim, ...]:
    """Take up to `limit` due rows, the longest due first."""
    keys = _claimable(now).order_by(work.c.due_at, work.c.key).limit(limit)
    rows = connection.execute(
        update(work)
        .where(work.c.key.in_(keys))
        .values(owner=owner, lease_until=now + lease, fence=work.c.fence + 1)
        .returning(work.c.key, work.c.want, work.c.fence, work.c.attempts)
    )
    return tuple(Claim(*row) for row in rows)


def renew(connection: Connection, claims: Iterable[Claim], now: int, *, lease: int) -> None:
    """Extend the leases of claims that are still good."""
    for claim in claims:
        connection.execute(
            update(work)
            .where(work.c.key == claim.key, work.c.fence == claim.fence, work.c.lease_until > 0)
            .values(lease_until=now + lease)
        )


def holds(connection: Connection, claim: Claim) -> bool:
    """Whether the claim is still good."""
    fence = connection.execute(select(work.c.fence).where(work.c.key == claim.key)).scalar()
    return fence == claim.fence


def complete(connection: Connection, claim: Claim, now: int) -> bool:
    """The state as of the claim is dealt with; False when the claim was lost meanwhile."""
    row = connection.execute(
        update(work)
        .where(work.c.key == claim.key, work.c.fence == claim.fence)
        .values(
            done=claim.want,
            owner=None,
            lease_until=0,
            attempts=0,
            last_error=None,
            dirty_since=case((work.c.want > claim.want, now), else_=work.c.dirty_since),
        )
        .returning(work.c.key)
    ).first()
    return row is not None


def postpone(
    connection: Connection, claim: Claim, *, due_at: int, error: str, parked: bool
) -> bool:
    """The run failed: try again at `due_at`, or park the row until something about it changes.

    What changed while it ran counts already: such a row is not parked, it starts afresh.
    """
    afresh = (work.c.want > claim.want) & parked
    row = connection.execute(
        update(work)
        .where(work.c.key == claim.key, work.c.fence == claim.fence)
        .values(
            due_at=due_at,
            owner=None,
            lease_until=0,
            attempts=case((afresh, 0), else_=work.c.attempts + 1),
            last_error=error,
            parked=case((afresh, False), else_=parked),
        )
        .returning(work.c.key)
    ).first()
    return row is not None


def unpark(connection: Connection, now: int, key: str | None = None) -> None:
    """Give what is parked a new chance; all of it, or one key. The rest needs none."""
    which = work.c.parked if key is None else work.c.parked & (work.c.key == key)
    connection.execute(update(work).where(which).values(parked=False, attempts=0, due_at=now))


def release_all(connection: Connection) -> int:
    """Free every lease. Only for a process that knows it is the only one, when it starts."""
    released = connection.execute(
        update(work)
        .where(work.c.lease_until > 0)
        .values(owner=None, lease_until=0, fence=work.c.fence + 1)
        .returning(work.c.key)
    ).all()
    return len(released)


def next_due(connection: Connection) -> int | None:
    """When the next row becomes claimable, were all leases to run out."""
    return connection.execute(
        select(func.min(func.max(work.c.due_at, work.c.lease_until))).where(
            work.c.want > work.c.done, ~work.c.parked
        )
    ).scalar()


def dirty(connection: Connection, limit: int = 200) -> tuple[Dirty, ...]:
    """What is waiting, running or parked, the oldest first."""
    rows = connection.execute(
        select(
            work.c.key,
            work.c.due_at,
            work.c.dirty_since,
            work.c.attempts,
            work.c.parked,
            work.c.last_error,
        )
        .where(work.c.want > work.c.done)
        .order_by(work.c.dirty_since, work.c.key)
        .limit(limit)
    )
    return tuple(Dirty(*row) for row in rows)
