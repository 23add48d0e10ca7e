"""Whatever a Rasa apart answers, danger gets its fixed answer, and everything else an answer with numbers."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from actions.context import build_context
from api.app import create_app
from bot.assistant import RasaAssistant
from bot.turn import MISSED_DANGER
from tests.log_capture import logging_as_served
from tests.own_settings import own_settings
from tests.remote.line import GOOD, SOCIAL, Line
from tests.remote.test_remote_engine import FAULTS, giving

DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"
OTHER = "ik voel me zo alleen"
VERSION = {"model": "nep-1", "catalogus": "nep-1", "regels": "nep-1"}


@pytest.fixture(scope="module")
def context():
    return build_context()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def client(line, context):
    assistant = RasaAssistant(line.engine(), context, VERSION, screens=True)
    with TestClient(create_app(own_settings(), assistant)) as client:
        yield client


@pytest.fixture
def say(client):
    """A function that says something in a conversation that began before anything went wrong."""
    conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    return lambda text: _say(client, conversation, text)


def _say(client, conversation: str, text: str) -> dict:
    answer = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


def numbers(message: dict) -> set[str]:
    return {call["telefoon"] for call in message["bel"]}


@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "in the answer alone"])
@pytest.mark.parametrize("fault", FAULTS)
def test_the_rules_answer(line, client, say, fault, everywhere):
    if everywhere:
        line.everywhere(FAULTS[fault][0])
    else:
        line.answers["handle"] = FAULTS[fault][0]
    danger, other = say(DANGER), say(OTHER)
    assert danger["triage"]["uitkomst"] == "spoed_112" and "112" in numbers(danger["berichten"][0])
    assert other["triage"] is None and {"112", "113"} <= numbers(other["berichten"][0])
    rest = client.post("/webhooks/rest/webhook", json={"sender": "een", "message": DANGER}).json()
    assert rest[-1]["custom"]["triage"]["uitkomst"] == "spoed_112"


@pytest.mark.parametrize("fault", FAULTS)
def test_no_outcome_is_made_up(line, client, fault):
    line.everywhere(FAULTS[fault][0])
    answer = client.post("/v1/triage", json={"tekst": DANGER})
    assert answer.status_code == 503 and "112" in answer.text
    assert client.get("/ready").status_code == 503 and client.get("/health").status_code == 200


ODD_ANSWERS = [
    [],
    ["Hallo"],
    [{"text": 3}],
    [{"text": None}],
    [{"custom": {}}],
    [{"text": "Hallo", "buttons": [{}]}],
    [{"text": "Hallo", "custom": {"bel": 5}}, {"text": "Hallo"}],
]


@pytest.mark.parametrize("answers", ODD_ANSWERS, ids=str)
def test_answers_of_another_kind(line, say, answers):
    line.answers["handle"] = giving(json={**GOOD["handle"], "answers": answers})
    assert say(DANGER)["triage"]["uitkomst"] == "spoed_112"
    assert say(OTHER)["berichten"]


@pytest.mark.parametrize("decision", [{}, {"outcome": 3}, {"outcome": "onzin"}, {"outcome": None}], ids=str)
def test_decisions_of_another_kind(line, client, decision):
    line.answers["decision"] = giving(json={"decision": decision})
    assert client.post("/v1/triage", json={"tekst": OTHER}).status_code in (200, 503)
    answer = client.post("/v1/triage", json={"tekst": DANGER})
    assert answer.json().get("uitkomst") == "spoed_112" and "112" in numbers(answer.json())


def test_danger_that_a_rasa_apart_did_not_see(line, client, say):
    with logging_as_served() as log:
        assert say(OTHER)["berichten"][0]["tekst"] == "Een antwoord."
        assert "remote_missed_danger" not in log.getvalue()
        danger = say(DANGER)
        triage = client.post("/v1/triage", json={"tekst": DANGER}).json()
        rest = client.post("/webhooks/rest/webhook", json={"sender": "een", "message": DANGER}).json()
    assert danger["triage"]["uitkomst"] == triage["uitkomst"] == "spoed_112"
    assert triage["routes"] == [] and triage["initiatieven"] == [] and "112" in numbers(triage)
    assert rest[0]["custom"]["rode_vlag"]["actie"] == "spoed_112"
    assert log.getvalue().count('"logger": "bot.remote_missed_danger"') == 3
    assert f'action_errors_total{{action="{MISSED_DANGER}"}} 1.0' in client.get("/metrics").text


def test_danger_that_only_the_model_there_saw_stays_danger(line, client):
    line.answers["decision"] = giving(json={"decision": {**SOCIAL, "outcome": "crisis_113", "routes": []}})
    assert client.post("/v1/triage", json={"tekst": OTHER}).json()["uitkomst"] == "crisis_113"


def test_a_number_that_it_made_up_goes_nowhere(line, say):
    line.answers["handle"] = giving(json={**GOOD["handle"], "answers": [{"text": "Bel 0612345678 nu."}]})
    assert "0612345678" not in str(say(OTHER))
