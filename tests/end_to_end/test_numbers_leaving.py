"""The output of every channel, with a wrong number put into the reviewed data: it never gets out."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from sociale_kaart.phones import numbers_in

from api.app import create_app
from bot.assistant import NUMBER_WITHHELD
from tests.own_settings import own_settings

pytestmark = pytest.mark.model

WRONG = "0900-0113"
TEXTS = [
    "ik wil er niet meer zijn",
    "hij slaat me en mijn telefoonnummer is 06-12345678",
    "mijn man heeft beginnende dementie, waar kunnen we samen naartoe? wij wonen in Groningen",
    "ik wil een mens spreken",
    "ik ben al een tijdje zo moe en de huisarts vindt niets, ik woon in Leiden",
    "hoe laat gaat het gemeentehuis open",
]


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(create_app(own_settings(), assistant)) as client:
        yield client


def everything_said(client, text: str) -> list[str]:
    """The raw answers of every door to one text."""
    said = []
    for channel in ("bewoner", "balie"):
        said.append(client.post("/v1/triage", json={"tekst": text, "kanaal": channel}).text)
        opened = client.post("/v1/gesprekken", json={"kanaal": channel})
        path = f"/v1/gesprekken/{opened.json()['gesprekId']}/berichten"
        said += [opened.text, client.post(path, json={"tekst": text}).text]
        said.append(client.post(path, json={"tekst": "Groningen"}).text)
    said.append(client.post("/webhooks/rest/webhook", json={"sender": "n", "message": text}).text)
    said.append(client.get("/v1/initiatieven", params={"zoek": text, "plaats": "Groningen"}).text)
    return said


def texts_of(answer: str) -> list[str]:
    """Every string in a JSON answer."""
    found = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(json.loads(answer))
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_only_checked_numbers_leave(client, assistant, text):
    allowed = assistant._context.numbers.front_desk
    for answer in everything_said(client, text):
        for string in texts_of(answer):
            assert [number for number in numbers_in(string) if number not in allowed] == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_wrong_number_in_the_data_is_withheld_on_every_channel(client, assistant, monkeypatch, text):
    responses, reviewed = assistant._context.responses, type(assistant._context.responses).text

    def tampered(self, name, channel="bewoner", **values):
        return reviewed(self, name, channel, **values) + f" Of bel {WRONG}."

    monkeypatch.setattr(type(responses), "text", tampered)
    for answer in everything_said(client, text):
        assert WRONG not in answer


def test_a_withheld_number_is_counted(assistant, event_loop_of_session, monkeypatch):
    async def rogue(*args, **kwargs):
        return [{"text": f"Bel {WRONG}."}]

    run = event_loop_of_session.run_until_complete
    run(assistant.start("nummer", None, "bewoner"))
    monkeypatch.setattr(assistant._engine, "handle", rogue)
    turn = run(assistant.say("nummer", "hallo"))
    assert WRONG not in turn.messages[0]["tekst"] and NUMBER_WITHHELD in turn.action_errors
