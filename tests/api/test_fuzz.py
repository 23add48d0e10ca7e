"""No text, however strange, leads to an error of ours or to silence: at every path that takes JSON."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from tests.api.every_call import operations
from tests.api.fakes import FakeAssistant
from tests.api.installation import NO_LIMITS
from tests.own_settings import own_settings

ANY_TEXT = st.text(alphabet=st.characters(), max_size=2100)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CALM, FEWER = (
    settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    for examples in (60, 15)
)


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(own_settings(**NO_LIMITS), FakeAssistant())) as client:
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


def paths_with_a_body(client: TestClient, conversation: str) -> list[str]:
    """Every path that takes JSON."""
    described = client.get("/openapi.json").json()
    return [
        path.replace("{gesprekId}", conversation)
        for path, _, operation in operations(described)
        if "requestBody" in operation
    ]


@FEWER
@given(body=ANY_JSON)
def test_any_json_is_answered_or_refused_with_a_reason(client, conversation, body):
    for path in paths_with_a_body(client, conversation):
        answer = post(client, path, body)
        assert answer.status_code < 500, path
        assert answer.status_code < 400 or answer.json()["detail"], path


@FEWER
@given(body=st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_reason(client, conversation, body):
    for path in paths_with_a_body(client, conversation):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, path
        assert answer.status_code < 400 or answer.json()["detail"], path


@CALM
@given(text=st.text(max_size=220), limit=st.text(max_size=5))
def test_any_query_is_answered_or_refused_with_a_reason(client, text, limit):
    answer = client.get("/v1/initiatieven", params={"zoek": text, "plaats": text, "limiet": limit})
    assert answer.status_code in (200, 422) and answer.json()
