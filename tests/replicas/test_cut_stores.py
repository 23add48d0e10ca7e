"""Redis or PostgreSQL is cut, hangs or starts again: no wrong answer, and danger is answered in any case."""

from __future__ import annotations

import pytest

from tests.own_settings import new_store
from tests.replicas.doors import DANGER, NUMBER, OUTCOME, failing_doors, open_all
from tests.replicas.farm import Balancer

pytestmark = pytest.mark.model

ORDINARY = "ik zoek een wandelgroep in Zwolle"


@pytest.fixture
def two(farm, redis_to_cut, postgres_url):
    with farm.replicas(2, REDIS_URL=redis_to_cut.url(), DATABASE_URL=postgres_url) as two:
        yield Balancer(two)
    redis_to_cut.ensure_running()


def opened_by(client: Balancer) -> str:
    answer = client.post("/v1/gesprekken", json={})
    assert answer.status_code == 201, answer.text
    return answer.json()["gesprekId"]


def say(client: Balancer, opened: str, text: str):
    return client.post(f"/v1/gesprekken/{opened}/berichten", json={"tekst": text})


def assert_fixed(answer) -> None:
    """The fixed text with numbers, and no outcome that nobody could have found."""
    assert answer.status_code == 200 and answer.json()["triage"] is None
    text = answer.json()["berichten"][-1]["tekst"]
    assert "112" in text and "113" in text


@pytest.mark.parametrize("trouble", ["stop", "pause"])
def test_without_redis_danger_is_answered_and_all_else_gets_the_fixed_text(two, redis_to_cut, trouble):
    opened = opened_by(two)
    assert say(two, opened, ORDINARY).json()["triage"]["uitkomst"] == "sociaal"
    getattr(redis_to_cut, trouble)()
    for _ in range(2):  # at either replica
        assert_fixed(say(two, opened, ORDINARY))
        answer = say(two, opened, DANGER).json()
        assert answer["triage"]["uitkomst"] == OUTCOME and NUMBER in answer["triage"]["antwoord"]
    refused = two.post("/v1/gesprekken", json={})
    assert (
        refused.status_code == 503 and "112" in refused.json()["detail"] and "113" in refused.json()["detail"]
    )
    ready = two.get("/ready")
    assert ready.status_code == 503 and ready.json()["onderdelen"]["opslag"] is False
    assert two.get("/health").status_code == 200
    assert two.post("/v1/triage", json={"tekst": ORDINARY}).json()["uitkomst"] == "sociaal"


def test_a_redis_that_comes_back_empty_knows_no_old_conversation_and_takes_new_ones(two, redis_to_cut):
    opened = opened_by(two)
    redis_to_cut.stop()
    assert_fixed(say(two, opened, ORDINARY))
    redis_to_cut.start()
    while two.get("/ready").status_code != 200 or two.get("/ready").status_code != 200:
        pass  # each replica leaves it alone for a second
    unknown = say(two, opened, ORDINARY)
    assert unknown.status_code == 404 and unknown.json()["type"].endswith("gesprek-onbekend")
    new = opened_by(two)
    for _ in range(2):
        assert say(two, new, ORDINARY).json()["triage"]["uitkomst"] == "sociaal"


def test_after_a_pause_of_redis_a_conversation_goes_on(two, redis_to_cut):
    opened = opened_by(two)
    say(two, opened, "ik zoek een wandelgroep")
    redis_to_cut.pause()
    assert_fixed(say(two, opened, "Zwolle"))
    redis_to_cut.go_on()
    while two.get("/ready").status_code != 200 or two.get("/ready").status_code != 200:
        pass
    answer = say(two, opened, "Zwolle").json()["triage"]
    assert answer["uitkomst"] == "sociaal" and answer["plaats"]["naam"] == "Zwolle"


@pytest.mark.parametrize("trouble", ["stop", "pause"])
def test_with_every_store_down_danger_is_answered_at_every_door(farm, redis_to_cut, postgres_server, trouble):
    settings = {"REDIS_URL": redis_to_cut.url(), "DATABASE_URL": postgres_server.new_database()}
    try:
        with farm.replicas(1, **settings) as one:
            client = Balancer(one)
            assert failing_doors(client, open_all(client)) == {}, "with every store up"
            opened = open_all(client)
            getattr(redis_to_cut, trouble)()
            postgres_server.stop()
            try:
                assert failing_doors(client, opened) == {}
            finally:
                postgres_server.start()
    finally:
        redis_to_cut.ensure_running()


def test_a_replica_that_starts_while_every_store_is_down_answers_danger(farm, redis_to_cut):
    redis_to_cut.stop()
    try:
        store = new_store().replace("sqlite:///", "postgresql://nobody@127.0.0.1:9/")
        with farm.replicas(1, REDIS_URL=redis_to_cut.url(), DATABASE_URL=store) as one:
            client = Balancer(one)
            assert client.post("/v1/triage", json={"tekst": DANGER}).json()["uitkomst"] == OUTCOME
            assert client.get("/ready").status_code == 503
    finally:
        redis_to_cut.ensure_running()
