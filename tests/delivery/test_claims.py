from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from api.delivery.claims import AT_ONCE_TO_ONE, Claims
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.outbox import DEAD, DELIVERED, WAITING, deliveries
from api.delivery.post import Outcome
from api.delivery.receivers import CLOSED, OPEN, PAUSED
from api.delivery.schedule import DELAYS, FAILURES_BEFORE_OPEN
from api.storage.seal import Seal

URL = "https://welzijn.example/haken"
LEASE = timedelta(seconds=45)
OK, BROKEN = Outcome(200), Outcome(500)


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(timezone.utc) + timedelta(seconds=1)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def claims(database, seal, clock) -> Claims:
    return Claims(database, seal, LEASE, clock=clock)


@pytest.fixture
def receiver(receivers):
    receiver, _, secret = receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE, REFERRAL_WITHDRAWN])
    return receiver


@pytest.fixture
def publish(database, outbox):
    def publish(subject: str, *types: str) -> None:
        for event_type in types or (REFERRAL_MADE,):
            with database.begin() as connection:
                outbox.publish(connection, Event(event_type, subject, None, {"aanmeldingId": subject}))

    return publish


def rows(database) -> list:
    with database.begin() as connection:
        return connection.execute(select(deliveries).order_by(deliveries.c.id)).mappings().all()


def test_what_is_claimed_is_nobody_elses(claims, publish, receiver):
    publish("aan-1")
    [claim] = claims.claim(10)
    assert (claim.url, claim.receiver_id, claim.attempts) == (URL, receiver.id, 0)
    assert len(claim.secrets) == 1 and claims.claim(10) == []


def test_what_was_delivered_is_done(claims, publish, receiver, database, clock):
    publish("aan-1")
    claims.settle(claims.claim(10)[0], OK)
    clock.pass_by(days=10)
    assert claims.claim(10) == [] and rows(database)[0]["status"] == DELIVERED


def test_a_claim_of_somebody_who_died_is_given_out_again(claims, publish, receiver, clock, database):
    publish("aan-1")
    [lost] = claims.claim(10)
    clock.pass_by(seconds=LEASE.total_seconds() + 1)
    [again] = claims.claim(10)
    assert again.event_id == lost.event_id
    claims.settle(lost, BROKEN)
    assert rows(database)[0]["lease"] == again.lease, "whoever lost the lease decides nothing"


def test_a_later_event_waits_for_the_earlier_one_of_its_subject(claims, publish, receiver):
    publish("aan-1", REFERRAL_MADE, REFERRAL_WITHDRAWN)
    publish("aan-2")
    first, other = claims.claim(10)
    assert (first.event_type, other.event_type) == (REFERRAL_MADE, REFERRAL_MADE)
    assert claims.claim(10) == []
    claims.settle(first, OK)
    [second] = claims.claim(10)
    assert second.event_type == REFERRAL_WITHDRAWN


def test_it_waits_for_a_dead_one_too(claims, publish, receiver, clock, database):
    publish("aan-1", REFERRAL_MADE, REFERRAL_WITHDRAWN)
    for _ in range(len(DELAYS) + 1):
        [claim] = claims.claim(10)
        claims.settle(claim, BROKEN)
        clock.pass_by(days=3)
    assert claims.claim(10) == []
    first, second = rows(database)
    assert (first["status"], first["attempts"], second["status"]) == (DEAD, len(DELAYS) + 1, WAITING)
    assert first["last_status"] == 500


def test_a_failed_event_is_tried_later_and_never_before_its_time(claims, publish, receiver, clock, database):
    publish("aan-1")
    claims.settle(claims.claim(10)[0], Outcome(error="timeout"))
    [row] = rows(database)
    assert row["attempts"] == 1 and row["last_error"] == "timeout"
    assert clock.now <= row["next_at"] <= clock.now + timedelta(seconds=2 * DELAYS[0])
    clock.now = row["next_at"] - timedelta(milliseconds=1)
    assert claims.claim(10) == []
    clock.pass_by(milliseconds=2)
    assert len(claims.claim(10)) == 1


def test_one_receiver_does_not_take_all_the_room(claims, publish, receiver, receivers):
    for number in range(AT_ONCE_TO_ONE + 4):
        publish(f"aan-{number}")
    assert len(claims.claim(100)) == AT_ONCE_TO_ONE
    assert claims.claim(100) == []


def test_room_is_a_limit(claims, publish, receiver):
    for number in range(4):
        publish(f"aan-{number}")
    assert [len(claims.claim(room)) for room in (3, 0, 5)] == [3, 0, 1]


def failing(claims, clock, times: int) -> None:
    for _ in range(times):
        claims.settle(claims.claim(1)[0], BROKEN)


