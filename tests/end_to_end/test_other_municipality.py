"""A server of one municipality, asked over HTTP for another: nothing of the first is lent to the second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from bot.greeting import HELLO
from tests.own_settings import own_settings

pytestmark = pytest.mark.model

OWN_NUMBER = "14 0115"


@pytest.fixture(scope="module")
def client(model, event_loop_of_session):
    from actions import context
    from bot.assistant import load_assistant

    before = context.current()
    settings = own_settings(GEMEENTE="Terneuzen", MODEL_PATH=str(model))
    with ThreadPoolExecutor(1) as apart:
        assistant = apart.submit(event_loop_of_session.run_until_complete, load_assistant(settings)).result()
    with TestClient(create_app(settings, assistant)) as client:
        yield client
    context.configure(before)


def opened(client, **body) -> dict:
    return client.post("/v1/gesprekken", json=body).json()


def asks_for_a_human(client, opening: dict) -> str:
    address = f"/v1/gesprekken/{opening['gesprekId']}/berichten"
    return client.post(address, json={"tekst": "ik wil een mens spreken"}).text


@pytest.mark.parametrize("body", [{}, {"gemeente": "Terneuzen"}, {"gemeente": "Voorbeeldstad"}], ids=str)
def test_its_own_people_and_an_unknown_name_get_its_greeting_and_number(client, body):
    opening = opened(client, **body)
    assert "welkom bij de gemeente Terneuzen" in opening["berichten"][0]["tekst"]
    assert opening["gemeente"]["telefoon"] == OWN_NUMBER
    assert OWN_NUMBER in asks_for_a_human(client, opening)


def test_another_municipality_without_a_folder_gets_nothing_of_it(client):
    opening = opened(client, gemeente="Goes")
    assert opening["gemeente"] is None and opening["berichten"][0]["tekst"].startswith(HELLO)
    said = asks_for_a_human(client, opening)
    assert OWN_NUMBER not in said and "Terneuzen" not in said


def test_another_municipality_with_a_folder_gets_its_own(client):
    opening = opened(client, gemeente="Schouwen-Duiveland")
    assert opening["gemeente"]["telefoon"] == "(0111) 452 000"
