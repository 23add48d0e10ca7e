from __future__ import annotations

from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.conftest import assert_problem
from tests.own_settings import own_settings


def test_alive(client):
    assert client.get("/health").json() == {"status": "ok"}


def test_ready_when_every_part_is(client, assistant):
    assert client.get("/ready").json()["onderdelen"] == assistant.parts
    assistant.parts = {**assistant.parts, "catalogus": False}
    problem = assert_problem(client.get("/ready"), 503, "niet-gereed")
    assert problem["onderdelen"]["catalogus"] is False


def test_a_part_that_need_not_work_is_not_waited_for(client, assistant, monkeypatch):
    asked = []
    monkeypatch.setattr(client.app.state.database, "is_ready", lambda: asked.append("database"))
    assert_problem(client.get("/ready"), 503, "niet-gereed")
    assert asked.pop() and client.get("/ready?behalve=opslag").status_code == 200
    assistant.parts = {"model": False, "catalogus": True, "opslag": False}
    assert_problem(client.get("/ready?behalve=opslag"), 503, "niet-gereed")
    assert client.get("/ready?behalve=opslag&behalve=model").json()["onderdelen"] == assistant.parts
    assert not asked


def test_before_the_assistant_is_loaded_nothing_is_ready():
    client = TestClient(create_app(own_settings()))  # not started: the assistant is loaded at the start
    assert client.get("/health").status_code == 200
    assert_problem(client.get("/ready"), 503, "niet-gereed")
    assert_problem(client.post("/v1/triage", json={"tekst": "hoi"}), 503, "niet-gereed")
    assert_problem(client.get("/v1/initiatieven"), 503, "niet-gereed")


def test_counters_hold_codes_and_no_text(client, conversation):
    client.post(conversation, json={"tekst": "druk op mijn borst"})
    client.post(conversation, json={"keuze": "mens"})
    client.post("/webhooks/rest/webhook", json={"sender": "kiosk", "message": "kwetsbaar"})
    client.get("/kwetsbaar?zoek=kwetsbaar")
    metrics = client.get("/metrics").text
    for line in (
        'sociale_triage_turns_total{channel="bewoner"} 2.0',
        'sociale_triage_turns_total{channel="webhook"} 1.0',
        'sociale_triage_outcomes_total{outcome="spoed_112"} 1.0',
        'sociale_triage_safety_flags_total{flag="spoed_112"} 1.0',
        'sociale_triage_action_errors_total{action="action_mens"} 1.0',
    ):
        assert line in metrics
    assert 'handler="/v1/gesprekken/{gesprekId}/berichten"' in metrics
    for secret in ("borst", "kwetsbaar", "kiosk", conversation.split("/")[3]):
        assert secret not in metrics
