"""The referrals in the database: made, handed over, moved on and withdrawn, each in one transaction.

What other systems must hear is published in the same transaction. The methods block: call them from a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone

from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from api.access.audit import Audit
from api.access.tokens import Holder, holders
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event, Publisher
from api.delivery.receivers import is_subscribed
from api.referral.codes import code_digest, content_digest, is_id, new_code, new_id, request_digest
from api.referral.consent import ConsentText
from api.referral.model import (
    Application,
    Consent,
    Gone,
    KeyReused,
    Made,
    NoReceiver,
    NotAllowed,
    Overview,
    Referral,
    UnknownReferral,
)
from api.referral.personal_data import PersonalData
from api.referral.retention import Retention
from api.referral.statuses import DELIVERED, PICKED_UP, RECEIVED, SET_BY_RECEIVER, WITHDRAWN, may_follow
from api.referral.tables import consents, referrals
from api.storage.database import Database
from api.storage.seal import Seal


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Referrals:
    """All referrals. `clock` gives the present moment, aware."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        publisher: Publisher,
        audit: Audit,
        retention: Retention,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._database = database
        self._seal = seal
        self._publisher = publisher
        self._audit = audit
        self._retention = retention
        self._clock = clock

    def earlier(self, application: Application) -> Made | None:
        """The answer to the same application, if it was kept before. Raises KeyReused, NoKey."""
        with self._database.begin() as connection:
            return self._earlier(connection, application)

    def make(self, application: Application, consent: ConsentText) -> Made:
        """Keep a referral and its consent and tell its receivers; the earlier answer to a key used before.

        Raises KeyReused, NoReceiver, NoKey.
        """
        try:
            with self._database.begin() as connection:
                return self._earlier(connection, application) or self._keep(connection, application, consent)
        except IntegrityError:  # another process kept the same in the meantime (PostgreSQL)
            made = self.earlier(application)
            if made is None:
                raise
            return made

    def hand_over(self, referral_id: str, receiver: Holder) -> Referral:
        """The referral for a receiver, who has it from now on. Raises UnknownReferral, Gone, NoKey."""
        with self._database.begin() as connection:
            row = self._for_receiver(connection, referral_id, receiver)
            sealed = self._seal.open(row["sealed"])
            if may_follow(DELIVERED, row["status"]):
                row |= {"status": DELIVERED, "delivered_at": self._clock()}
                _change(connection, referral_id, status=DELIVERED, delivered_at=row["delivered_at"])
            self._audit.note_within(connection, receiver, "aanmelding_bekeken", referral_id)
            return Referral(
                id=referral_id,
                status=row["status"],
                municipality=row["municipality"],
                practice=_practice_name(connection, row["practice_id"]),
                made_at=row["made_at"],
                changed_at=row["closed_at"] or row["picked_up_at"] or row["delivered_at"],
                personal=PersonalData.from_json(sealed["personal"]),
                consent=_consent(connection, referral_id),
            )

    def move_on(self, referral_id: str, receiver: Holder, status: str) -> None:
        """Note what the receiver says: picked up or done. Saying it twice changes nothing.

        Raises UnknownReferral, Gone, NotAllowed.
        """
        with self._database.begin() as connection:
            row = self._for_receiver(connection, referral_id, receiver)
            if row["status"] == status:
                return
            if status not in SET_BY_RECEIVER or not may_follow(status, row["status"]):
                raise NotAllowed
            moment = "picked_up_at" if status == PICKED_UP else "closed_at"
            _change(connection, referral_id, status=status, **{moment: self._clock()})

    def withdraw(self, code: str, referral_id: str | None = None) -> None:
        """Delete the personal data of the referral that `code` belongs to, and tell its receivers.

        Done already: nothing happens. `referral_id`: it must also be this one. Raises UnknownReferral.
        """
        found = referrals.c.code_digest == code_digest(code)
        self._withdraw(found if referral_id is None else found & _with_id(referral_id), None)

    def withdraw_for(self, practice: Holder, referral_id: str) -> None:
        """The same for a practice that made the referral. Raises UnknownReferral."""
        own = _with_id(referral_id) & (referrals.c.practice_id == practice.id)
        self._withdraw(own, practice)

    def made_by(self, practice: Holder) -> list[Overview]:
        """The referrals of a practice, newest first; what was withdrawn is none of its business any more."""
        query = (
            select(referrals)
            .where(referrals.c.practice_id == practice.id, referrals.c.sealed.is_not(None))
            .order_by(referrals.c.made_at.desc(), referrals.c.id)
        )
        now = self._clock()
        with self._database.begin() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        return [
            Overview(row["id"], row["made_at"], row["picked_up_at"] is not None)
            for row in rows
            if not self._retention.is_over(row, now)
        ]

    def _earlier(self, connection: Connection, application: Application) -> Made | None:
        digest = _request_digest(application)
        row = _row(connection, referrals.c.request_digest == digest)
        if row is None:
            return None
        if row["content_digest"] != _content_digest(application):
            raise KeyReused
        if row["sealed"] is None:
            return Made(row["id"], None, WITHDRAWN)
        return Made(row["id"], self._seal.open(row["sealed"])["code"], RECEIVED)

    def _keep(self, connection: Connection, application: Application, agreed: ConsentText) -> Made:
        made, now = Made(new_id(), new_code(), RECEIVED), self._clock()
        row = {
            "id": made.id,
            "status": RECEIVED,
            "municipality": application.municipality,
            "practice_id": application.practice.id if application.practice else None,
            "made_at": now,
            "sealed": self._seal.close({"personal": application.personal.as_json(), "code": made.code}),
            "code_digest": code_digest(made.code),
            "request_digest": _request_digest(application),
            "content_digest": _content_digest(application),
        }
        consent = {"asked_by": agreed.asked_by, "version": agreed.version, "text": agreed.text}
        connection.execute(referrals.insert().values(**row))
        connection.execute(consents.insert().values(referral_id=made.id, given_at=now, **consent))
        if not self._publish(connection, REFERRAL_MADE, made.id, application.municipality):
            raise NoReceiver
        if application.practice:
            self._audit.note_within(connection, application.practice, "aanmelding_gemaakt", made.id)
        return made

    def _withdraw(self, which: ColumnElement, practice: Holder | None) -> None:
        now = self._clock()
        with self._database.begin() as connection:
            row = _row(connection, which)
            if row is None or self._retention.is_over(row, now):
                raise UnknownReferral
            if row["sealed"] is None:
                return
            closed = {"status": WITHDRAWN, "closed_at": now} if may_follow(WITHDRAWN, row["status"]) else {}
            _change(connection, row["id"], sealed=None, **closed)
            withdrawn = update(consents).where(consents.c.referral_id == row["id"]).values(withdrawn_at=now)
            connection.execute(withdrawn)
            self._publish(connection, REFERRAL_WITHDRAWN, row["id"], row["municipality"])
            self._audit.note_within(connection, practice, "aanmelding_ingetrokken", row["id"])
        self._database.wipe()

    def _publish(self, connection: Connection, kind: str, referral_id: str, municipality: str) -> int:
        event = Event(kind, referral_id, municipality, {"aanmeldingId": referral_id}, time=self._clock())
        return self._publisher.publish(connection, event)

    def _for_receiver(self, connection: Connection, referral_id: str, receiver: Holder) -> dict:
        row = _row(connection, _with_id(referral_id))
        if (
            row is None
            or self._retention.is_over(row, self._clock())
            or not is_subscribed(connection, receiver.id, REFERRAL_MADE, row["municipality"])
        ):
            raise UnknownReferral
        if row["sealed"] is None:
            raise Gone
        return row


