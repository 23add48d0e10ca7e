"""Which events may be sent now, and what came of it: the circuit, the order and the retries.

Several processes may do this at once. A claim is a lease: when its holder dies, another one takes the
event after `lease` seconds, so an event can arrive twice, and never not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from api import logs
from api.access.tokens import holders
from api.delivery.outbox import DEAD, DELIVERED, WAITING, deliveries, events
from api.delivery.post import Outcome
from api.delivery.receivers import receivers, working_secrets
from api.delivery.schedule import DELAYS, FAILURES_BEFORE_OPEN, LONGEST_OPEN, open_after, wait_after
from api.storage.database import Database
from api.storage.seal import NoKey, Seal

AT_ONCE_TO_ONE = 8
"""Events under way to one receiver, so that a slow one cannot keep the others waiting."""

GONE = 410


@dataclass(frozen=True)
class Claim:
    """An event to be sent to one receiver, by whoever holds `lease`; `is_trial` where its circuit is open."""

    id: int
    lease: str
    attempts: int
    is_trial: bool
    receiver_id: str
    url: str
    secrets: tuple[str, ...]
    event_id: str
    event_type: str
    body: str


class Claims:
    """Hands out what is due and keeps what came of it. Its methods block."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        lease: timedelta,
        delays: tuple[float, ...] = DELAYS,
        clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._database = database
        self._seal = seal
        self._lease = lease
        self._delays = delays
        self._clock = clock

    def claim(self, room: int) -> list[Claim]:
        """At most `room` events that may be sent now, for whoever calls this alone."""
        claims: list[Claim] = []
        with self._database.begin() as connection:
            for receiver_id in self._receivers_with_work(connection):
                claims += self._claim_for(connection, receiver_id, room - len(claims))
        return claims

    def settle(self, claim: Claim, outcome: Outcome) -> None:
        """Keep what came of the attempt, unless the lease went to somebody else meanwhile."""
        with self._database.begin() as connection:
            receiver = _locked(connection, claim.receiver_id)
            held = and_(deliveries.c.id == claim.id, deliveries.c.lease == claim.lease)
            after = self._after(claim, outcome)
            if not connection.execute(update(deliveries).where(held).values(**after)).rowcount:
                return
            circuit = self._circuit_after(receiver, claim, outcome)
            connection.execute(update(receivers).where(receivers.c.id == claim.receiver_id).values(**circuit))
        if after["status"] == DEAD:
            logs.delivery("delivery_dead", claim.receiver_id, claim.event_type, outcome.status, outcome.error)

    def _receivers_with_work(self, connection: Connection) -> list[str]:
        """Receivers to whom something is due and may be sent."""
        now = self._clock()
        query = (
            select(receivers.c.id)
            .join(holders)
            .where(holders.c.revoked_at.is_(None), _may_be_tried(now))
            .where(exists().where(deliveries.c.receiver_id == receivers.c.id, _is_due(now)))
            .order_by(receivers.c.id)
        )
        return list(connection.execute(query).scalars())

    def _claim_for(self, connection: Connection, receiver_id: str, room: int) -> list[Claim]:
        receiver = _free(connection, receiver_id)
        if receiver is None:
            return []
        now = self._clock()
        is_trial = receiver["open_until"] is not None
        if receiver["paused_at"] or (is_trial and receiver["open_until"] > now):
            return []  # since we looked
        room = min(room, 1 if is_trial else AT_ONCE_TO_ONE - _under_way(connection, receiver_id, now))
        found = _due(connection, receiver_id, room, now)
        if not found:
            return []
        try:
            keys = tuple(working_secrets(connection, self._seal, receiver_id))
        except NoKey as error:
            logs.failure("delivery_failed", error)
            self._leave_alone(connection, receiver_id, now + timedelta(seconds=LONGEST_OPEN))
            return []
        if is_trial:
            self._leave_alone(connection, receiver_id, now + self._lease)
        claims = []
        for row in found:
            row |= {"lease": secrets.token_hex(16), "is_trial": is_trial}
            values = {"lease": row["lease"], "lease_until": now + self._lease}
            connection.execute(update(deliveries).where(deliveries.c.id == row["id"]).values(**values))
            claims.append(Claim(receiver_id=receiver_id, url=receiver["url"], secrets=keys, **row))
        return claims

    def _leave_alone(self, connection: Connection, receiver_id: str, until: datetime) -> None:
        connection.execute(update(receivers).where(receivers.c.id == receiver_id).values(open_until=until))

    def _after(self, claim: Claim, outcome: Outcome) -> dict:
        """The delivery after an attempt."""
        now = self._clock()
        values = {
            "attempts": claim.attempts + 1,
            "lease": None,
            "lease_until": None,
            "last_at": now,
            "last_status": outcome.status,
            "last_error": outcome.error,
        }
        if outcome.is_delivered:
            return {**values, "status": DELIVERED}
        if outcome.status == GONE:  # waits until somebody resumes the receiver
            return {**values, "status": WAITING, "next_at": now}
        wait = wait_after(claim.attempts + 1, self._delays)
        if wait is None:
            return {**values, "status": DEAD}
        return {**values, "status": WAITING, "next_at": now + max(wait, outcome.rest or timedelta())}

    def _circuit_after(self, receiver: dict, claim: Claim, outcome: Outcome) -> dict:
        """The receiver after an attempt: closed after a success, else open when it needs rest.

        An open circuit learns from its trials only: what was under way when it opened counts no more.
        """
        if outcome.is_delivered:
            return {"failures": 0, "open_until": None}
        now = self._clock()
        if outcome.status == GONE:
            return {"paused_at": now}
        is_late = not claim.is_trial and receiver["failures"] >= FAILURES_BEFORE_OPEN
        failures = receiver["failures"] + (not is_late)
        rest = max(open_after(failures) or timedelta(), outcome.rest or timedelta())
        until = [now + rest] if rest else []
        if receiver["open_until"] and not claim.is_trial:
            until.append(receiver["open_until"])
        return {"failures": failures, "open_until": max(until, default=None)}


