"""Referrals through two replicas while PostgreSQL is cut again and again: each kept once, each event told."""

from __future__ import annotations

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal
from tests.delivery.servers import receiving
from tests.end_to_end.test_killed import Client, Inbox, check, check_delivered, deliver_the_rest
from tests.referral.http import OPENED
from tests.replicas.farm import KEY, MOST_SECONDS, Balancer

pytestmark = pytest.mark.model

ROUNDS = int(os.environ.get("REPLICA_RONDES", "1"))
REFERRALS, CUTS, CLIENTS = 40, 3, 4


class PatientClient(Client):
    """Asks again where a replica says that it cannot keep anything now."""

    def __init__(self, balancer: Balancer) -> None:
        super().__init__("http://127.0.0.1:9")
        self._balancer = balancer
        self.refused = 0

    def _until(self, status: int, method: str, path: str, **options: object) -> httpx.Response:
        give_up = time.monotonic() + MOST_SECONDS
        while True:
            answer = self._balancer.request(method, path, **options)
            if answer.status_code != 503:
                assert answer.status_code == status, answer.text
                return answer
            assert "112" in answer.json()["detail"] and time.monotonic() < give_up
            self.refused += 1
            time.sleep(0.02)


def test_no_referral_is_lost_or_doubled_while_the_database_is_cut(farm, redis_url, postgres_server):
    store = postgres_server.new_database()
    database, seal, inbox = Database(store), Seal([KEY]), Inbox()
    with receiving(inbox.answer) as port:
        url = f"http://127.0.0.1:{port}/"
        _, _, inbox.secret = Receivers(database, seal).add("Welzijn Nepstad", url, EVENT_TYPES, OPENED)
        with farm.replicas(2, REDIS_URL=redis_url, DATABASE_URL=store) as two:
            client = PatientClient(Balancer(two))
            client.agree()
            told_by_then = refer_while_cut(client, postgres_server, inbox)
            check(database, seal, client, REFERRALS * ROUNDS)
            deliver_the_rest(database)
    check_delivered(database, inbox, told_by_then)
    assert client.refused > 0, "nothing was refused: the cuts hit nothing"
    database.close()


def refer_while_cut(client: PatientClient, server, inbox: Inbox) -> int:
    """Send all referrals, and cut the database in between; how many events had come when that was over."""
    done = threading.Event()

    def cut_again_and_again() -> None:
        between = REFERRALS // (CUTS + 1)
        for number in range(1, CUTS * ROUNDS + 1):
            while len(client.answers) < number * between and not done.is_set():
                time.sleep(0.002)
            time.sleep(random.uniform(0, 0.03))
            server.stop()
            server.start()

    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        cutting = pool.submit(cut_again_and_again)
        try:
            for sent in [pool.submit(client.refer, number) for number in range(REFERRALS * ROUNDS)]:
                sent.result()
        finally:
            done.set()
        cutting.result()
    return len(inbox.first_time())
