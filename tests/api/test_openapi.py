"""The description of the API: the calls of the contract, and who runs it. Its rules: test_design_rules.py."""

from __future__ import annotations

import pytest

from api.contract import Triage, Zoekresultaat

CALLS = {
    ("POST", "/v1/triage"): {"400", "413", "422", "429"},
    ("POST", "/v1/gesprekken"): {"400", "413", "422", "429"},
    ("POST", "/v1/gesprekken/{gesprekId}/berichten"): {"400", "404", "413", "422", "429"},
    ("POST", "/v1/gesprekken/{gesprekId}/oordelen"): {"400", "404", "413", "422", "429"},
    ("DELETE", "/v1/gesprekken/{gesprekId}"): {"404", "429"},
    ("GET", "/v1/initiatieven"): {"422", "429"},
    ("POST", "/v1/initiatieven/{initiatiefId}/meldingen"): {"400", "404", "413", "422", "429", "503"},
    ("POST", "/v1/balie/sessies"): {"400", "401", "403", "413", "422", "429", "503"},
    ("GET", "/v1/balie/sessies/huidige"): {"401", "429", "503"},
    ("DELETE", "/v1/balie/sessies/huidige"): {"403", "429", "503"},
    ("POST", "/v1/balie/handelingen"): {"400", "401", "403", "413", "422", "429", "503"},
    ("GET", "/v1/aanmeldingen/toestemming"): {"422", "429", "503"},
    ("POST", "/v1/aanmeldingen"): {"400", "409", "413", "422", "429", "503"},
    ("GET", "/v1/aanmeldingen/{aanmeldingId}"): {"401", "404", "410", "429", "503"},
    ("POST", "/v1/aanmeldingen/{aanmeldingId}/intrekking"): {"400", "404", "413", "422", "429", "503"},
    ("POST", "/v1/aanmeldingen/{aanmeldingId}/statussen"): {"401", "404", "409", "410", "422", "429", "503"},
    ("POST", "/v1/balie/aanmeldingen"): {"400", "401", "403", "409", "413", "422", "429", "503"},
    ("GET", "/v1/balie/aanmeldingen"): {"401", "429", "503"},
    ("DELETE", "/v1/balie/aanmeldingen/{aanmeldingId}"): {"401", "403", "404", "429", "503"},
    ("GET", "/webhooks/rest"): {"429"},
    ("POST", "/webhooks/rest/webhook"): {"400", "401", "413", "422", "429"},
    ("POST", "/webhooks/livechat"): {"400", "401", "404", "413", "422", "429", "503"},
    ("GET", "/health"): set(),
    ("GET", "/ready"): {"503"},
}


@pytest.fixture
def document(client) -> dict:
    return client.get("/openapi.json").json()


def test_every_call_of_the_contract_is_described(document):
    for (method, path), problems in CALLS.items():
        described = document["paths"][path][method.lower()]["responses"]
        assert problems <= {status for status in described if status >= "400"}, path


def test_who_and_under_what_licence(document):
    info = document["info"]
    assert info["contact"]["name"] and info["license"]["name"] == "EUPL-1.2"


def test_the_built_in_error_schema_is_gone(document):
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()


def test_a_field_of_a_request_that_may_be_null_says_so(document):
    fields = document["components"]["schemas"]["TriageVraag"]["properties"]
    assert fields["plaats"]["type"] == ["string", "null"] and fields["tekst"]["type"] == "string"


def test_a_field_of_an_answer_that_may_be_null_says_so(document):
    fields = document["components"]["schemas"]["Triage"]["properties"]
    assert fields["plaats"]["anyOf"] == [{"$ref": "#/components/schemas/Plaats"}, {"type": "null"}]
    assert "nullable" not in str(document)


def test_triage_answers_the_object_of_the_contract(client):
    answer = client.post("/v1/triage", json={"tekst": "hoi", "plaats": "Groningen", "kanaal": "balie"})
    assert answer.status_code == 200
    assert Triage.parse_obj(answer.json()).dict() == answer.json()
    danger = client.post("/v1/triage", json={"tekst": "druk op mijn borst"}).json()
    assert danger["initiatieven"] == [] and danger["bel"]


def test_search_answers_the_object_of_the_contract(client):
    answer = client.get("/v1/initiatieven", params={"zoek": "dementie", "plaats": "Assen", "limiet": 1})
    assert answer.status_code == 200
    found = Zoekresultaat.parse_obj(answer.json())
    assert found.begrepen.plaats == "Assen" and found.initiatieven[0].score == 80
    assert client.get("/v1/initiatieven").status_code == 200
