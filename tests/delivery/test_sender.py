from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import suppress
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import select

from api.delivery.claims import Claims
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.outbox import DELIVERED, WAITING, deliveries
from api.delivery.post import Post
from api.delivery.sender import Sender
from bot import trace
from tests.delivery.servers import receiving
from tests.log_capture import logging_as_served


@pytest.fixture
def claims(database, seal) -> Claims:
    return Claims(database, seal, timedelta(seconds=5), delays=(0.05,) * 20)


def sender(claims: Claims, timeout: float = 5) -> Sender:
    return Sender(claims, Post(timeout, private_allowed=True), pause=0.02)


def work_until(sender: Sender, done) -> None:
    async def until() -> None:
        work = asyncio.create_task(sender.work())
        with anyio.fail_after(20):
            while not done():
                await asyncio.sleep(0.02)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    asyncio.run(until())


def statuses(database) -> list[str]:
    with database.begin() as connection:
        return connection.execute(select(deliveries.c.status)).scalars().all()


def publish(database, outbox, subject: str, *types: str) -> None:
    for event_type in types:
        with database.begin() as connection:
            outbox.publish(connection, Event(event_type, subject, None, {}))


def test_events_arrive_in_order_though_the_receiver_fails_now_and_then(database, outbox, receivers, claims):
    arrived: dict[str, list[str]] = {}
    calls = iter(range(10_000))

    def answer(path, headers, body):
        if next(calls) % 4 == 0:
            return 500
        arrived.setdefault(subject_of(body), []).append(type_of(body))
        return 204

    with receiving(answer) as port:
        receivers.add("W", f"http://127.0.0.1:{port}/", [REFERRAL_MADE, REFERRAL_WITHDRAWN])
        for number in range(15):
            publish(database, outbox, f"aan-{number}", REFERRAL_MADE, REFERRAL_WITHDRAWN)
        work_until(sender(claims), lambda: set(statuses(database)) == {DELIVERED})
    assert len(arrived) == 15
    assert all(types == [REFERRAL_MADE, REFERRAL_WITHDRAWN] for types in arrived.values())


def test_a_receiver_that_hangs_keeps_nobody_else_waiting(database, outbox, receivers, claims):
    arrived = []

    def hang(*_):
        time.sleep(1.0)
        return 500

    def answer(path, headers, body):
        arrived.append(subject_of(body))
        return 204

    with receiving(hang) as slow, receiving(answer) as quick:
        for port in (slow, quick):
            receivers.add("W", f"http://127.0.0.1:{port}/", [REFERRAL_MADE])
        for number in range(20):
            publish(database, outbox, f"aan-{number}", REFERRAL_MADE)
        work_until(sender(claims, timeout=1.5), lambda: len(arrived) == 20)
    assert sorted(arrived) == sorted(f"aan-{number}" for number in range(20))


def test_two_senders_on_one_database_send_each_event_once(database, outbox, receivers, claims, seal):
    arrived = []

    def answer(path, headers, body):
        arrived.append(headers["webhook-id"])
        return 204

    with receiving(answer) as port:
        receivers.add("W", f"http://127.0.0.1:{port}/", [REFERRAL_MADE])
        for number in range(30):
            publish(database, outbox, f"aan-{number}", REFERRAL_MADE)
        other = Claims(database, seal, timedelta(seconds=30))

        async def both() -> None:
            work = [asyncio.create_task(sender(one).work()) for one in (claims, other)]
            with anyio.fail_after(20):
                while set(statuses(database)) != {DELIVERED}:
                    await asyncio.sleep(0.02)
            for one in work:
                one.cancel()
            await asyncio.gather(*work, return_exceptions=True)

        asyncio.run(both())
    assert len(arrived) == len(set(arrived)) == 30


def test_stopping_waits_for_nobody_and_loses_nothing(database, outbox, receivers, claims):
    asked, free = threading.Event(), threading.Event()

    def hang(*_):
        asked.set()
        free.wait(20)
        return 204

    with receiving(hang) as port:
        receivers.add("W", f"http://127.0.0.1:{port}/", [REFERRAL_MADE])
        publish(database, outbox, "aan-1", REFERRAL_MADE)
        work_until(sender(claims, timeout=60), asked.is_set)
        free.set()
    assert statuses(database) == [WAITING]


def subject_of(body: bytes) -> str:
    return json.loads(body)["subject"]


def type_of(body: bytes) -> str:
    return json.loads(body)["type"]


def test_every_attempt_belongs_to_the_trace_of_the_event(database, outbox, receivers, claims):
    heard = []

    def answer(path, headers, body):
        heard.append((json.loads(body)["id"], headers["traceparent"]))
        return 500 if len(heard) == 1 else 204

    with receiving(answer) as port, logging_as_served() as stream:
        receivers.add("W", f"http://127.0.0.1:{port}/", [REFERRAL_MADE])
        publish(database, outbox, "aan-1", REFERRAL_MADE)
        work_until(sender(claims), lambda: set(statuses(database)) == {DELIVERED})
    [(event_id, first), (_, second)] = heard
    assert trace.read(first).id == trace.read(second).id == trace.of_event(event_id).id and first != second
    logged = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {line["trace"] for line in logged if line["event"] == "delivery"} == {event_id[-32:]}
