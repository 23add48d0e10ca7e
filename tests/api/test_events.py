"""What people do on the site reaches the receivers of events, and never what they typed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sociale_kaart.reports import Reports
from standardwebhooks import Webhook

from api.delivery import sender
from api.delivery.events import HUMAN_ASKED, INITIATIVE_REPORTED
from api.delivery.ledger import Ledger
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from bot.turn import Turn
from tests.api.fakes import INITIATIVE, message, triage_of
from tests.delivery.servers import receiving
from tests.own_settings import new_store

KEY = new_key()
TYPED = "ik wil een mens spreken, ik heet Jan Jansen"


@pytest.fixture
def asks_for_a_human(assistant, monkeypatch):
    """The assistant takes every message for a wish to speak to a human."""
    triage = {**triage_of(""), "uitkomst": "mens"}

    async def say(conversation_id: str, text: str) -> Turn:
        return Turn([message("Bel de gemeente.")], triage, "bewoner", municipality="zeist")

    async def rest(sender_id: str, *_: str) -> list[dict]:
        return [{"recipient_id": sender_id, "text": "Bel de gemeente.", "custom": {"triage": triage}}]

    monkeypatch.setattr(assistant, "say", say)
    monkeypatch.setattr(assistant, "rest", rest)


@pytest.fixture
def store(tmp_path) -> dict[str, str]:
    """The settings of a site that brings events."""
    return {
        "DATABASE_URL": new_store(),
        "OPSLAG_SLEUTELS": KEY,
        "MELDINGEN_PAD": str(tmp_path / "meldingen.jsonl"),
        "BEZORGEN_AAN_PRIVE_ADRESSEN": "ja",
        "GEMEENTE": "Zeist",
    }


@pytest.fixture
def add(store):
    """Add a receiver; its signing secret."""
    database = Database(store["DATABASE_URL"])

    def add(url: str, *types: str) -> str:
        return Receivers(database, Seal([KEY])).add("R", url, types)[2]

    yield add
    database.close()


def written(client) -> list[tuple[str, str]]:
    return [(line.event_type, line.event_id) for line in Ledger(client.app.state.database).lines()]


def say(client, times: int = 1) -> None:
    conversation = client.post("/v1/gesprekken", json={"gemeente": "zeist"}).json()["gesprekId"]
    for _ in range(times):
        answer = client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": TYPED})
        assert answer.status_code == 200


def wait_for(client, there: Callable[[], object]) -> None:
    """Let the server work until something is there; what follows fails where it does not come."""
    for _ in range(500):
        if there():
            return
        client.get("/health")


def report(client):
    return client.post(f"/v1/initiatieven/{INITIATIVE['id']}/meldingen", json={"wat": "gesloten"})


def test_asking_for_a_human_is_told_once_a_conversation(serve, store, add, asks_for_a_human):
    add("https://wijkteam.example/", HUMAN_ASKED)
    client = serve(**store)
    say(client, times=3)
    say(client)
    assert [event_type for event_type, _ in written(client)] == [HUMAN_ASKED] * 2


def test_also_through_the_webhook(serve, store, add, asks_for_a_human):
    add("https://wijkteam.example/", HUMAN_ASKED)
    client = serve(**store)
    for _ in range(2):
        body = {"sender": "31612345678", "message": TYPED}
        assert client.post("/webhooks/rest/webhook", json=body).status_code == 200
    assert [event_type for event_type, _ in written(client)] == [HUMAN_ASKED]


def test_a_report_is_told(serve, store, add):
    add("https://gemeente.example/", INITIATIVE_REPORTED)
    client = serve(**store)
    number = report(client).json()["meldingId"]
    assert written(client) == [(INITIATIVE_REPORTED, f"evt_melding_{number}")]


def test_a_report_that_a_crash_left_untold_is_told_at_the_start(serve, store, add):
    add("https://gemeente.example/", INITIATIVE_REPORTED)
    number = Reports(store["MELDINGEN_PAD"]).add(INITIATIVE["id"], "gesloten")
    client = serve(**store)
    wait_for(client, lambda: written(client))
    assert written(client) == [(INITIATIVE_REPORTED, f"evt_melding_{number}")]


def test_only_what_somebody_receives_is_written(serve, store, add, asks_for_a_human):
    client = serve(**store)
    say(client)
    report(client)
    assert written(client) == []


def test_without_a_key_nothing_is_told_and_all_works(serve, store, asks_for_a_human):
    client = serve(**{**store, "OPSLAG_SLEUTELS": ""})
    say(client)
    assert report(client).status_code == 201 and written(client) == []


def test_a_database_that_fails_breaks_no_conversation_and_no_report(serve, store, asks_for_a_human):
    client = serve(**{**store, "DATABASE_URL": "sqlite:////proc/nergens/opslag.sqlite"})
    say(client)
    assert report(client).status_code == 201


def test_the_server_brings_events_by_itself(serve, store, add, asks_for_a_human, monkeypatch):
    monkeypatch.setattr(sender.Sender.__init__, "__defaults__", (0.02,))
    heard = []

    def answer(path, headers, body):
        heard.append((headers, body))
        return 204

    with receiving(answer) as port:
        secret = add(f"http://127.0.0.1:{port}/haken", HUMAN_ASKED)
        client = serve(**store)
        say(client)
        wait_for(client, lambda: heard)
        headers, body = heard[0]
    event = Webhook(secret).verify(body, headers)
    assert event["type"] == HUMAN_ASKED and event["data"] == {"kanaal": "bewoner", "gemeente": "Zeist"}
    assert "Jan" not in json.dumps(event)
