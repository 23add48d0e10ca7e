"""Tokens of practices, of programs that talk to the webhooks, and of receivers of events.

Only the hash of a token is kept (`api.access.keys`).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Column, ForeignKey, String, Table, select, update
from sqlalchemy.engine import Connection

from api.access.keys import digest, fits
from api.storage.database import Database, Moment, metadata

PRACTICE, CLIENT, RECEIVER = "praktijk", "koppeling", "ontvanger"
KINDS = (PRACTICE, CLIENT, RECEIVER)

holders = Table(
    "holders",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("municipality", String(100)),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("holder_id", ForeignKey("holders.id"), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ends_at", Moment),
)

_TOKEN = re.compile(r"st_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Holder:
    """Whose token it is. `kind` is one of KINDS; `municipality` None where it works for several."""

    id: str
    kind: str
    name: str
    municipality: str | None
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Accepted:
    """A token that works now: whose it is, and its id, which is no secret."""

    holder: Holder
    token_id: str


class UnknownHolder(LookupError):
    """There is no such holder, or it was revoked."""


class Tokens:
    """The tokens in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, kind: str, name: str, municipality: str | None = None) -> tuple[Holder, str]:
        """A new holder with its first token, which is shown this once."""
        with self._database.begin() as connection:
            return make_within(connection, kind, name, municipality)

    def rotate(self, holder_id: str, grace: timedelta = timedelta()) -> str:
        """A new token; the old ones work for `grace` longer. Raises UnknownHolder."""
        with self._database.begin() as connection:
            _known(connection, holder_id)
            _end_tokens(connection, holder_id, _now() + grace)
            return _add_token(connection, holder_id)

    def revoke(self, holder_id: str) -> None:
        """Let none of its tokens work any more. Raises UnknownHolder."""
        with self._database.begin() as connection:
            _known(connection, holder_id)
            _end_tokens(connection, holder_id, _now())
            connection.execute(update(holders).where(holders.c.id == holder_id).values(revoked_at=_now()))

    def all(self, kind: str | None = None) -> list[Holder]:
        """Every holder (of a kind), revoked ones too, oldest first."""
        query = select(holders).order_by(holders.c.created_at, holders.c.id)
        if kind:
            query = query.where(holders.c.kind == kind)
        with self._database.begin() as connection:
            return [Holder(**row) for row in connection.execute(query).mappings()]

    def ever_made(self, kind: str) -> bool:
        """Whether there is a holder of that kind, revoked or not: they are never removed."""
        with self._database.begin() as connection:
            return connection.execute(select(holders.c.id).where(holders.c.kind == kind)).first() is not None

    def change(self) -> int | None:
        """As `Database.change`: while it stays the same, nobody made or revoked anything."""
        return self._database.change()

    def holder(self, holder_id: str) -> Holder | None:
        """The holder with that id, unless it was revoked."""
        query = select(holders).where(holders.c.id == holder_id, holders.c.revoked_at.is_(None))
        with self._database.begin() as connection:
            found = connection.execute(query).mappings().first()
        return Holder(**found) if found else None

    def holder_of(self, token: str, kind: str) -> Holder | None:
        """Whose token it is, when it works now for this kind."""
        accepted = self.accept(token, kind)
        return accepted.holder if accepted else None

    def accept(self, token: str, kind: str) -> Accepted | None:
        """The token when it works now for this kind.

        The secret is compared in constant time, also where there is no such token; the id in the
        token, by which it is looked up, is no secret.
        """
        shape = _TOKEN.fullmatch(token)
        found = self._token(shape[1]) if shape else None
        right = fits(token, found["digest"] if found else None)
        if not (right and found) or (found["ends_at"] and found["ends_at"] <= _now()):
            return None
        holder = self.holder(found["holder_id"])
        return Accepted(holder, found["id"]) if holder and holder.kind == kind else None

    def _token(self, token_id: str) -> dict | None:
        with self._database.begin() as connection:
            found = connection.execute(select(tokens).where(tokens.c.id == token_id)).mappings().first()
        return dict(found) if found else None


def make_within(
    connection: Connection, kind: str, name: str, municipality: str | None = None
) -> tuple[Holder, str]:
    """`Tokens.make` in the transaction of `connection`."""
    holder = Holder(f"{kind[:3]}-{secrets.token_hex(6)}", kind, name, municipality, _now())
    connection.execute(holders.insert().values(**vars(holder)))
    return holder, _add_token(connection, holder.id)


def _add_token(connection: Connection, holder_id: str) -> str:
    token_id = secrets.token_hex(6)
    token = f"st_{token_id}_{secrets.token_urlsafe(32)}"
    row = {"id": token_id, "holder_id": holder_id, "digest": digest(token), "created_at": _now()}
    connection.execute(tokens.insert().values(**row))
    return token


def _end_tokens(connection: Connection, holder_id: str, moment: datetime) -> None:
    """Let every token that would live longer end at `moment`."""
    longer = (tokens.c.ends_at.is_(None)) | (tokens.c.ends_at > moment)
    connection.execute(update(tokens).where(tokens.c.holder_id == holder_id, longer).values(ends_at=moment))


def _known(connection: Connection, holder_id: str) -> None:
    query = select(holders.c.id).where(holders.c.id == holder_id, holders.c.revoked_at.is_(None))
    if connection.execute(query).first() is None:
        raise UnknownHolder(holder_id)


def _now() -> datetime:
    return datetime.now(timezone.utc)
