"""The outbox: events and whom they must reach, written in the transaction of what happened."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from api.delivery.envelope import body_of
from api.delivery.events import EVENT_TYPES, Event
from api.delivery.receivers import PAUSED, subscribed
from api.storage.database import Database, Moment, metadata

_Number = BigInteger().with_variant(Integer, "sqlite")

events = Table(
    "events",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("id", String(80), nullable=False, unique=True),
    Column("type", String(60), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("time", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("event_number", ForeignKey("events.number"), nullable=False),
    Column("receiver_id", ForeignKey("receivers.id"), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("status", String(10), nullable=False, default=WAITING),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment, nullable=False),
    Column("lease", String(32)),
    Column("lease_until", Moment),
    Column("last_at", Moment),
    Column("last_status", Integer),
    Column("last_error", String(60)),
    UniqueConstraint("event_number", "receiver_id"),
    Index("deliveries_in_order", "receiver_id", "subject", "id"),
    Index("deliveries_due", "receiver_id", "status", "next_at"),
)
"""One event on its way to one receiver. Ids grow in the order of publishing."""


class Outbox:
    """The Publisher. `source` is the address of this server, or empty."""

    def __init__(self, database: Database, source: str = "") -> None:
        self._database = database
        self._source = source

    def publish(self, connection: Connection, event: Event) -> int:
        """Write `event` down for its receivers, in the transaction of `connection`; their number.

        An event whose id was written down before is left as it is; one that nobody wants is not
        written. Raises ValueError for an unknown type or more than an event can hold.
        """
        if event.type not in EVENT_TYPES:
            raise ValueError("an event has a type of EVENT_TYPES")
        body = body_of(event, self._source)
        _one_at_a_time(connection, event.subject)
        known = _receivers_of(connection, event.id)
        if known:
            return known
        wanting = subscribed(connection, event.type, event.municipality)
        if not wanting:
            return 0
        row = {"id": event.id, "type": event.type, "subject": event.subject, "time": event.time, "body": body}
        number = _insert_new(connection, row)
        if number is None:
            return _receivers_of(connection, event.id)
        connection.execute(
            deliveries.insert(),
            [
                {
                    "event_number": number,
                    "receiver_id": receiver.id,
                    "subject": event.subject,
                    "next_at": datetime.now(timezone.utc),
                }
                for receiver in wanting
            ],
        )
        return len(wanting)

    def receives(self, event_type: str, municipality: str | None) -> bool:
        """Whether somebody would receive such an event now; a paused receiver would not.

        Opens a transaction of its own, so do not ask within another one.
        """
        with self._database.begin() as connection:
            return any(
                receiver.state != PAUSED for receiver in subscribed(connection, event_type, municipality)
            )


def _one_at_a_time(connection: Connection, subject: str) -> None:
    """Let nobody else publish on `subject` before this transaction ends, or numbers would lie about order."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer
        statement = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
        connection.execute(statement, {"subject": subject})


def _receivers_of(connection: Connection, event_id: str) -> int:
    joined = deliveries.join(events)
    query = select(func.count()).select_from(joined).where(events.c.id == event_id)
    return connection.execute(query).scalar_one()


def _insert_new(connection: Connection, row: dict) -> int | None:
    """The number of the new event; None when its id was written down before."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    done = connection.execute(dialect.insert(events).values(**row).on_conflict_do_nothing())
    if not done.rowcount:
        return None
    return connection.execute(select(events.c.number).where(events.c.id == row["id"])).scalar_one()
