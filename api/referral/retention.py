"""How long a referral is kept, deleting it in time with its consent, and changing keys meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.sql import ColumnElement

from api.referral.tables import consents, referrals
from api.storage.database import Database
from api.storage.seal import Seal


@dataclass(frozen=True)
class Retention:
    """Days after delivery, and days after the making of what was never delivered."""

    days: int
    undelivered_days: int

    def is_over(self, row: Mapping[str, datetime | None], now: datetime) -> bool:
        """Whether a row of `referrals` must be gone at `now`."""
        delivered, made = row["delivered_at"], row["made_at"]
        if delivered:
            return delivered + timedelta(self.days) <= now
        return made + timedelta(self.undelivered_days) <= now

    def ended(self, now: datetime) -> ColumnElement:
        """The same as a condition on `referrals`."""
        delivered, made = referrals.c.delivered_at, referrals.c.made_at
        return or_(
            delivered <= now - timedelta(self.days),
            and_(delivered.is_(None), made <= now - timedelta(self.undelivered_days)),
        )


def delete_ended(database: Database, retention: Retention, now: datetime) -> int:
    """Delete every referral whose time is over, with its consent; their number. Leaves no trace in the files.

    Blocks. Raises sqlalchemy.exc.SQLAlchemyError when the database cannot be used.
    """
    ended = select(referrals.c.id).where(retention.ended(now))
    with database.begin() as connection:
        connection.execute(delete(consents).where(consents.c.referral_id.in_(ended)))
        deleted = connection.execute(delete(referrals).where(retention.ended(now))).rowcount
    database.wipe()
    return deleted


def reseal(database: Database, seal: Seal) -> int:
    """Seal every referral again under the first key, all or none; their number. Blocks.

    Raises NoKey when a key is missing, sqlalchemy.exc.SQLAlchemyError when the database cannot be used.
    """
    kept = select(referrals.c.id, referrals.c.sealed).where(referrals.c.sealed.is_not(None))
    with database.begin() as connection:
        rows = connection.execute(kept.with_for_update()).all()
        for referral_id, sealed in rows:
            renewed = update(referrals).where(referrals.c.id == referral_id)
            connection.execute(renewed.values(sealed=seal.renewed(sealed)))
    database.wipe()
    return len(rows)
