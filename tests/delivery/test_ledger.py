from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, update

from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.ledger import KEPT, KEPT_DEAD, Ledger
from api.delivery.outbox import DEAD, DELIVERED, WAITING, deliveries, events
from api.delivery.receivers import signing_secrets

URL = "https://welzijn.example/haken"


def now() -> datetime:
    return datetime.now(timezone.utc)


@pytest.fixture
def ledger(database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def receiver(receivers):
    return receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE, REFERRAL_WITHDRAWN])[0]


@pytest.fixture
def published(database, outbox, receiver) -> list[Event]:
    made = [Event(REFERRAL_MADE, f"aan-{number}", None, {}) for number in range(3)]
    with database.begin() as connection:
        for event in made:
            outbox.publish(connection, event)
    return made


def put(database, event: Event, **values) -> None:
    number = select(events.c.number).where(events.c.id == event.id).scalar_subquery()
    with database.begin() as connection:
        connection.execute(update(deliveries).where(deliveries.c.event_number == number).values(**values))


def count(database, table) -> int:
    with database.begin() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_lines_come_in_the_order_of_publishing(ledger, published, receiver):
    lines = ledger.lines()
    assert [line.event_id for line in lines] == [event.id for event in published]
    first = lines[0]
    assert (first.status, first.attempts, first.receiver_id, first.subject) == (
        WAITING,
        0,
        receiver.id,
        "aan-0",
    )
    assert first.event_type == REFERRAL_MADE and first.last_status is None


def test_dead_letters_are_found_and_sent_again(ledger, published, database):
    put(database, published[1], status=DEAD, attempts=10, last_status=500)
    [dead] = ledger.lines(DEAD)
    assert dead.event_id == published[1].id and dead.last_status == 500
    assert ledger.resend(dead.id) is True
    assert ledger.lines(DEAD) == [] and ledger.lines()[1].attempts == 0
    assert ledger.resend(10**6) is False


def test_all_dead_letters_at_once_and_nothing_else(ledger, published, database):
    for event in published[:2]:
        put(database, event, status=DEAD)
    put(database, published[2], status=DELIVERED, attempts=1)
    assert ledger.resend_dead() == 2
    assert [line.status for line in ledger.lines()] == [WAITING, WAITING, DELIVERED]


def test_what_was_delivered_long_ago_is_forgotten_and_nothing_else(ledger, published, database):
    put(database, published[0], status=DELIVERED, last_at=now() - KEPT - timedelta(hours=1))
    put(database, published[1], status=DELIVERED, last_at=now() - timedelta(days=29))
    put(database, published[2], status=DEAD, last_at=now() - KEPT - timedelta(hours=1))
    ledger.forget(now())
    assert [line.event_id for line in ledger.lines()] == [event.id for event in published[1:]]
    assert count(database, events) == 2


def test_a_dead_letter_is_kept_for_so_long(ledger, published, database):
    put(database, published[0], status=DEAD, last_at=now() - KEPT_DEAD - timedelta(hours=1))
    put(database, published[1], status=DEAD, last_at=now() - KEPT_DEAD + timedelta(hours=1))
    ledger.forget(now())
    assert [line.event_id for line in ledger.lines()] == [event.id for event in published[1:]]


def test_an_event_stays_as_long_as_one_receiver_waits(ledger, receivers, database, outbox, receiver):
    receivers.add("Andere", URL, [REFERRAL_MADE])
    event = Event(REFERRAL_MADE, "aan-1", None, {})
    with database.begin() as connection:
        outbox.publish(connection, event)
        first = connection.execute(select(func.min(deliveries.c.id))).scalar_one()
        done = update(deliveries).where(deliveries.c.id == first)
        connection.execute(done.values(status=DELIVERED, last_at=now() - KEPT - timedelta(hours=1)))
    ledger.forget(now())
    assert count(database, events) == 1 and count(database, deliveries) == 1


def test_what_a_revoked_receiver_never_got_is_forgotten_too(ledger, published, tokens, receiver, database):
    tokens.revoke(receiver.id)
    ledger.forget(now())
    assert count(database, events) == 3
    ledger.forget(now() + KEPT + timedelta(minutes=1))
    assert count(database, events) == 0


def test_ended_signing_secrets_are_forgotten(ledger, receivers, receiver, database):
    receivers.rotate_secret(receiver.id, timedelta(hours=1))
    ledger.forget(now())
    assert count(database, signing_secrets) == 2
    ledger.forget(now() + timedelta(hours=2))
    assert count(database, signing_secrets) == 1
