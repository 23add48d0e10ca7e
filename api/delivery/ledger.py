"""What came of the events: for an operator to look at and send again, and forgotten after a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.sql import ColumnElement

from api.access.tokens import holders
from api.delivery.outbox import DEAD, DELIVERED, WAITING, deliveries, events
from api.delivery.receivers import signing_secrets
from api.storage.database import Database

KEPT = timedelta(days=30)
"""How long what is finished is kept: delivered, or meant for a receiver that was revoked."""

KEPT_DEAD = timedelta(days=90)
"""How long a dead letter is kept; then later events of its subject go on without it."""


@dataclass(frozen=True)
class Line:
    """One event and one receiver. `status` is WAITING, DELIVERED or DEAD; times are in UTC."""

    id: int
    event_id: str
    event_type: str
    subject: str
    time: datetime
    receiver_id: str
    status: str
    attempts: int
    next_at: datetime
    last_at: datetime | None
    last_status: int | None
    last_error: str | None


class Ledger:
    """The deliveries in a database. Its methods block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, status: str | None = None) -> list[Line]:
        """Every delivery in the order of publishing, or those with one status."""
        query = (
            select(
                *(deliveries.c[name] for name in Line.__annotations__ if name in deliveries.c),
                events.c.id.label("event_id"),
                events.c.type.label("event_type"),
                events.c.time,
            )
            .join(events)
            .order_by(deliveries.c.id)
        )
        if status:
            query = query.where(deliveries.c.status == status)
        with self._database.begin() as connection:
            return [Line(**row) for row in connection.execute(query).mappings()]

    def resend(self, delivery_id: int) -> bool:
        """Send it (again), with all attempts before it; False when there is no such delivery."""
        return self._send_again(deliveries.c.id == delivery_id) > 0

    def resend_dead(self) -> int:
        """Send every dead letter again; their number."""
        return self._send_again(deliveries.c.status == DEAD)

    def forget(self, now: datetime | None = None) -> None:
        """Delete what is finished for longer than KEPT, old dead letters and ended signing secrets."""
        now = now or datetime.now(timezone.utc)
        long_gone = select(holders.c.id).where(holders.c.revoked_at <= now - KEPT)
        delivered = (deliveries.c.status == DELIVERED) & (deliveries.c.last_at <= now - KEPT)
        dead = (deliveries.c.status == DEAD) & (deliveries.c.last_at <= now - KEPT_DEAD)
        without_delivery = ~exists().where(deliveries.c.event_number == events.c.number)
        with self._database.begin() as connection:
            finished = or_(delivered, dead, deliveries.c.receiver_id.in_(long_gone))
            connection.execute(delete(deliveries).where(finished))
            connection.execute(delete(events).where(without_delivery))
            connection.execute(delete(signing_secrets).where(signing_secrets.c.ends_at <= now))

    def _send_again(self, which: ColumnElement) -> int:
        now = datetime.now(timezone.utc)
        values = {"status": WAITING, "attempts": 0, "next_at": now, "lease": None, "lease_until": None}
        with self._database.begin() as connection:
            return connection.execute(update(deliveries).where(which).values(**values)).rowcount
