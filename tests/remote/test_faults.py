"""The Rasa server apart is killed, hangs and comes back; danger is answered all the while."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"
SOCIAL = "ik voel me zo alleen"


def begin(client) -> str:
    answer = client.post("/v1/gesprekken", json={})
    assert answer.status_code == 201, answer.text
    return answer.json()["gesprekId"]


def say(client, conversation: str, text: str) -> dict:
    answer = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


def assert_answered_by_the_rules(client, conversation: str) -> None:
    danger, other = say(client, conversation, DANGER), say(client, conversation, SOCIAL)
    assert danger["triage"]["uitkomst"] == "spoed_112" and "112" in danger["berichten"][0]["tekst"]
    assert other["triage"] is None and "Er ging iets mis" in other["berichten"][0]["tekst"]
    assert {"112", "113"} <= {number["telefoon"] for number in other["berichten"][0]["bel"]}


def test_killed_in_mid_conversation(rasa_program, serve):
    client = serve()
    conversation = begin(client)
    assert say(client, conversation, SOCIAL)["triage"]["uitkomst"] == "sociaal"
    assert client.get("/ready").status_code == 200
    rasa_program.kill()
    try:
        assert_answered_by_the_rules(client, conversation)
        assert client.get("/ready").status_code == 503
        problem = client.post("/v1/triage", json={"tekst": DANGER})
        assert problem.status_code == 503 and "112" in problem.text
        problem = client.post("/v1/gesprekken", json={})
        assert problem.status_code == 503 and "112" in problem.text
        rest = client.post("/webhooks/rest/webhook", json={"sender": "een", "message": DANGER})
        assert rest.status_code == 200 and "112" in rest.json()[0]["text"]
    finally:
        rasa_program.start()
    assert client.get("/ready").status_code == 200
    assert client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": SOCIAL}).status_code == 404
    assert say(client, begin(client), SOCIAL)["triage"]["uitkomst"] == "sociaal"


def test_hanging(rasa_program, serve):
    client = serve(RASA_TIMEOUT="0.3")
    conversation = begin(client)
    engine = client.app.state.turns.assistant._engine
    rasa_program.hang()
    try:
        assert_answered_by_the_rules(client, conversation)
        assert_answered_by_the_rules(client, conversation)
        assert engine._circuit.is_open, "the next one still waits"
        assert client.get("/ready").status_code == 503
    finally:
        rasa_program.go_on()
    while client.get("/ready").status_code != 200:
        pass
    assert say(client, conversation, SOCIAL)["triage"]["uitkomst"] == "sociaal"


def test_the_program_starts_while_rasa_is_away(rasa_program, serve):
    rasa_program.kill()
    try:
        client = serve()
        assert client.get("/ready").status_code == 503 and client.get("/health").status_code == 200
        assert client.get("/v1/initiatieven?zoek=odensehuis").status_code == 200
    finally:
        rasa_program.start()
    assert client.get("/ready").status_code == 200
    triage = client.post("/v1/triage", json={"tekst": SOCIAL}).json()
    assert triage["uitkomst"] == "sociaal" and triage["versie"]["model"] != "onbekend"


def test_a_token_that_is_not_known_there(rasa_program, serve):
    client = serve(RASA_TOKEN="een heel ander geheim")
    assert client.get("/ready").status_code == 503
    assert client.post("/v1/triage", json={"tekst": DANGER}).status_code == 503


def test_deleting_while_rasa_is_away_says_that_it_failed(rasa_program, serve):
    client = serve()
    conversation = begin(client)
    rasa_program.kill()
    try:
        assert client.delete(f"/v1/gesprekken/{conversation}").status_code == 503
    finally:
        rasa_program.start()
