from __future__ import annotations

import hashlib

import pytest

from api.contract import WebhookAntwoord
from api.settings import Settings
from tests.api.conftest import assert_problem

PATH = "/webhooks/rest/webhook"
MESSAGE = {"sender": "kiosk-1", "message": "hoi"}
TOKEN = "geheim-token"
HASH = hashlib.sha256(TOKEN.encode()).hexdigest()


def test_it_answers_as_rasa_does(client, assistant):
    answer = client.post(PATH, json={**MESSAGE, "metadata": {"x": 1}, "input_channel": "rest"})
    assert answer.status_code == 200
    assert [WebhookAntwoord.parse_obj(item).recipient_id for item in answer.json()] == ["kiosk-1"]
    assert assistant.heard == ["hoi"]


@pytest.mark.parametrize("message", ["", "  ", "\x00", "/restart", "/spoed_112{}"])
def test_it_is_never_silent(client, assistant, message):
    answer = client.post(PATH, json={"sender": "a", "message": message})
    assert answer.status_code == 200 and answer.json()
    assert assistant.heard == [message.replace("\x00", "").strip()]


def test_sender_and_message_may_be_left_out_as_in_rasa(client):
    assert client.post(PATH, json={}).json()[0]["recipient_id"] == "default"


def test_a_message_that_is_too_long_is_refused(client):
    assert_problem(client.post(PATH, json={"sender": "a", "message": "x" * 2001}), 422, "tekst-te-lang")


@pytest.mark.parametrize(
    ("environ", "needed"),
    [
        ({}, False),
        ({"HOST": "::1"}, False),
        ({"HOST": "localhost"}, False),
        ({"HOST": "0.0.0.0"}, True),
        ({"HOST": "::"}, True),
        ({"HOST": "voorbeeld.nl"}, True),
        ({"CLIENT_TOKENS": HASH}, True),
        ({"OMGEVING": "productie"}, True),
    ],
)
def test_when_a_token_is_needed(serve, environ, needed):
    assert Settings.from_environment(environ).webhook_needs_token is needed
    answer = serve(**environ).post(PATH, json=MESSAGE)
    assert answer.status_code == (401 if needed else 200)


def test_only_a_known_token_opens_the_door(serve, assistant):
    client = serve(CLIENT_TOKENS=f"{'0' * 64},{HASH}", OMGEVING="productie")
    for header in (None, TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer fout", f"Bearer {HASH}"):
        answer = client.post(PATH, json=MESSAGE, headers={"Authorization": header} if header else {})
        assert_problem(answer, 401, "geen-toegang")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert assistant.heard == []
    assert client.post(PATH, json=MESSAGE, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_danger_is_counted_here_too(client):
    client.post(PATH, json={"sender": "a", "message": "druk op mijn borst"})
    assert 'sociale_triage_safety_flags_total{flag="spoed_112"} 1.0' in client.get("/metrics").text
