"""Who may call the webhooks, and that clients never meet in one conversation."""

from __future__ import annotations

import hashlib
from itertools import combinations

import pytest

from api.access.tokens import CLIENT, PRACTICE, RECEIVER
from api.settings import Settings
from tests.api.conftest import assert_problem

REST, LIVECHAT = "/webhooks/rest/webhook", "/webhooks/livechat"
BODIES = {REST: {"sender": "a", "message": "hoi"}, LIVECHAT: {"soort": "openen", "gesprek": "a"}}
TOKEN = "geheim-token"
HASH = hashlib.sha256(TOKEN.encode()).hexdigest()

every_door = pytest.mark.parametrize("path", BODIES)


def call(client, path: str, token: str | None = None):
    return client.post(path, json=BODIES[path], headers={"Authorization": f"Bearer {token}"} if token else {})


@every_door
@pytest.mark.parametrize(
    ("environ", "needed"),
    [
        ({}, False),
        ({"HOST": "::1"}, False),
        ({"HOST": "localhost"}, False),
        ({"HOST": "0.0.0.0"}, True),
        ({"HOST": "::"}, True),
        ({"HOST": "voorbeeld.nl"}, True),
        ({"CLIENT_TOKENS": HASH}, True),
        ({"OMGEVING": "productie"}, True),
    ],
)
def test_when_a_token_is_needed(serve, path, environ, needed):
    assert Settings.from_environment(environ).webhook_needs_token is needed
    assert call(serve(**environ), path).status_code == (401 if needed else 200)


@every_door
def test_a_client_made_while_the_server_runs_closes_the_door_also_after_it_was_revoked(serve, path):
    client = serve()
    tokens = client.app.state.tokens
    tokens.make(PRACTICE, "praktijk")
    assert call(client, path).status_code == 200
    holder, token = tokens.make(CLIENT, "klant")
    assert_problem(call(client, path), 401, "geen-toegang")
    assert call(client, path, token).status_code == 200
    tokens.revoke(holder.id)
    assert_problem(call(client, path, token), 401, "geen-toegang")
    assert call(client, path).status_code == 401


