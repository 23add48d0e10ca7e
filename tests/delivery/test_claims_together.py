"""Several senders on one PostgreSQL: none waits for another, and together they keep the order."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.delivery.claims import Claim, Claims
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.post import Outcome
from api.delivery.receivers import receivers as table
from api.storage.database import Database

LEASE = timedelta(seconds=60)
TYPES = [REFERRAL_MADE, REFERRAL_WITHDRAWN]
SENDERS = 4
SUBJECTS = 12


@pytest.fixture
def store_url(postgres_url) -> str:
    """A sender that waits for a lock fails after two seconds, instead of for ever."""
    return f"{postgres_url}&options=-c%20lock_timeout%3D2000"


@pytest.fixture
def publish(database, outbox):
    def publish(subject: str) -> None:
        for event_type in TYPES:
            with database.begin() as connection:
                outbox.publish(connection, Event(event_type, subject, None, {"aanmeldingId": subject}))

    return publish


def test_a_sender_passes_by_the_receiver_that_another_has(database, seal, receivers, publish):
    one, _, _ = receivers.add("Welzijn Zeist", "https://een.example/", TYPES)
    two, _, _ = receivers.add("Welzijn Assen", "https://twee.example/", TYPES)
    publish("aan-1")
    claims = Claims(database, seal, LEASE)
    with database.begin() as other:
        other.execute(select(table).where(table.c.id == one.id).with_for_update(key_share=True)).all()
        assert [claim.receiver_id for claim in claims.claim(10)] == [two.id]
    assert [claim.receiver_id for claim in claims.claim(10)] == [one.id]


def test_senders_at_once_bring_everything_once_and_in_order(store_url, database, seal, receivers, publish):
    for name in ("Zeist", "Assen"):
        receivers.add(f"Welzijn {name}", f"https://{name.lower()}.example/", TYPES)
    for number in range(SUBJECTS):
        publish(f"aan-{number}")
    brought: list[Claim] = []
    lock, all_there = threading.Lock(), threading.Event()

    def send() -> None:
        own = Database(store_url)
        claims = Claims(own, seal, LEASE)
        while not all_there.is_set():
            for claim in claims.claim(3):
                with lock:
                    brought.append(claim)
                    if len(brought) == 2 * len(TYPES) * SUBJECTS:
                        all_there.set()
                claims.settle(claim, Outcome(204))
        own.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        for done in [pool.submit(send) for _ in range(SENDERS)]:
            done.result(timeout=60)
    came = [(claim.receiver_id, claim.event_id) for claim in brought]
    assert len(set(came)) == len(came) == 2 * len(TYPES) * SUBJECTS
    for receiver_id in {claim.receiver_id for claim in brought}:
        for number in range(SUBJECTS):
            types = [
                claim.event_type
                for claim in brought
                if claim.receiver_id == receiver_id and f'"aan-{number}"' in claim.body
            ]
            assert types == TYPES
