"""Deliveries: what GitHub told us, durable before it is acknowledged."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from warden_bot.store.tables import delivery


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook as it came in. `received_at` is in milliseconds since 1970 UTC."""

    guid: str
    event: str
    outcome: str
    body: bytes
    received_at: int


def add(connection: Connection, row: Delivery) -> bool:
    """Store a delivery; False when its GUID is already there, which changes nothing."""
    added = connection.execute(
        insert(delivery)
        .values(
            guid=row.guid,
            event=row.event,
            outcome=row.outcome,
            body=row.body,
            received_at=row.received_at,
        )
        .on_conflict_do_nothing()
        .returning(delivery.c.guid)
    ).first()
    return added is not None


def count_by_outcome(connection: Connection) -> dict[str, int]:
    """How many deliveries had which outcome."""
    rows = connection.execute(select(delivery.c.outcome, func.count()).group_by(delivery.c.outcome))
    return {outcome: count for outcome, count in rows}


def last_received_at(connection: Connection) -> int | None:
    """When the newest delivery came in."""
    newest: int | None = connection.execute(select(func.max(delivery.c.received_at))).scalar()
    return newest