def _locked(connection: Connection, receiver_id: str) -> dict:
    """The row of a receiver, which nobody else changes before this transaction ends; waits for who has it."""
    query = select(receivers).where(receivers.c.id == receiver_id).with_for_update(key_share=True)
    return dict(connection.execute(query).mappings().one())


def _free(connection: Connection, receiver_id: str) -> dict | None:
    """The same without waiting; None while another sender has it, who hands out what is due to it himself.

    The row stands for the queue of one receiver: whoever has it alone decides what may go now, so the order
    of a subject, the room and the circuit hold for all processes together. SQLite has one writer anyway.
    """
    query = select(receivers).where(receivers.c.id == receiver_id)
    found = connection.execute(query.with_for_update(key_share=True, skip_locked=True)).mappings().first()
    return dict(found) if found else None


def _under_way(connection: Connection, receiver_id: str, now: datetime) -> int:
    query = select(func.count()).where(
        deliveries.c.receiver_id == receiver_id, deliveries.c.lease_until > now
    )
    return connection.execute(query).scalar_one()


def _due(connection: Connection, receiver_id: str, room: int, now: datetime) -> list[dict]:
    """The events that are due, longest waiting first, with what a Claim needs of them."""
    if room < 1:
        return []
    columns = (deliveries.c.id, deliveries.c.attempts, events.c.id.label("event_id"))
    query = (
        select(*columns, events.c.type.label("event_type"), events.c.body)
        .join(events)
        .where(deliveries.c.receiver_id == receiver_id, _is_due(now))
        .order_by(deliveries.c.next_at, deliveries.c.id)
        .limit(room)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _is_due(now: datetime) -> ColumnElement:
    """Waiting, its time has come, nobody holds it, and no earlier event of its subject is still to come."""
    earlier = deliveries.alias()
    blocked = exists().where(
        earlier.c.receiver_id == deliveries.c.receiver_id,
        earlier.c.subject == deliveries.c.subject,
        earlier.c.id < deliveries.c.id,
        earlier.c.status != DELIVERED,
    )
    free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
    return and_(deliveries.c.status == WAITING, deliveries.c.next_at <= now, free, ~blocked)


def _may_be_tried(now: datetime) -> ColumnElement:
    """Not paused, and its circuit closed or open for long enough."""
    rested = or_(receivers.c.open_until.is_(None), receivers.c.open_until <= now)
    return and_(receivers.c.paused_at.is_(None), rested)
