from __future__ import annotations

import pytest

from api.access.tokens import PRACTICE
from tests.api.conftest import assert_problem
from tests.api.fakes import INITIATIVE

ASK = "/v1/balie/vragen"
SECRET = "mw Geesje Bosscha is zo alleen"
CODE = f"/v1/initiatieven/{INITIATIVE['id']}/qr-code"


def test_the_card_reads_the_same_decision_as_everywhere(client):
    card = client.post(ASK, json={"tekst": SECRET, "plaats": "Nepstad"}).json()
    triage = client.post("/v1/triage", json={"tekst": SECRET, "plaats": "Nepstad", "kanaal": "balie"}).json()
    assert card["triage"] == triage and card["uitkomst"] == triage["uitkomst"]
    assert "".join(part["tekst"] for part in card["gelezen"]) == SECRET
    assert len(card["zeg"]) == 2 and card["doen"] and len(card["initiatieven"]) <= 3


def test_danger_has_the_fixed_answer_and_nothing_to_hand_out(client):
    card = client.post(ASK, json={"tekst": "dhr: druk op mijn borst"}).json()
    assert card["isGevaar"] and card["doen"] == ["Bel 112."] and card["bel"]
    assert card["zeg"] == card["initiatieven"] == card["icpc"] == []
    assert [part["wijstOp"] for part in card["gelezen"]] == ["spoed_112"]


def test_the_text_for_the_his_holds_nothing_of_what_was_typed(client):
    text = client.post(ASK, json={"tekst": SECRET}).json()["hisTekst"]
    assert INITIATIVE["naam"] in text
    assert not any(word in text for word in ("Geesje", "Bosscha", "alleen"))


@pytest.mark.parametrize("body", [{}, {"tekst": 1}, {"tekst": " "}, {"tekst": "a", "naam": "x"}])
def test_a_question_that_cannot_be_read_is_refused(client, body):
    assert_problem(client.post(ASK, json=body), 422)


def test_when_the_assistant_fails_no_outcome_is_made_up(client, assistant):
    assistant.break_with = RuntimeError(SECRET)
    assert SECRET not in str(assert_problem(client.post(ASK, json={"tekst": SECRET}), 503, "storing"))


def test_with_a_practice_somebody_must_sign_in(client):
    _, token = client.app.state.tokens.make(PRACTICE, "Praktijk De Linde", "Nepstad")
    assert_problem(client.post(ASK, json={"tekst": SECRET}), 401)
    assert client.get("/balie").status_code == 200, "the page asks to sign in"
    assert client.post("/v1/balie/sessies", json={"token": token}).status_code == 201
    assert client.post(ASK, json={"tekst": SECRET}).status_code == 200
    noted = {line.action for line in client.app.state.audit.lines()}
    assert "vraag" in noted


def test_the_page_asks_nothing_of_anybody_else(client):
    page = client.get("/balie")
    assert "http://" not in page.text and "https://" not in page.text
    assert "{{" not in page.text and 'href="/balie/inloggen"' not in page.text
    assert client.get("/balie/balie.js").headers["content-type"].startswith("text/javascript")


def test_a_code_for_paper_is_an_image_of_a_known_place(client):
    answer = client.get(CODE, params={"naar": "website"})
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_there_is_no_code_without_a_place_an_address_or_a_known_target(client):
    assert_problem(client.get(CODE, params={"naar": "route"}), 404, "geen-qr-code")
    assert_problem(client.get("/v1/initiatieven/onbekend/qr-code"), 404, "initiatief-onbekend")
    assert_problem(client.get(CODE, params={"naar": "https://kwaad.example"}), 422)
