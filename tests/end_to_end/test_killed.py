"""200 referrals while the server is killed 50 times: each kept once, with its consent and its event."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select

from api.access.tokens import Tokens
from api.delivery.events import EVENT_TYPES
from api.delivery.outbox import deliveries, events
from api.delivery.receivers import Receivers
from api.referral.codes import code_digest
from api.referral.tables import consents, referrals
from api.storage.database import Database
from api.storage.seal import Seal
from tests.end_to_end.forked_server import ForkedServer, forking
from tests.own_settings import new_store
from tests.referral.http import FIELDS, OPENED, PATH, SETTINGS

CLIENTS = 4
WITHDRAWN_EACH = 5
"""One in so many is withdrawn again, also while the server is killed."""

ASKED_AGAIN_EACH = 4
"""One in so many is sent once more than needed: it is answered the same."""

LONGEST_WAIT = 0.03
"""Seconds between a moment at which work is going on and the kill: some ten requests."""


class Client:
    """Sends referrals, each until it gets its answer, and keeps every answer."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=5, trust_env=False)
        self.version = ""
        self.answers: dict[int, list[dict]] = defaultdict(list)
        self.lost = 0

    def agree(self) -> None:
        answer = self._until(200, "GET", f"{PATH}/toestemming?gemeente={OPENED}")
        self.version = answer.json()["versie"]

    def refer(self, number: int) -> None:
        headers = {"Idempotency-Key": f"kill-test-{number:06d}"}
        agreed = {"akkoord": True, "versie": self.version}
        body = {**FIELDS, "gemeente": OPENED, "wens": f"wens {number}", "toestemming": agreed}
        for _ in range(1 + (number % ASKED_AGAIN_EACH == 0)):
            made = self._until(201, "POST", PATH, json=body, headers=headers).json()
            self.answers[number].append(made)
        if number % WITHDRAWN_EACH == 0:
            path = f"{PATH}/{made['aanmeldingId']}/intrekking"
            self._until(204, "POST", path, json={"intrekcode": made["intrekcode"]})

    def _until(self, status: int, method: str, path: str, **options: object) -> httpx.Response:
        while True:
            try:
                answer = self._http.request(method, path, **options)
            except httpx.TransportError:
                self.lost += 1
                continue
            assert answer.status_code == status, answer.text
            return answer


def kill_at_random(
    server: ForkedServer, store: str, client: Client, pace: float, most: int, working: threading.Event
) -> int:
    """Kill the server `most` times, each after `pace` more referrals, at moments that nobody chose.

    How often it was killed.
    """
    kills = 0
    for number in range(most):
        while working.is_set() and len(client.answers) < number * pace:
            time.sleep(0.001)
        time.sleep(random.uniform(0, LONGEST_WAIT))
        if not working.is_set():
            break
        server.kill()
        kills += 1
        server.start(store)
    return kills


@pytest.fixture(scope="module")
def server() -> Iterator[ForkedServer]:
    with forking({**SETTINGS, "RATE_LIMIT_ADRES": "1000000/second"}) as server:
        yield server


@pytest.mark.parametrize(("kind", "number", "kills"), [("sqlite", 200, 50), ("postgresql", 40, 10)])
def test_every_referral_is_kept_exactly_once(request, server, kind, number, kills):
    store = new_store() if kind == "sqlite" else request.getfixturevalue("postgres_url")
    database, seal = Database(store), Seal([SETTINGS["OPSLAG_SLEUTELS"]])
    receivers = Receivers(database, seal, Tokens(database))
    receivers.add("Welzijn Nepstad", "https://127.0.0.1:9/events", EVENT_TYPES, OPENED)
    working = threading.Event()
    working.set()
    server.kill()
    server.start(store)
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        client = Client(server.url)
        client.agree()
        killing = pool.submit(kill_at_random, server, store, client, number / kills, kills, working)
        sent = [pool.submit(client.refer, one) for one in range(number)]
        try:
            for one in sent:
                one.result()
        finally:
            working.clear()
        assert killing.result() == kills
    assert client.lost > 0, "no answer was ever lost: the kills hit nothing"
    check(database, seal, client, number)
    database.close()


def check(database: Database, seal: Seal, client: Client, expected: int) -> None:
    """What the database holds is what the clients were told, once each, and nothing else."""
    with database.begin() as connection:
        kept = {row["id"]: row for row in connection.execute(select(referrals)).mappings()}
        agreed = connection.execute(select(consents)).mappings().all()
        told = connection.execute(select(events).order_by(events.c.number)).mappings().all()
        to_send = connection.execute(select(deliveries.c.event_number)).scalars().all()
    made = {number: answers[0] for number, answers in client.answers.items()}
    assert len(made) == len(kept) == len(agreed) == expected
    for answers in client.answers.values():
        assert {(one["aanmeldingId"], one["intrekcode"]) for one in answers} == {
            (answers[0]["aanmeldingId"], answers[0]["intrekcode"])
        }
    assert {row["referral_id"] for row in agreed} == kept.keys()
    for number, answer in made.items():
        row = kept[answer["aanmeldingId"]]
        assert row["code_digest"] == code_digest(answer["intrekcode"])
        types = [event["type"] for event in told if event["subject"] == row["id"]]
        if number % WITHDRAWN_EACH:
            assert seal.open(row["sealed"])["personal"]["wish"] == f"wens {number}"
            assert types == ["aanmelding.gemaakt"]
        else:
            assert row["sealed"] is None and row["status"] == "ingetrokken"
            assert types == ["aanmelding.gemaakt", "aanmelding.ingetrokken"]
    assert {event["subject"] for event in told} == kept.keys()
    assert sorted(to_send) == sorted(event["number"] for event in told)
    assert len(told) == expected + expected // WITHDRAWN_EACH
