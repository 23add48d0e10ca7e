"""A thumb up or down: counted by code, and nothing of it stays."""

from __future__ import annotations

import pytest

from tests.api.conftest import assert_problem
from tests.api.test_logs import lines  # noqa: F401  a fixture


@pytest.fixture
def ratings(conversation) -> str:
    return conversation.replace("/berichten", "/oordelen")


def test_a_rating_is_counted_with_the_outcome_of_the_last_turn(client, conversation, ratings):
    assert client.post(ratings, json={"oordeel": "niet_goed"}).status_code == 204
    client.post(conversation, json={"tekst": "hoi"})
    for _ in range(2):
        answer = client.post(ratings, json={"oordeel": "goed"})
        assert answer.status_code == 204 and answer.content == b""
    metrics = client.get("/metrics").text
    assert 'sociale_triage_ratings_total{outcome="onbekend",rating="niet_goed"} 1.0' in metrics
    assert 'sociale_triage_ratings_total{outcome="sociaal",rating="goed"} 2.0' in metrics
    assert 'sociale_triage_turns_total{channel="bewoner"} 1.0' in metrics


def test_a_rating_is_one_line_of_codes(client, conversation, ratings, lines):  # noqa: F811
    client.post(conversation, json={"tekst": "hoi"})
    client.post(ratings, json={"oordeel": "goed"})
    _, rating = lines()
    assert rating["event"] == "rating" and rating["rating"] == "goed" and rating["outcome"] == "sociaal"
    assert "conversation" not in rating


@pytest.mark.parametrize(
    "body", [{}, {"oordeel": "top"}, {"oordeel": 1}, {"oordeel": "goed", "tekst": "x"}, []]
)
def test_anything_but_the_two_codes_is_refused(client, ratings, body):
    assert_problem(client.post(ratings, json=body), 422, "invoer")


def test_an_unknown_conversation_is_not_found(client, conversation, ratings):
    for path in ("/v1/gesprekken/nergens/oordelen", f"/v1/gesprekken/{'a' * 32}/oordelen"):
        assert_problem(client.post(path, json={"oordeel": "goed"}), 404, "gesprek-onbekend")
    client.delete(conversation.removesuffix("/berichten"))
    assert_problem(client.post(ratings, json={"oordeel": "goed"}), 404, "gesprek-onbekend")


def test_ratings_count_as_messages_for_the_limit(serve):
    client = serve(RATE_LIMIT_GESPREK="2/hour")
    opened = f"/v1/gesprekken/{client.post('/v1/gesprekken', json={}).json()['gesprekId']}"
    assert client.post(f"{opened}/berichten", json={"tekst": "hoi"}).status_code == 200
    assert client.post(f"{opened}/oordelen", json={"oordeel": "goed"}).status_code == 204
    assert_problem(client.post(f"{opened}/oordelen", json={"oordeel": "goed"}), 429, "te-veel")


def test_trouble_is_a_problem_and_counts_nothing(client, assistant, ratings):
    assistant.break_with = RuntimeError("stuk")
    assert_problem(client.post(ratings, json={"oordeel": "goed"}), 503)
    assert "ratings_total{" not in client.get("/metrics").text