@every_door
def test_only_a_known_token_opens_the_door(serve, assistant, path):
    client = serve(CLIENT_TOKENS=f"{'0' * 64},{HASH}", OMGEVING="productie", RATE_LIMIT_INLOGGEN="99/minute")
    tokens = client.app.state.tokens
    _, other_kind = tokens.make(PRACTICE, "praktijk")
    _, receiver = tokens.make(RECEIVER, "ontvanger")
    _, right = tokens.make(CLIENT, "klant")
    of_others = [
        f"Bearer {token}" for token in (other_kind, receiver, right[:-1], f"{right}x", HASH, "0" * 64)
    ]
    for header in (None, TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer fout", *of_others):
        answer = client.post(path, json=BODIES[path], headers={"Authorization": header} if header else {})
        assert_problem(answer, 401, "geen-toegang")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert assistant.heard == [] and not assistant.open
    assert call(client, path, TOKEN).status_code == call(client, path, right).status_code == 200


def test_after_a_rotation_both_tokens_are_the_same_client_for_a_while(serve, assistant):
    from datetime import timedelta

    client = serve(OMGEVING="productie")
    holder, old = client.app.state.tokens.make(CLIENT, "klant")
    new = client.app.state.tokens.rotate(holder.id, timedelta(hours=1))
    assert [call(client, REST, token).status_code for token in (old, new)] == [200, 200]
    assert len(assistant.open) == 1


def test_wrong_tokens_lock_the_address_out_and_a_missing_one_does_not(serve):
    client = serve(CLIENT_TOKENS=HASH, RATE_LIMIT_INLOGGEN="3/hour")
    assert [call(client, REST).status_code for _ in range(5)] == [401] * 5
    answers = [call(client, path, "fout") for path in (REST, LIVECHAT, REST, LIVECHAT, REST)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3600
    assert call(client, REST, TOKEN).status_code == 429


def test_a_store_that_cannot_be_used_lets_nobody_in(serve, monkeypatch):
    from sqlalchemy.exc import OperationalError

    client = serve(OMGEVING="productie", CLIENT_TOKENS=HASH)

    def broken(*args: object) -> None:
        raise OperationalError("select", {}, Exception("weg"))

    monkeypatch.setattr(client.app.state.tokens, "holder_of", broken)
    assert_problem(call(client, REST, "st_fout"), 503, "storing")
    assert call(client, REST, TOKEN).status_code == 200


@pytest.fixture
def two(serve):
    """Two clients of one server: `say(token, sender)` at both doors."""
    client = serve(OMGEVING="productie", CLIENT_TOKENS=HASH)
    _, made = client.app.state.tokens.make(CLIENT, "ander")
    return client, (TOKEN, made)


ODD = ["", "a", "x" * 255, "Ómgång-☂", "default"]


def senders(client) -> list[str]:
    """Odd ids, among which those that try to look like the other client's."""
    [holder] = client.app.state.tokens.all(CLIENT)
    ours = f"omgeving-{HASH[:16]}"
    tricks = [f"{id}{between}a" for id in (holder.id, ours) for between in (":", "\0", "/", "")]
    return [*ODD, *tricks, f"rest:{holder.id}:a", f"rest\0{holder.id}\0a"]


def test_the_same_sender_of_two_clients_is_two_conversations(two, assistant):
    client, tokens = two
    for token in tokens:
        for sender in senders(client):
            headers = {"Authorization": f"Bearer {token}"}
            answer = client.post(REST, json={"sender": sender, "message": "hoi"}, headers=headers)
            assert answer.json()[0]["recipient_id"] == sender
            if sender:
                opened = client.post(LIVECHAT, json={"soort": "openen", "gesprek": sender}, headers=headers)
                assert opened.status_code == 200
    assert len(assistant.open) == 2 * (2 * len(senders(client)) - 1)
    assert all(not one.startswith(other) for one, other in combinations(sorted(assistant.open), 2))


def test_a_client_cannot_reach_a_conversation_of_the_website_nor_the_website_theirs(two, assistant):
    client, (token, _) = two
    headers = {"Authorization": f"Bearer {token}"}
    website = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    client.post(REST, json={"sender": website, "message": "hoi"}, headers=headers)
    said = {"soort": "bericht", "gesprek": website, "tekst": "hoi"}
    assert_problem(client.post(LIVECHAT, json=said, headers=headers), 404, "gesprek-onbekend")
    for ours in assistant.open - {website}:
        assert client.post(f"/v1/gesprekken/{ours}/berichten", json={"tekst": "hoi"}).status_code == 404
    client.post(LIVECHAT, json={"soort": "sluiten", "gesprek": website}, headers=headers)
    assert client.post(f"/v1/gesprekken/{website}/berichten", json={"tekst": "hoi"}).status_code == 200


def test_a_client_has_a_limit_of_its_own_and_another_one_does_not_feel_it(serve):
    client = serve(OMGEVING="productie", CLIENT_TOKENS=HASH, RATE_LIMIT_KOPPELING="2/hour")
    _, other = client.app.state.tokens.make(CLIENT, "ander")
    assert [call(client, path, TOKEN).status_code for path in (REST, LIVECHAT, REST)] == [200, 200, 429]
    assert call(client, REST, other).status_code == 200


def test_the_limit_of_a_sender_is_counted_per_client(serve):
    client = serve(OMGEVING="productie", CLIENT_TOKENS=HASH, RATE_LIMIT_GESPREK="1/hour")
    _, other = client.app.state.tokens.make(CLIENT, "ander")
    assert [call(client, REST, token).status_code for token in (TOKEN, TOKEN, other)] == [200, 429, 200]
