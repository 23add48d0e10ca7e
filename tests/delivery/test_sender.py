from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import select
from standardwebhooks import Webhook

from api.delivery.claims import Claim, Claims
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.outbox import DELIVERED, deliveries
from api.delivery.sender import Sender
from tests.delivery.servers import receiving

SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
def claims(database, seal) -> Claims:
    return Claims(database, seal, timedelta(seconds=5), delays=(0.05,) * 20)


def sender(claims: Claims | None = None, timeout: float = 5, private_allowed: bool = True) -> Sender:
    return Sender(claims, timeout, private_allowed, pause=0.02)


def claim_for(url: str) -> Claim:
    return Claim(1, "lease", 0, False, "ont-1", url, (SECRET,), "evt_1", REFERRAL_MADE, "{}")


def attempt(url: str, **more):
    return asyncio.run(sender(**more).attempt(claim_for(url)))


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


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_delivered(status):
    with receiving(lambda *_: status) as port:
        outcome = attempt(f"http://127.0.0.1:{port}/haken")
    assert outcome.is_delivered and outcome.status == status


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410, 415, 429, 500, 503])
def test_everything_else_is_not(status):
    with receiving(lambda *_: status) as port:
        outcome = attempt(f"http://127.0.0.1:{port}/haken")
    assert not outcome.is_delivered and outcome.status == status


def test_a_redirect_is_not_followed():
    heard = []

    def answer(path, headers, body):
        heard.append(path)
        return 307, {"location": "/elders"}

    with receiving(answer) as port:
        assert attempt(f"http://127.0.0.1:{port}/haken").status == 307
    assert heard == ["/haken"]


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with receiving(lambda *_: 204) as port:
        assert attempt(f"http://127.0.0.1:{port}/").is_delivered


def test_a_receiver_that_does_not_answer_is_left_in_time():
    def answer(path, headers, body):
        time.sleep(0.5)
        return 204

    with receiving(answer) as port:
        assert attempt(f"http://127.0.0.1:{port}/", timeout=0.1).error == "timeout"


def test_nobody_listening_is_a_failure():
    assert attempt("http://127.0.0.1:9/").error == "ConnectError"


def test_an_internal_address_is_a_failure_unless_allowed():
    assert attempt("https://127.0.0.1/", private_allowed=False).error == "AddressNotAllowed"
    assert attempt("http://127.0.0.1/", private_allowed=False).error == "AddressNotAllowed"


def test_the_rest_that_is_asked_is_noticed_with_the_statuses_that_mean_it():
    for status, seconds in ((429, 30), (503, 30), (500, None)):
        with receiving(lambda *_, status=status: (status, {"retry-after": "30"})) as port:
            rest = attempt(f"http://127.0.0.1:{port}/").rest
        assert rest == (timedelta(seconds=seconds) if seconds else None)


def test_the_answer_is_not_read():
    """A body without an end would otherwise keep the attempt busy until its time is over."""
    with receiving(lambda *_: (200, {"content-length": "1000000000"})) as port:
        assert attempt(f"http://127.0.0.1:{port}/").is_delivered


def test_what_arrives_is_signed_and_says_what_it_is():
    heard = []

    def answer(path, headers, body):
        heard.append((headers, body))
        return 204

    with receiving(answer) as port:
        attempt(f"http://127.0.0.1:{port}/")
    [(headers, body)] = heard
    Webhook(SECRET).verify(body, headers)
    assert headers["webhook-id"] == "evt_1"
    assert headers["content-type"] == "application/cloudevents+json; charset=UTF-8"


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


def subject_of(body: bytes) -> str:
    return json.loads(body)["subject"]


def type_of(body: bytes) -> str:
    return json.loads(body)["type"]
