"""The contract over HTTP with the real assistant, actions and catalogue behind it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api import contract
from api.app import create_app
from tests.own_settings import own_settings

pytestmark = pytest.mark.model

SOCIAL = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?"
DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(create_app(own_settings(), assistant)) as client:
        yield client


@pytest.fixture
def conversation(client) -> str:
    opened = client.post("/v1/gesprekken", json={}).json()
    contract.Gesprek.parse_obj(opened)
    return opened["gesprekId"]


def say(client, conversation: str, **body) -> dict:
    answer = client.post(f"/v1/gesprekken/{conversation}/berichten", json=body)
    assert answer.status_code == 200, answer.text
    contract.Beurt.parse_obj(answer.json())
    return answer.json()


def test_the_first_message_says_it_is_a_computer_and_shows_both_numbers(client):
    [first, *_] = client.post("/v1/gesprekken", json={}).json()["berichten"]
    assert "computer" in first["tekst"] and "112" in first["tekst"] and "113" in first["tekst"]


def test_a_question_a_place_and_another_option(client, conversation):
    asked = say(client, conversation, tekst=SOCIAL)
    assert "plaats" in asked["berichten"][-1]["tekst"].lower()
    found = say(client, conversation, tekst="Groningen")
    assert found["triage"]["initiatieven"][0]["plaats"] == "Groningen"
    offered = [button["id"] for message in found["berichten"] for button in message["knoppen"]]
    more = say(client, conversation, keuze=offered[0])
    assert more["triage"]["uitkomst"] == "sociaal"


def test_danger_over_http(client, conversation):
    turn = say(client, conversation, tekst=DANGER)
    assert turn["triage"]["uitkomst"] == "spoed_112"
    assert turn["triage"]["initiatieven"] == [] and turn["triage"]["bel"][0]["telefoon"] == "112"


def test_after_delete_the_conversation_is_gone(client, conversation):
    assert client.delete(f"/v1/gesprekken/{conversation}").status_code == 204
    gone = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": "hallo"})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("text", "place", "outcome", "route"),
    [
        (SOCIAL, "Groningen", "sociaal", "odensehuis"),
        ("ik heb kanker gehad en wil erover praten met anderen", "Hilversum", "sociaal", "ipso_inloophuis"),
        (
            "ik ben steeds moe en gespannen, de dokter vindt niets, ik heb nergens zin in en zit thuis",
            "Leiden",
            "sociaal",
            "welzijn_op_recept",
        ),
        (DANGER, "Groningen", "spoed_112", None),
    ],
)
def test_the_four_questions_of_the_issue(client, text, place, outcome, route):
    answer = client.post("/v1/triage", json={"tekst": text, "plaats": place})
    triage = contract.Triage.parse_obj(answer.json())
    assert triage.uitkomst == outcome
    assert triage.routes[:1] == ([route] if route else [])
    assert bool(triage.initiatieven) == bool(route)


def test_search_and_triage_name_the_same_initiative(client):
    found = client.get("/v1/initiatieven", params={"zoek": "odensehuis groninge", "limiet": 3}).json()
    assert found["begrepen"]["route"] == "odensehuis" and found["begrepen"]["plaats"] == "Groningen"
    contract.Zoekresultaat.parse_obj(found)
    triage = client.post("/v1/triage", json={"tekst": SOCIAL, "plaats": "Groningen"}).json()
    assert triage["initiatieven"][0]["id"] in [one["id"] for one in found["initiatieven"]]


def test_the_webhook_speaks_rasas_rest_channel(client):
    answers = client.post("/webhooks/rest/webhook", json={"sender": "s", "message": SOCIAL}).json()
    assert answers and all(answer["recipient_id"] == "s" and answer["text"] for answer in answers)


def test_ready_says_that_everything_is_loaded(client):
    assert client.get("/ready").status_code == 200
