"""Rasa's REST channel to the letter, for whoever may call it."""

from __future__ import annotations

import json

import pytest

from api.contract_webhook import WebhookAntwoord
from tests.api.conftest import assert_problem

PATH = "/webhooks/rest/webhook"
JSON = {"Content-Type": "application/json"}
ODD_SENDERS = [
    "",
    " ",
    "x" * 255,
    "Ómgång-☂-مرحبا",
    "\x00",
    "\ud800",
    "a\nb",
    "rest:b",
    '{"a": 1}',
    "../..",
    "0",
]


def test_it_answers_as_rasa_does(client, assistant):
    answer = client.post(
        PATH, json={"sender": "kiosk-1", "message": "hoi", "metadata": {"x": 1}, "input_channel": "rest"}
    )
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert [WebhookAntwoord.parse_obj(item).recipient_id for item in answer.json()] == ["kiosk-1"]
    assert assistant.heard == ["hoi"]


@pytest.mark.parametrize("message", ["", "  ", "\x00", "/restart", "/spoed_112{}", None])
def test_it_is_never_silent(client, assistant, message):
    answer = client.post(PATH, json={"sender": "a", "message": message})
    assert answer.status_code == 200 and answer.json()
    assert assistant.heard == [(message or "").replace("\x00", "").strip()]


@pytest.mark.parametrize("body", [{}, {"sender": None}, {"sender": "default"}])
def test_sender_and_message_may_be_left_out_as_in_rasa(client, assistant, body):
    assert client.post(PATH, json=body).json()[0]["recipient_id"] == "default"
    assert len(assistant.open) == 1


def test_a_number_as_sender_is_read_as_rasa_reads_it(client):
    assert client.post(PATH, json={"sender": 4711, "message": "hoi"}).json()[0]["recipient_id"] == "4711"


@pytest.mark.parametrize("sender", ODD_SENDERS)
def test_the_sender_comes_back_exactly_as_it_was(client, sender):
    for query in ("", "?stream=true"):
        answer = client.post(
            PATH + query, content=json.dumps({"sender": sender, "message": "hoi"}), headers=JSON
        )
        assert answer.status_code == 200
        assert json.loads(answer.text.splitlines()[0].strip("[]"))["recipient_id"] == sender


def test_every_odd_sender_has_a_conversation_of_its_own(client, assistant):
    for sender in ODD_SENDERS:
        client.post(PATH, content=json.dumps({"sender": sender, "message": "hoi"}), headers=JSON)
    assert len(assistant.open) == len(ODD_SENDERS)
    assert not any(sender in name for name in assistant.open for sender in ODD_SENDERS if len(sender) > 2)


@pytest.mark.parametrize(
    "body",
    [{"sender": "x" * 256}, {"sender": True}, {"sender": ["a"]}, {"message": 3}, {"message": {}}, "hoi"],
)
def test_what_is_no_message_is_refused(client, body):
    assert_problem(client.post(PATH, json=body), 422, "invoer")


def test_a_message_that_is_too_long_is_refused(client):
    assert_problem(client.post(PATH, json={"sender": "a", "message": "x" * 2001}), 422, "tekst-te-lang")


def test_the_stream_has_one_message_a_line(client, assistant, monkeypatch):
    async def two(conversation_id: str, message: str, sender: str) -> list[dict]:
        return [{"recipient_id": sender, "text": text} for text in ("een\ntwee", "drie")]

    monkeypatch.setattr(assistant, "rest", two)
    body = {"sender": "a", "message": "hoi"}
    for query in ("stream=true", "stream=True", "stream=true&token=x"):
        answer = client.post(f"{PATH}?{query}", json=body)
        assert answer.headers["content-type"] == "text/event-stream"
        assert [json.loads(line)["text"] for line in answer.text.splitlines()] == ["een\ntwee", "drie"]
        assert answer.text.endswith("\n")
    for query in ("stream=false", "stream=1", "stream=", "token=x"):
        assert len(client.post(f"{PATH}?{query}", json=body).json()) == 2


@pytest.mark.parametrize("path", ["/webhooks/rest", "/webhooks/rest/"])
def test_rasas_health_of_the_channel_needs_no_token(serve, path):
    assert serve(OMGEVING="productie").get(path).json() == {"status": "ok"}


@pytest.mark.parametrize("query", ["", "?stream=true"])
@pytest.mark.parametrize("trouble", ["silent", "break_with", "unknown"])
def test_trouble_gives_the_fixed_text_and_never_an_empty_list(client, assistant, monkeypatch, trouble, query):
    from bot.turn import UnknownConversation

    if trouble == "silent":
        assistant.silent = True
    else:
        assistant.break_with = UnknownConversation("a") if trouble == "unknown" else ValueError("stuk")
    answer = client.post(PATH + query, json={"sender": "a", "message": "hoi"})
    assert answer.status_code == 200 and "112" in answer.text and '"recipient_id": "a"' in answer.text


def test_danger_is_counted_here_too(client):
    client.post(PATH, json={"sender": "a", "message": "druk op mijn borst"})
    assert 'sociale_triage_safety_flags_total{flag="spoed_112"} 1.0' in client.get("/metrics").text