def _request_digest(application: Application) -> str:
    return request_digest(application.practice.id if application.practice else None, application.key)


def _content_digest(application: Application) -> str:
    content = {**application.personal.as_json(), "municipality": application.municipality}
    return content_digest(application.key, content)


def _with_id(referral_id: str) -> ColumnElement:
    """Raises UnknownReferral for what cannot be an id: PostgreSQL would not even look for some characters."""
    if not is_id(referral_id):
        raise UnknownReferral
    return referrals.c.id == referral_id


def _row(connection: Connection, which: ColumnElement) -> dict | None:
    """The one referral, kept for us until the transaction ends."""
    found: Mapping | None = (
        connection.execute(select(referrals).where(which).with_for_update()).mappings().first()
    )
    return dict(found) if found else None


def _change(connection: Connection, referral_id: str, **values: object) -> None:
    connection.execute(update(referrals).where(referrals.c.id == referral_id).values(**values))


def _practice_name(connection: Connection, practice_id: str | None) -> str | None:
    return connection.execute(select(holders.c.name).where(holders.c.id == practice_id)).scalar()


def _consent(connection: Connection, referral_id: str) -> Consent:
    query = select(consents).where(consents.c.referral_id == referral_id)
    row = dict(connection.execute(query).mappings().one())
    del row["referral_id"]
    return Consent(**row)
