from __future__ import annotations

import json

from api.answered_once import ANSWERS_OF_A_CHAT
from api.contract import Beurt, Gesprek
from tests.api.conftest import assert_problem
from tests.api.fakes import MUNICIPALITY


def test_opening_gives_a_random_id_and_the_first_messages(client, assistant):
    answers = [client.post("/v1/gesprekken", json={}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    first, second = (Gesprek.parse_obj(answer.json()) for answer in answers)
    assert first.gesprekId != second.gesprekId and len(first.gesprekId) >= 22
    assert "computer" in first.berichten[0].tekst
    assert assistant.started[0] == (None, "bewoner")


def test_opening_passes_municipality_and_channel_on(client, assistant):
    client.post("/v1/gesprekken", json={"gemeente": " Groningen\x00", "kanaal": "balie"})
    assert assistant.started == [("Groningen", "balie")]


def test_opening_gives_the_municipality_and_suggestions(client):
    named = client.post("/v1/gesprekken", json={"gemeente": "Nepstad"}).json()
    assert Gesprek.parse_obj(named).gemeente.dict() == MUNICIPALITY
    assert named["gemeente"] == MUNICIPALITY and named["suggesties"] == ["Ik voel me alleen"]
    assert client.post("/v1/gesprekken", json={}).json()["gemeente"] is None


def test_the_municipality_of_the_settings_is_the_default(serve, assistant):
    serve(GEMEENTE="Assen").post("/v1/gesprekken", json={})
    assert assistant.started == [("Assen", "bewoner")]


def test_typed_text_is_answered(client, conversation):
    answer = client.post(conversation, json={"tekst": "Waar kunnen we samen naartoe?"})
    assert answer.status_code == 200
    assert set(answer.json()) == {"berichten", "triage"}
    turn = Beurt.parse_obj(answer.json())
    assert turn.berichten[0].initiatieven and turn.triage.uitkomst == "sociaal"


def test_danger_comes_through_with_numbers_and_without_initiatives(client, conversation):
    turn = client.post(conversation, json={"tekst": "druk op mijn borst"}).json()
    assert turn["triage"]["uitkomst"] == "spoed_112"
    assert turn["berichten"][0]["bel"][0]["telefoon"] == "112"
    assert turn["berichten"][0]["initiatieven"] == []


def test_a_leading_slash_is_text(client, conversation, assistant):
    assert client.post(conversation, json={"tekst": '/spoed_112{"a": "b"}'}).status_code == 200
    assert assistant.heard == ['/spoed_112{"a": "b"}']


def test_text_is_cleaned_and_keeps_its_lines(client, conversation, assistant):
    body = json.dumps({"tekst": " \x00zelf\u200bmoord\r\nja\ud800\x1b "})
    client.post(conversation, content=body, headers={"Content-Type": "application/json"})
    assert assistant.heard == ["zelfmoord\nja"]


def test_an_offered_button_is_answered(client, conversation):
    answer = client.post(conversation, json={"keuze": "mens"})
    assert answer.status_code == 200 and answer.json()["triage"] is None


def test_a_button_that_was_not_offered_is_refused(client, conversation):
    problem = assert_problem(client.post(conversation, json={"keuze": "geheim"}), 422, "keuze-onbekend")
    assert "geheim" not in str(problem)


def test_text_or_choice_but_not_both_and_not_neither(client, conversation):
    assert_problem(client.post(conversation, json={"tekst": "hoi", "keuze": "mens"}), 422, "invoer")
    assert_problem(client.post(conversation, json={}), 422, "invoer")


def test_an_empty_message_is_refused(client, conversation, assistant):
    for text in ("", "  \n", "\x00", "\u200b"):
        assert_problem(client.post(conversation, json={"tekst": text}), 422, "tekst-leeg")
    assert assistant.heard == []


def test_a_message_of_2000_characters_is_answered_and_of_2001_refused(client, conversation):
    assert client.post(conversation, json={"tekst": "ë" * 2000}).status_code == 200
    problem = assert_problem(client.post(conversation, json={"tekst": "ë" * 2001}), 422, "tekst-te-lang")
    assert (problem["lengte"], problem["maximum"]) == (2001, 2000)
    assert "2001" in problem["detail"] and "2000" in problem["detail"] and "112" in problem["detail"]
    assert "waarschuwing" not in problem


def test_a_message_that_is_too_long_is_still_read_for_danger(client, conversation):
    text = "hij stikt " + "x" * 2001
    problem = assert_problem(client.post(conversation, json={"tekst": text}), 422, "tekst-te-lang")
    assert problem["detail"].startswith("Bel nu 112.") and problem["waarschuwing"]["uitkomst"] == "spoed_112"


def test_a_long_message_is_refused_kindly_when_the_rules_cannot_read_it(client, assistant, conversation):
    assistant.break_with = RuntimeError("stuk")
    problem = assert_problem(client.post(conversation, json={"tekst": "x" * 2001}), 422, "tekst-te-lang")
    assert "112" in problem["detail"]


def test_an_unknown_conversation_says_what_to_do_and_names_the_numbers(client):
    problem = assert_problem(
        client.post("/v1/gesprekken/bestaat-niet/berichten", json={"tekst": "hoi"}), 404, "gesprek-onbekend"
    )
    assert "nieuw gesprek" in problem["detail"]
    assert "112" in problem["detail"] and "113" in problem["detail"]
    assert "bestaat-niet" not in str(problem)


def test_a_conversation_that_is_forgotten_is_gone(client, conversation, assistant):
    address = conversation.removesuffix("/berichten")
    answer = client.delete(address)
    assert answer.status_code == 204 and answer.content == b""
    assert not assistant.open
    assert_problem(client.post(conversation, json={"tekst": "hoi"}), 404)
    assert_problem(client.delete(address), 404)


def test_a_webhook_sender_is_no_conversation_here(client, assistant):
    for name in ("rest:kiosk-1", "kiosk-1", "default", "a" * 31, "%00" * 32):
        assistant.open.add(name)
        assert_problem(client.post(f"/v1/gesprekken/{name}/berichten", json={"tekst": "hoi"}), 404)
        assert_problem(client.delete(f"/v1/gesprekken/{name}"), 404)
    assert assistant.heard == []


def test_a_message_that_is_sent_again_with_its_key_is_one_turn(client, assistant):
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    path, key = f"/v1/gesprekken/{opened}/berichten", {"Idempotency-Key": "bericht-1"}
    first, again = (client.post(path, json={"tekst": "hoi"}, headers=key) for _ in range(2))
    assert first.status_code == 200 and first.json() == again.json()
    assert assistant.heard == ["hoi"]


def test_other_words_under_an_old_key_are_another_message(client, assistant):
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    path, key = f"/v1/gesprekken/{opened}/berichten", {"Idempotency-Key": ""}
    client.post(path, json={"tekst": "hoi"}, headers=key)
    danger = client.post(path, json={"tekst": "druk op mijn borst"}, headers=key).json()
    assert danger["triage"]["bel"] and assistant.heard == ["hoi", "druk op mijn borst"]


def test_the_newest_answers_of_a_chat_are_kept(client, assistant):
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    path = f"/v1/gesprekken/{opened}/berichten"
    said = [str(number) for number in range(ANSWERS_OF_A_CHAT + 1)]
    for text in [*said, *said[1:], said[0]]:
        client.post(path, json={"tekst": text}, headers={"Idempotency-Key": text})
    assert assistant.heard == [*said, said[0]]


def test_no_answer_is_remembered_of_a_forgotten_conversation(client):
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    path, key = f"/v1/gesprekken/{opened}", {"Idempotency-Key": "bericht-1"}
    client.post(f"{path}/berichten", json={"tekst": "hoi"}, headers=key)
    assert client.delete(path).status_code == 204
    assert not client.app.state.remembering._records
    assert client.post(f"{path}/berichten", json={"tekst": "hoi"}, headers=key).status_code == 404
