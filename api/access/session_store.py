"""Who is signed in at the front desk, in the database."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Column, ForeignKey, String, Table, delete, select, update
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.sql import Select

from api.access.keys import digest, fits
from api.access.tokens import Holder, holders, tokens
from api.settings import Settings
from api.storage.database import Database, Moment, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("holder_id", ForeignKey("holders.id"), nullable=False, index=True),
    Column("token_id", ForeignKey("tokens.id")),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("question_noted_at", Moment),
)

SEEN_EVERY = timedelta(seconds=5)
"""A request within it is not written down again, so a session may end this much earlier."""

_KEY = re.compile(r"([0-9a-f]{12})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Session:
    """One practice in one browser. `ends_at` is when it ends if nothing more is asked."""

    id: str
    holder: Holder
    ends_at: datetime
    question_noted_at: datetime | None = None


class Sessions:
    """The sessions in a database. Its methods block: call them from a thread.

    A session ends after `SESSIE_MINUTEN` without a request, after `SESSIE_UREN` in any case, and at
    once when its practice is revoked or the token it began with ends.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._database = database
        self._idle = timedelta(minutes=settings.session_minutes)
        self._longest = timedelta(hours=settings.session_hours)
        self._now = now

    def start(self, holder: Holder, token_id: str | None = None) -> tuple[Session, str]:
        """A new session with its key, which only the browser keeps. `token_id`: what it began with."""
        session_id, now = secrets.token_hex(6), self._now()
        key = f"{session_id}_{secrets.token_urlsafe(32)}"
        row = {
            "id": session_id,
            "digest": digest(key),
            "holder_id": holder.id,
            "token_id": token_id,
            "created_at": now,
            "seen_at": now,
        }
        with self._database.begin() as connection:
            connection.execute(sessions.insert().values(**row))
        return Session(session_id, holder, now + min(self._idle, self._longest)), key

    def use(self, key: str) -> Session | None:
        """The session that `key` opens, which is thereby used; None when there is none or it ended."""
        with self._database.begin() as connection:
            row = self._alive(connection, key)
            if row is None:
                return None
            if self._now() - row["seen_at"] < SEEN_EVERY:
                return self._session(row, row["seen_at"])
            connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(seen_at=self._now()))
            return self._session(row, self._now())

    def look(self, key: str) -> Session | None:
        """The same, without using it: to ask how long it lasts does not make it last."""
        with self._database.begin() as connection:
            row = self._alive(connection, key)
        return self._session(row, row["seen_at"]) if row else None

    def end(self, key: str) -> Session | None:
        """End the session that `key` opens, and say which it was."""
        with self._database.begin() as connection:
            row = self._alive(connection, key)
            if row is None:
                return None
            connection.execute(delete(sessions).where(sessions.c.id == row["id"]))
            return self._session(row, row["seen_at"])

    def clean(self) -> int:
        """Delete every session that ended; their number."""
        now = self._now()
        revoked = select(holders.c.id).where(holders.c.revoked_at.is_not(None))
        ended = select(tokens.c.id).where(tokens.c.ends_at <= now)
        over = (
            (sessions.c.created_at <= now - self._longest)
            | (sessions.c.seen_at <= now - self._idle)
            | sessions.c.holder_id.in_(revoked)
            | sessions.c.token_id.in_(ended)
        )
        with self._database.begin() as connection:
            return connection.execute(delete(sessions).where(over)).rowcount

    def _alive(self, connection: Connection, key: str) -> RowMapping | None:
        """The row of the session that `key` opens now, with its practice.

        The secret is compared in constant time, also where there is no such session; the id in the
        key, by which it is looked up, is no secret.
        """
        shape = _KEY.fullmatch(key)
        row = connection.execute(_with_practice(shape[1])).mappings().first() if shape else None
        right = fits(key, row["digest"] if row else None)
        return row if right and row and self._ends_at(row, row["seen_at"]) > self._now() else None

    def _session(self, row: RowMapping, seen_at: datetime) -> Session:
        holder = Holder(**{column.name: row[f"holder_{column.name}"] for column in holders.c})
        return Session(row["id"], holder, self._ends_at(row, seen_at), row["question_noted_at"])

    def _ends_at(self, row: RowMapping, seen_at: datetime) -> datetime:
        ends = [seen_at + self._idle, row["created_at"] + self._longest]
        ends += [row[end] for end in ("token_ends_at", "holder_revoked_at") if row[end]]
        return min(ends)


def _with_practice(session_id: str) -> Select:
    """The session with that id, its practice (`holder_...`) and when its token ends."""
    columns = [column for column in sessions.c if column is not sessions.c.holder_id]
    return (
        select(
            *columns,
            *(column.label(f"holder_{column.name}") for column in holders.c),
            tokens.c.ends_at.label("token_ends_at"),
        )
        .select_from(sessions.join(holders).outerjoin(tokens, tokens.c.id == sessions.c.token_id))
        .where(sessions.c.id == session_id)
    )
