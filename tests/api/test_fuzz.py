"""No text, however strange, leads to an error of ours or to silence."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings

ANY_TEXT = st.text(alphabet=st.characters(), max_size=2100)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CALM = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NO_LIMIT = "1000000/second"


@pytest.fixture(scope="module")
def client():
    limits = {"RATE_LIMIT_ADRES": NO_LIMIT, "RATE_LIMIT_NIEUW": NO_LIMIT, "RATE_LIMIT_GESPREK": NO_LIMIT}
    with TestClient(create_app(own_settings(**limits), FakeAssistant())) as client:
        yield client


@pytest.fixture(scope="module")
def conversation(client) -> str:
    return client.post("/v1/gesprekken", json={}).json()["gesprekId"]


def post(client: TestClient, path: str, body: object):
    return client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})


@CALM
@given(text=ANY_TEXT)
def test_any_text_is_answered_or_refused_with_a_reason(client, conversation, text):
    for path, body in (
        (f"/v1/gesprekken/{conversation}/berichten", {"tekst": text}),
        ("/v1/triage", {"tekst": text}),
        ("/webhooks/rest/webhook", {"sender": "a", "message": text}),
    ):
        answer = post(client, path, body)
        assert answer.status_code in (200, 422)
        assert answer.json()


@CALM
@given(body=ANY_JSON)
def test_any_json_is_answered_or_refused_with_a_reason(client, conversation, body):
    opened = f"/v1/gesprekken/{conversation}"
    for path in ("/v1/triage", "/v1/gesprekken", f"{opened}/berichten", f"{opened}/oordelen"):
        answer = post(client, path, body)
        assert answer.status_code < 500
        assert "detail" in answer.json() or "berichten" in answer.json() or "uitkomst" in answer.json()


@CALM
@given(body=st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_reason(client, body):
    answer = client.post("/v1/triage", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code < 500 and "detail" in answer.json()


@CALM
@given(text=st.text(max_size=220), limit=st.text(max_size=5))
def test_any_query_is_answered_or_refused_with_a_reason(client, text, limit):
    answer = client.get("/v1/initiatieven", params={"zoek": text, "plaats": text, "limiet": limit})
    assert answer.status_code in (200, 422) and answer.json()