def test_the_circuit_opens_tries_one_and_closes(claims, publish, receiver, receivers, clock, database):
    for number in range(20):
        publish(f"aan-{number}")
    failing(claims, clock, FAILURES_BEFORE_OPEN)
    assert receivers.get(receiver.id).state == OPEN
    assert claims.claim(10) == []
    attempts = [row["attempts"] for row in rows(database)]
    assert sum(attempts) == FAILURES_BEFORE_OPEN, "an open circuit costs the waiting events nothing"
    clock.pass_by(seconds=61)
    [trial] = claims.claim(10)
    assert trial.is_trial and claims.claim(10) == [], "half open: one at a time"
    claims.settle(trial, BROKEN)
    clock.pass_by(seconds=61)
    assert claims.claim(10) == [], "after a failed trial it rests twice as long"
    clock.pass_by(seconds=61)
    [trial] = claims.claim(10)
    claims.settle(trial, OK)
    assert receivers.get(receiver.id).state == CLOSED
    assert len(claims.claim(10)) == AT_ONCE_TO_ONE


def test_a_trial_that_was_lost_is_followed_by_another(claims, publish, receiver, clock):
    for number in range(20):
        publish(f"aan-{number}")
    failing(claims, clock, FAILURES_BEFORE_OPEN)
    clock.pass_by(seconds=61)
    assert len(claims.claim(10)) == 1
    clock.pass_by(seconds=LEASE.total_seconds() + 1)
    assert len(claims.claim(10)) == 1


def test_what_was_under_way_when_the_circuit_opened_keeps_it_open_no_longer(
    claims, publish, receiver, receivers, clock
):
    for number in range(8):
        publish(f"aan-{number}")
    for claim in claims.claim(8):
        claims.settle(claim, BROKEN)
    found = receivers.get(receiver.id)
    assert found.failures == FAILURES_BEFORE_OPEN
    assert found.open_until == clock.now + timedelta(seconds=60)


def test_an_open_circuit_survives_a_restart(claims, publish, receiver, database, seal, clock):
    for number in range(20):
        publish(f"aan-{number}")
    failing(claims, clock, FAILURES_BEFORE_OPEN)
    database.close()
    assert Claims(database, seal, LEASE, clock=clock).claim(10) == []


def test_gone_pauses_until_somebody_resumes(claims, publish, receiver, receivers, clock, database):
    publish("aan-1", REFERRAL_MADE, REFERRAL_WITHDRAWN)
    claims.settle(claims.claim(10)[0], Outcome(410))
    clock.pass_by(days=5)
    assert receivers.get(receiver.id).state == PAUSED and claims.claim(10) == []
    assert {row["status"] for row in rows(database)} == {WAITING}
    receivers.resume(receiver.id)
    [claim] = claims.claim(10)
    assert claim.event_type == REFERRAL_MADE


def test_the_rest_that_is_asked_is_given_to_the_whole_receiver(claims, publish, receiver, clock):
    publish("aan-1")
    publish("aan-2")
    first, second = claims.claim(2)
    claims.settle(first, Outcome(429, rest=timedelta(hours=2)))
    claims.settle(second, BROKEN)
    publish("aan-3")
    clock.pass_by(hours=1, minutes=59)
    assert claims.claim(10) == []
    clock.pass_by(minutes=2)
    [trial] = claims.claim(10)
    claims.settle(trial, OK)
    assert len(claims.claim(10)) == 2


def test_a_short_rest_makes_nothing_come_sooner(claims, publish, receiver, clock, database):
    publish("aan-1")
    for _ in range(4):
        clock.pass_by(days=2)
        claims.settle(claims.claim(10)[0], Outcome(503, rest=timedelta(milliseconds=1)))
    [row] = rows(database)
    assert row["attempts"] == 4 and row["next_at"] > clock.now


def test_a_revoked_receiver_is_sent_nothing_more(claims, publish, receiver, tokens):
    publish("aan-1")
    tokens.revoke(receiver.id)
    assert claims.claim(10) == []


def test_without_the_key_nothing_is_sent_and_nothing_lost(publish, receiver, receivers, database, clock):
    publish("aan-1")
    assert Claims(database, Seal([]), LEASE, clock=clock).claim(10) == []
    assert rows(database)[0]["attempts"] == 0 and receivers.get(receiver.id).state == OPEN


def test_two_secrets_travel_while_one_is_replaced(claims, publish, receiver, receivers):
    publish("aan-1")
    publish("aan-2")
    new = receivers.rotate_secret(receiver.id, timedelta(hours=1))
    [claim] = claims.claim(1)
    assert len(claim.secrets) == 2 and claim.secrets[0] == new
    newest = receivers.rotate_secret(receiver.id, timedelta())
    [claim] = claims.claim(1)
    assert claim.secrets == (newest,)
