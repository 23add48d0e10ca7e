from __future__ import annotations

from api.rates import client_group
from tests.api.conftest import assert_problem
from tests.api.every_call import every_call

FREE = (
    "/.well-known/",
    "/docs",
    "/health",
    "/integratie",
    "/metrics",
    "/openapi.json",
    "/ready",
    "/voorbeeld-knop",
    "/widget",
)
"""Pages, files and figures that only read; whatever else answers is counted."""


def test_a_flood_from_one_address_is_slowed_and_still_hears_the_numbers(serve):
    client = serve(RATE_LIMIT_ADRES="3/hour")
    answers = [client.post("/v1/triage", json={"tekst": "hoi"}) for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    problem = assert_problem(answers[3], 429, "te-veel")
    assert "112" in problem["detail"] and "113" in problem["detail"]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 3600
    assert client.get("/health").status_code == 200 and client.get("/").status_code == 200


def test_one_conversation_is_counted_apart_from_another(serve):
    client = serve(RATE_LIMIT_GESPREK="2/hour")

    def say(conversation: str) -> int:
        return client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": "hoi"}).status_code

    busy, calm = (client.post("/v1/gesprekken", json={}).json()["gesprekId"] for _ in range(2))
    assert [say(busy) for _ in range(3)] == [200, 200, 429]
    assert say(calm) == 200


def test_a_webhook_sender_is_a_conversation(serve):
    client = serve(RATE_LIMIT_GESPREK="1/hour")
    send = lambda sender: client.post("/webhooks/rest/webhook", json={"sender": sender, "message": "x"})  # noqa: E731
    assert [send(sender).status_code for sender in ("a", "a", "b")] == [200, 429, 200]


def test_new_conversations_have_a_limit_of_their_own(serve):
    client = serve(RATE_LIMIT_NIEUW="1/hour")
    assert [client.post("/v1/gesprekken", json={}).status_code for _ in range(2)] == [201, 429]


def test_the_unit_that_is_counted():
    assert client_group("192.0.2.7") == "192.0.2.7"
    assert client_group("2001:db8:1:2:3::4") == client_group("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert client_group("2001:db8:1:3::9") != client_group("2001:db8:1:2::9")
    assert client_group(None) == client_group("testclient") == "unknown"


def test_every_route_is_limited_but_the_pages_that_only_read(serve):
    client = serve(RATE_LIMIT_ADRES="1/hour")
    assert client.get("/v1/initiatieven").status_code == 200
    for method, path in every_call(client.app):
        answer = client.request(method, path)
        if method == "GET" and (path == "/" or path.startswith(FREE)):
            assert answer.status_code != 429, path
        else:
            assert_problem(answer, 429)
            assert 1 <= int(answer.headers["retry-after"]) <= 3600, path
