"""The description of the API, after the rules of the NL API Design Rules that can be checked here."""

from __future__ import annotations

import re

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
    ("POST", "/webhooks/rest/webhook"): {"400", "401", "413", "422", "429"},
    ("GET", "/health"): set(),
    ("GET", "/ready"): {"503"},
}


@pytest.fixture
def document(client) -> dict:
    return client.get("/openapi.json").json()


def test_every_call_of_the_contract_is_described_and_no_other(document):
    described = {
        (method.upper(), path): operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert described.keys() == CALLS.keys()
    for call, operation in described.items():
        problems = {status for status in operation["responses"] if status >= "400"}
        assert problems >= CALLS[call]
        for status in problems:
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"]
        assert all("API-Version" in response["headers"] for response in operation["responses"].values())
        assert operation["summary"] and operation["tags"]


def test_who_and_under_what_licence(document):
    info = document["info"]
    assert info["contact"]["name"] and info["license"]["name"] == "EUPL-1.2"
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"]) and document["servers"]


def test_the_built_in_error_schema_is_gone(document):
    assert "HTTPValidationError" not in document["components"]["schemas"]
    names = re.findall(r'"#/components/schemas/([^"]+)"', str(document).replace("'", '"'))
    assert set(names) <= document["components"]["schemas"].keys()


def test_names_of_fields_and_parameters_are_camel_case(document):
    schemas = {name: schema for name, schema in document["components"]["schemas"].items()}
    for name, schema in schemas.items():
        if not name.startswith("Webhook"):
            assert all(re.fullmatch(r"[a-z][a-zA-Z0-9]*", field) for field in schema.get("properties", {}))


def test_the_document_is_also_where_the_design_rules_want_it(client, document):
    assert client.get("/v1/openapi.json").json() == document


@pytest.mark.parametrize("path", ["/health", "/v1/nergens", "/openapi.json"])
def test_every_answer_says_its_version_and_is_safe(client, path):
    headers = client.get(path).headers
    assert headers["api-version"] == "1.0.0"
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"


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
