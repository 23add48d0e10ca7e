"""Two replicas behind any load balancer answer what one server answers, also when one of them is killed."""

from __future__ import annotations

import itertools
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.own_settings import new_store
from tests.replicas.farm import Balancer, Farm
from tests.replicas.talk import conversations, talk

ROUNDS = int(os.environ.get("REPLICA_RONDES", "1"))
"""More of everything, for `make test-replicas`."""

CLIENTS = 16
ANSWERS_BETWEEN_KILLS = (8, 25)
CASES = conversations(16)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def right(farm: Farm) -> dict[str, list[Any]]:
    """What one server answers that keeps its conversations in its own memory."""
    with farm.replicas(1, DATABASE_URL=new_store()) as alone, ThreadPoolExecutor(4) as pool:
        balancer = Balancer(alone)
        said = pool.map(lambda case: talk(balancer, case), CASES)
        return {case["id"]: answers for case, answers in zip(CASES, said, strict=True)}


def test_turns_at_alternating_replicas_are_answered_as_by_one_server(farm, right, redis_url, postgres_url):
    with farm.replicas(2, REDIS_URL=redis_url, DATABASE_URL=postgres_url) as two:
        balancer = Balancer(two)
        for case in CASES:
            assert talk(balancer, case) == right[case["id"]], case["id"]
        assert balancer.lost == 0


def test_with_a_killed_sibling_every_client_gets_the_right_answers(farm, right, redis_url, postgres_url):
    with farm.replicas(2, REDIS_URL=redis_url, DATABASE_URL=postgres_url) as two:
        balancer = Balancer(two)
        done = threading.Event()

        def kill_again_and_again() -> int:
            """A sibling after every few answers, at moments that nobody chose; how many there were."""
            for kills in itertools.count():
                few = balancer.answered + random.randint(*ANSWERS_BETWEEN_KILLS)
                while balancer.answered < few:
                    if done.wait(0.005):
                        return kills
                victim = two[kills % 2]
                victim.kill()
                victim.start()
                victim.wait()

        with ThreadPoolExecutor(CLIENTS + 1) as pool:
            killing = pool.submit(kill_again_and_again)
            try:
                talks = [(case, pool.submit(talk, balancer, case)) for case in CASES * ROUNDS]
                wrong = [case["id"] for case, said in talks if said.result() != right[case["id"]]]
            finally:
                done.set()
            assert wrong == [], f"{len(wrong)} of {len(talks)}"
            kills = killing.result()
        assert kills > 0 and balancer.lost > 0, "nothing was lost: the kills hit nothing"
        print(f"{len(talks)} conversations right, {kills} kills, {balancer.lost} connections lost")


def test_two_messages_of_one_conversation_at_the_same_moment_are_both_kept(farm, redis_url, postgres_url):
    with farm.replicas(2, REDIS_URL=redis_url, DATABASE_URL=postgres_url) as two:
        balancer = Balancer(two)
        opened = balancer.post("/v1/gesprekken", json={}).json()["gesprekId"]
        path = f"/v1/gesprekken/{opened}/berichten"
        with ThreadPoolExecutor(2) as pool:
            place, danger = pool.map(
                lambda text: balancer.post(path, json={"tekst": text}).json(),
                ["ik voel me zo eenzaam in Zwolle", "ik wil niet meer leven"],
            )
        assert place["triage"]["uitkomst"] == "sociaal" and danger["triage"]["uitkomst"] == "crisis_113"


def test_a_replica_that_was_paused_too_long_never_puts_back_an_old_conversation(
    farm, redis_url, postgres_url
):
    with farm.replicas(2, REDIS_URL=redis_url, DATABASE_URL=postgres_url) as two:
        one, other = Balancer(two[:1]), Balancer(two[1:])
        opened = one.post("/v1/gesprekken", json={}).json()["gesprekId"]
        path = f"/v1/gesprekken/{opened}/berichten"
        one.post(path, json={"tekst": "ik zoek een wandelgroep in Zwolle"})
        with ThreadPoolExecutor(1) as pool:
            hanging = pool.submit(one.post, path, json={"tekst": "of iets met schilderen"})
            time.sleep(random.uniform(0, 0.02))
            two[0].pause()
            try:
                newest = other.post(path, json={"tekst": "mijn broer wil niet meer leven"}).json()
            finally:
                two[0].go_on()
            assert newest["triage"]["uitkomst"] == "crisis_113"
            assert hanging.result().status_code in (200, 404)
        assert other.post(path, json={"tekst": "dank u wel"}).status_code == 200
