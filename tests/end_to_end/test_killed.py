"""200 referrals while the server is killed 50 times: each kept once, and every event of it delivered.

The events go to a real receiver while the kills go on: each at least once, signed, in order, none forged.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import func, select
from standardwebhooks import Webhook

from api.delivery.events import EVENT_TYPES
from api.delivery.outbox import DELIVERED, deliveries, events
from api.delivery.receivers import Receivers
from api.referral.codes import code_digest
from api.referral.tables import consents, referrals
from api.storage.database import Database
from api.storage.seal import Seal
from tests.delivery.servers import receiving
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


MOST_SECONDS = 60
"""For what was not delivered between the kills. It is no promise: it ends a test that would never end."""


def wish_of(number: int) -> str:
    return f"Ik wil graag samen wandelen in groep {number}."


class Inbox:
    """A receiver: what it was sent, of which it verified the signature and refused some."""

    def __init__(self) -> None:
        self.secret = ""
        self.accepted: list[dict] = []
        self.troubles: list[Exception] = []
        self._lock = threading.Lock()

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> int:
        try:
            Webhook(self.secret).verify(body, headers)
            event = json.loads(body)
            assert event["id"] == headers["webhook-id"]
        except Exception as error:
            self.troubles.append(error)
            return 400
        with self._lock:
            self.accepted.append(event)
        return 204

    def first_time(self) -> dict[str, dict]:
        """By id, in the order in which they came."""
        with self._lock:
            first: dict[str, dict] = {}
            for event in self.accepted:
                assert first.setdefault(event["id"], event) == event
            return first


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
        body = {**FIELDS, "gemeente": OPENED, "wens": wish_of(number), "toestemming": agreed}
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
    settings = {"RATE_LIMIT_ADRES": "1000000/second", "BEZORGEN_AAN_PRIVE_ADRESSEN": "ja"}
    with forking({**SETTINGS, **settings}) as server:
        yield server


@pytest.mark.parametrize(("kind", "number", "kills"), [("sqlite", 200, 50), ("postgresql", 40, 10)])
def test_every_referral_is_kept_exactly_once_and_told(request, server, kind, number, kills):
    store = new_store() if kind == "sqlite" else request.getfixturevalue("postgres_url")
    database, seal = Database(store), Seal([SETTINGS["OPSLAG_SLEUTELS"]])
    receivers = Receivers(database, seal)
    inbox = Inbox()
    with receiving(inbox.answer) as port:
        url = f"http://127.0.0.1:{port}/"
        _, _, inbox.secret = receivers.add("Welzijn Nepstad", url, EVENT_TYPES, OPENED)
        client, told_by_then = refer_while_killed(server, store, number, kills, inbox)
        check(database, seal, client, number)
        deliver_the_rest(database)
    check_delivered(database, inbox, told_by_then)
    database.close()


def refer_while_killed(
    server: ForkedServer, store: str, number: int, kills: int, inbox: Inbox
) -> tuple[Client, int]:
    """The client, with an answer to everything, and how many events had come when the kills were over."""
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
    return client, len(inbox.first_time())


def deliver_the_rest(database: Database) -> None:
    """Let the last server, which nobody kills, bring what is still waiting."""
    give_up = time.monotonic() + MOST_SECONDS
    waiting = select(func.count()).where(deliveries.c.status != DELIVERED)
    while time.monotonic() < give_up:
        with database.begin() as connection:
            if connection.execute(waiting).scalar_one() == 0:
                return
        time.sleep(0.05)
    raise AssertionError("not everything was delivered")


def check_delivered(database: Database, inbox: Inbox, told_by_then: int) -> None:
    """Every event of the database arrived, in order for each referral, and nothing else did."""
    assert not inbox.troubles, inbox.troubles[0]
    assert told_by_then > 0, "nothing was delivered between the kills"
    with database.begin() as connection:
        written = connection.execute(
            select(events.c.id, events.c.subject, events.c.body).order_by(events.c.number)
        )
        expected = written.mappings().all()
    came = inbox.first_time()
    assert came == {row["id"]: json.loads(row["body"]) for row in expected}
    for subject in {row["subject"] for row in expected}:
        in_order = [row["id"] for row in expected if row["subject"] == subject]
        assert [event["id"] for event in came.values() if event["subject"] == subject] == in_order


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
            assert seal.open(row["sealed"])["personal"]["wish"] == wish_of(number)
            assert types == ["aanmelding.gemaakt"]
        else:
            assert row["sealed"] is None and row["status"] == "ingetrokken"
            assert types == ["aanmelding.gemaakt", "aanmelding.ingetrokken"]
    assert {event["subject"] for event in told} == kept.keys()
    assert sorted(to_send) == sorted(event["number"] for event in told)
    assert len(told) == expected + expected // WITHDRAWN_EACH
