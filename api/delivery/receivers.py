"""Who receives events: where to, which types, and the secrets that show that we sent them."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sociale_kaart.municipality import name_key
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, and_, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from api.access.tokens import RECEIVER, UnknownHolder, holders, make_within
from api.storage.database import Database, Moment, metadata
from api.storage.seal import Seal

receivers = Table(
    "receivers",
    metadata,
    Column("id", ForeignKey("holders.id"), primary_key=True),
    Column("url", String(2000), nullable=False),
    Column("event_types", String(400), nullable=False),
    Column("paused_at", Moment),
    Column("failures", Integer, nullable=False, default=0),
    Column("open_until", Moment),
)
"""`paused_at`: it said that it is gone. `failures` in a row and `open_until` are its circuit."""

signing_secrets = Table(
    "signing_secrets",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("receiver_id", ForeignKey("receivers.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ends_at", Moment),
)

SECRET_BYTES = 32
"""Standard Webhooks 1.0.0, "Signature scheme": at least 24, at most 64."""

OPEN, PAUSED, REVOKED, CLOSED = "open", "paused", "revoked", "closed"


@dataclass(frozen=True)
class Receiver:
    """A receiver of events; `municipality` None: of every municipality. Times are in UTC."""

    id: str
    name: str
    municipality: str | None
    url: str
    event_types: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None
    paused_at: datetime | None
    failures: int
    open_until: datetime | None

    @property
    def state(self) -> str:
        """REVOKED, PAUSED (it said 410 Gone), OPEN (its circuit: nothing is sent for now) or CLOSED."""
        if self.revoked_at:
            return REVOKED
        if self.paused_at:
            return PAUSED
        return OPEN if self.open_until else CLOSED

    def wants(self, event_type: str, municipality: str | None) -> bool:
        """Whether it subscribed to this type, for this municipality (None: for any)."""
        if event_type not in self.event_types:
            return False
        if self.municipality is None or municipality is None:
            return True
        return name_key(self.municipality) == name_key(municipality)


class Receivers:
    """The receivers in a database. Its methods block."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def add(
        self, name: str, url: str, event_types: Collection[str], municipality: str | None = None
    ) -> tuple[Receiver, str, str]:
        """A new receiver with its token and its signing secret, which are shown this once.

        `url` is checked by `safe_address.check_url`, by the caller. Raises NoKey.
        """
        secret = new_secret()
        sealed = self._seal.close(secret)
        with self._database.begin() as connection:
            holder, token = make_within(connection, RECEIVER, name, municipality)
            row = {"id": holder.id, "url": url, "event_types": ",".join(event_types)}
            connection.execute(receivers.insert().values(**row))
            _add_secret(connection, holder.id, sealed)
            return _of(connection, holder.id), token, secret

    def all(self) -> list[Receiver]:
        """Every receiver, revoked ones too, oldest first."""
        with self._database.begin() as connection:
            return _read(connection, _query())

    def get(self, receiver_id: str) -> Receiver:
        """The receiver with that id. Raises UnknownHolder, also when it was revoked."""
        with self._database.begin() as connection:
            return _of(connection, receiver_id)

    def rotate_secret(self, receiver_id: str, grace: timedelta) -> str:
        """A new signing secret; what is sent is signed with the old ones, too, for `grace` longer.

        Raises UnknownHolder, NoKey.
        """
        secret = new_secret()
        sealed = self._seal.close(secret)
        with self._database.begin() as connection:
            _of(connection, receiver_id)
            ends_at = _now() + grace
            longer = or_(signing_secrets.c.ends_at.is_(None), signing_secrets.c.ends_at > ends_at)
            ending = update(signing_secrets).where(signing_secrets.c.receiver_id == receiver_id, longer)
            connection.execute(ending.values(ends_at=ends_at))
            _add_secret(connection, receiver_id, sealed)
        return secret

    def resume(self, receiver_id: str) -> None:
        """Send to it again: neither paused nor with an open circuit. Raises UnknownHolder."""
        with self._database.begin() as connection:
            _of(connection, receiver_id)
            values = {"paused_at": None, "failures": 0, "open_until": None}
            connection.execute(update(receivers).where(receivers.c.id == receiver_id).values(**values))

    def secrets(self, receiver_id: str) -> list[str]:
        """The secrets that work now, newest first. Raises NoKey when no key opens them."""
        with self._database.begin() as connection:
            return working_secrets(connection, self._seal, receiver_id)


def subscribed(connection: Connection, event_type: str, municipality: str | None) -> list[Receiver]:
    """Who gets such an event, paused receivers too: they get it when they are resumed."""
    active = _read(connection, _query().where(holders.c.revoked_at.is_(None)))
    return [receiver for receiver in active if receiver.wants(event_type, municipality)]


def is_subscribed(connection: Connection, receiver_id: str, event_type: str, municipality: str) -> bool:
    """Whether this receiver gets such events, paused or not."""
    return receiver_id in {receiver.id for receiver in subscribed(connection, event_type, municipality)}


def working_secrets(connection: Connection, seal: Seal, receiver_id: str) -> list[str]:
    """The signing secrets of a receiver that work now, newest first. Raises NoKey."""
    works = or_(signing_secrets.c.ends_at.is_(None), signing_secrets.c.ends_at > _now())
    query = select(signing_secrets.c.sealed).where(and_(signing_secrets.c.receiver_id == receiver_id, works))
    newest_first = query.order_by(signing_secrets.c.created_at.desc(), signing_secrets.c.id)
    return [str(seal.open(sealed)) for sealed in connection.execute(newest_first).scalars()]


def new_secret() -> str:
    """A random signing secret, written as Standard Webhooks does."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _add_secret(connection: Connection, receiver_id: str, sealed: bytes) -> None:
    row = {"id": secrets.token_hex(6), "receiver_id": receiver_id, "sealed": sealed, "created_at": _now()}
    connection.execute(signing_secrets.insert().values(**row))


def _query() -> Select:
    columns = (
        *receivers.c,
        holders.c.name,
        holders.c.municipality,
        holders.c.created_at,
        holders.c.revoked_at,
    )
    return select(*columns).join(holders).order_by(holders.c.created_at, holders.c.id)


def _read(connection: Connection, query: Select) -> list[Receiver]:
    rows = connection.execute(query).mappings()
    return [Receiver(**{**row, "event_types": tuple(row["event_types"].split(","))}) for row in rows]


def _of(connection: Connection, receiver_id: str) -> Receiver:
    found: Sequence[Receiver] = _read(
        connection, _query().where(receivers.c.id == receiver_id, holders.c.revoked_at.is_(None))
    )
    if not found:
        raise UnknownHolder(receiver_id)
    return found[0]


def _now() -> datetime:
    return datetime.now(timezone.utc)
