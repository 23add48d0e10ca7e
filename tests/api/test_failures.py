"""Whatever goes wrong behind it, a person gets an answer with the right numbers."""

from __future__ import annotations

import pytest

from api.fallback import ANSWERS, fixed_calls, fixed_text
from bot.conversations.store import StoreDown
from tests.api.conftest import assert_problem


@pytest.mark.parametrize("trouble", ["break_with", "hang", "silent"])
def test_a_failing_assistant_still_gives_a_fixed_answer(serve, assistant, trouble):
    client = serve(TURN_TIMEOUT="0.05", ACTION_TIMEOUT="0.01")
    conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    setattr(assistant, trouble, RuntimeError("stuk") if trouble == "break_with" else True)
    answer = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": "hoi"})
    assert answer.status_code == 200
    (bericht,) = answer.json()["berichten"]
    assert all(word in bericht["tekst"] for word in ("112", "113", "huisarts"))
    assert [line["telefoon"] for line in bericht["bel"]] == ["112", "113"]
    reason = {"break_with": "error", "hang": "timeout", "silent": "empty"}[trouble]
    assert f'sociale_triage_fallbacks_total{{reason="{reason}"}} 1.0' in client.get("/metrics").text


@pytest.mark.parametrize("trouble", ["break_with", "hang", "silent"])
def test_a_failing_assistant_still_answers_danger_by_the_rules(serve, assistant, trouble):
    client = serve(TURN_TIMEOUT="0.05", ACTION_TIMEOUT="0.01")
    conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    setattr(assistant, trouble, StoreDown() if trouble == "break_with" else True)
    said = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": "hij stikt"}).json()
    assert said["triage"]["uitkomst"] == "spoed_112" and "112" in said["berichten"][0]["tekst"]
    [first] = client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "hij stikt"}).json()
    assert first["custom"]["triage"]["uitkomst"] == "spoed_112"


def test_where_not_even_the_rules_work_the_numbers_are_there(client, conversation, assistant):
    assistant.break_with, assistant.rules_broken = StoreDown(), True
    (bericht,) = client.post(conversation, json={"tekst": "hij stikt"}).json()["berichten"]
    assert all(word in bericht["tekst"] for word in ("112", "113", "huisarts"))


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/triage"), ("POST", "/v1/balie/vragen")])
def test_a_refusal_for_a_failure_still_warns(client, assistant, monkeypatch, method, path):
    async def fail(*_: object) -> dict:
        raise StoreDown

    monkeypatch.setattr(assistant, "triage", fail)
    problem = assert_problem(client.request(method, path, json={"tekst": "hij stikt"}), 503, "storing")
    assert problem["waarschuwing"]["uitkomst"] == "spoed_112"


@pytest.mark.parametrize("trouble", ["break_with", "hang", "silent"])
def test_the_webhook_is_never_silent(serve, assistant, trouble):
    client = serve(TURN_TIMEOUT="0.05", ACTION_TIMEOUT="0.01")
    setattr(assistant, trouble, RuntimeError("stuk") if trouble == "break_with" else True)
    answer = client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "hoi"})
    assert answer.status_code == 200
    assert answer.json()[0]["recipient_id"] == "a" and "112" in answer.json()[0]["text"]


def test_an_answer_that_is_no_json_is_replaced(client, conversation, assistant, monkeypatch):
    monkeypatch.setattr("tests.api.fakes.VERSION", {"model": object()})
    monkeypatch.setattr("tests.api.fakes.triage_of", lambda text: {**_broken()})
    answer = client.post(conversation, json={"tekst": "hoi"})
    assert answer.status_code == 200 and "112" in answer.json()["berichten"][0]["tekst"]


def _broken() -> dict:
    return {"bel": [], "initiatieven": [object()], "antwoord": "x", "uitkomst": "sociaal"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/triage", {"tekst": "hoi"}),
        ("POST", "/v1/gesprekken", {}),
        ("GET", "/v1/initiatieven?zoek=hoi", None),
    ],
)
def test_other_calls_say_that_something_is_wrong(client, assistant, method, path, body):
    assistant.break_with = ValueError("hoi")
    answer = client.request(method, path, json=body)
    problem = assert_problem(answer, 503, "storing")
    assert "112" in problem["detail"] and "huisarts" in problem["detail"]
    assert answer.headers["retry-after"]


def test_an_error_outside_the_assistant_is_a_problem_too(client, assistant):
    def broken() -> dict:
        raise RuntimeError("stuk")

    assistant.ready = broken
    assert_problem(client.get("/ready"), 500, "fout")


def test_the_built_in_text_stands_in_for_a_missing_or_unusable_file(tmp_path):
    file = tmp_path / "gevaar.yml"
    built_in = fixed_text(file)
    assert "112" in built_in and "113" in built_in and "huisarts" in built_in
    for content in ("", "[", "responses: {utter_storing: [{text: 'Bel {nummer}.'}]}", "responses: 3"):
        file.write_text(content)
        assert fixed_text(file) == built_in
    file.write_text("responses: {utter_storing: [{condition: [], text: x}, {text: 'Bel 112 of 113.'}]}")
    assert fixed_text(file) == "Bel 112 of 113."


@pytest.mark.skipif(not ANSWERS.exists(), reason="data/answers/gevaar.yml is not there yet")
def test_the_reviewed_text_names_the_numbers():
    assert all(word in fixed_text() for word in ("112", "113", "huisarts"))


def test_the_numbers_are_those_of_the_help_lines():
    assert [call["telefoon"] for call in fixed_calls()] == ["112", "113"]
    assert all(
        set(call) == {"naam", "telefoon", "url", "openingstijden", "wanneer"} for call in fixed_calls()
    )


@pytest.mark.parametrize("content", ["", "sleutel\n112\n", "sleutel,status\n112,actief\n", b"\xff\xfe\x00"])
def test_built_in_numbers_stand_in_for_unusable_help_lines(tmp_path, content):
    file = tmp_path / "hulplijnen.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert [call["telefoon"] for call in fixed_calls(tmp_path)] == ["112", "113"]
