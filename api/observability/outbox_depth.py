"""How full the outbox is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import func, select

from api.access.tokens import holders
from api.delivery.outbox import DEAD, WAITING, deliveries, events
from api.storage.database import Database


@dataclass(frozen=True)
class Depth:
    """Events on their way to a receiver, by state; `oldest_seconds` is the age of the oldest that waits."""

    waiting: int = 0
    dead: int = 0
    oldest_seconds: float = 0.0


def depth(database: Database) -> Depth:
    """The outbox now, without what is meant for a revoked receiver: nobody can send that. Blocks.

    Raises sqlalchemy.exc.SQLAlchemyError when the database cannot be used.
    """
    query = (
        select(deliveries.c.status, func.count().label("number"), func.min(events.c.time).label("oldest"))
        .select_from(deliveries.join(events).join(holders, holders.c.id == deliveries.c.receiver_id))
        .where(deliveries.c.status.in_((WAITING, DEAD)), holders.c.revoked_at.is_(None))
        .group_by(deliveries.c.status)
    )
    with database.begin() as connection:
        found = {row["status"]: row for row in connection.execute(query).mappings()}
    waiting, dead = found.get(WAITING), found.get(DEAD)
    if not waiting:
        return Depth(dead=dead["number"] if dead else 0)
    age = (datetime.now(timezone.utc) - waiting["oldest"]).total_seconds()
    return Depth(waiting["number"], dead["number"] if dead else 0, max(0.0, age))
